"""Where a database may be: in an ordinary file. What is something else is refused before DuckDB sees its name.

DuckDB takes some names for more than a file: `:memory:` is lost at the end, and for `md:name` it asks the network for
an extension. A FIFO or a device would keep it waiting.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from perftable_etl.errors import UsageError, WarehouseError
from perftable_etl.system.disk import kind_of

_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*)?:")
_MAGIC = b"DUCK"
_MAGIC_AT = 8
"""DuckDB writes a checksum before it."""


def require_database_place(path: Path) -> None:
    """Lets pass what is a DuckDB file or may become one.

    Raises UsageError where the name is no file's, WarehouseError where something else is there.
    """
    _require_name_of_file(path)
    try:
        if kind := kind_of(path.stat().st_mode):
            raise WarehouseError(f"{path} is {kind}, not a DuckDB file. Give a file.")
        _require_database(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WarehouseError(f"{path} cannot be opened ({error.strerror}). Check its path and permissions.") from error


def _require_name_of_file(path: Path) -> None:
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(name).decode(errors="backslashreplace")
        raise UsageError(
            f"{shown} is not valid UTF-8, and DuckDB cannot open it. Rename the file or its folder."
        ) from error
    if "\0" in name:
        raise UsageError(f"{name} contains a NUL character, which no path may contain. Correct the path.")
    if _SCHEME.match(name):
        raise UsageError(
            f"{name} is an address, not the path of a file. Databases are files on this machine; "
            "if a file has this name, give its absolute path."
        )


def _require_database(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_MAGIC_AT + len(_MAGIC))
    if not head:
        raise WarehouseError(f"{path} is empty (0 bytes), not a DuckDB file. Delete it, or give another file.")
    if not head.endswith(_MAGIC):
        raise WarehouseError(f"{path} is not a DuckDB file. Give another file, or move this one away.")
