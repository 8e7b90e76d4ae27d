"""A database in a format that older DuckDBs do not open becomes one that they do: copied once, and replaced at once."""

from __future__ import annotations

import logging
import shutil
from contextlib import closing
from pathlib import Path

from perftable_etl.errors import WarehouseError
from perftable_etl.load.database import copy_database, explained, open_to_query
from perftable_etl.load.inventory import Inventory, take_inventory
from perftable_etl.screen import visible
from perftable_etl.system.disk import flush

_LOG = logging.getLogger(__name__)


def store_anew(path: Path) -> None:
    """Replaces the file at `path` with a copy in our format, and tells so.

    Nobody may have the file open, and the caller holds its lock. The file stays as it is until a whole copy takes its
    name, so a crash at any moment leaves one of the two.
    """
    path = path.resolve()
    _require_no_log(path)
    draft = path.with_name(f"{path.name}.partial")
    draft.unlink(missing_ok=True)
    try:
        _copy(path, draft)
        draft.replace(path)
        flush(path.parent)
    except OSError as error:
        raise WarehouseError(
            f"{path} cannot be copied into a format that older DuckDBs open ({error.strerror}). It is as it was. "
            "Check the disk and its permissions."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    _LOG.warning(
        "%s was copied once into a format that DuckDB 1.1 and later open. Nothing else changed.", visible(str(path))
    )


def _require_no_log(path: Path) -> None:
    """A log belongs to one file: beside another of the same name it would keep that from being opened."""
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        raise WarehouseError(f"{log} was not brought into {path}. Close the programs that have it open, and try again.")


def _copy(path: Path, draft: Path) -> None:
    copy_database(path, draft)
    if _inventory(path) != _inventory(draft):
        raise WarehouseError(f"a copy of {path} differs from it. Nothing was changed. Check the disk, and try again.")
    shutil.copymode(path, draft)
    flush(draft)


def _inventory(path: Path) -> Inventory:
    with closing(open_to_query(path, read_only=True)) as connection, explained(connection, f"{path} cannot be read"):
        return take_inventory(connection)
