"""A database file opened to load into: with all tables of this version, in a format that older DuckDBs open."""

from __future__ import annotations

from pathlib import Path

from perftable_etl.errors import WarehouseError
from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.database import Connection, checkpoint, has_our_storage, open_to_load, transaction
from perftable_etl.load.ddl import ddl
from perftable_etl.load.edition import require_whole, schema_version
from perftable_etl.load.migrations import OLDEST, migrate
from perftable_etl.load.storage import store_anew
from perftable_etl.load.tables import META, SCHEMA_VERSION, MetaRow
from perftable_etl.system.clock import now
from perftable_etl.version import VERSION


def open_warehouse(path: Path) -> Connection:
    """A connection to the file at `path`; makes it, its tables, or those of this version. Raises WarehouseError."""
    connection = _opened(path)
    if has_our_storage(connection):
        return connection
    try:
        checkpoint(connection, path)
    finally:
        connection.close()
    store_anew(path)
    return _opened(path)


def _opened(path: Path) -> Connection:
    connection = open_to_load(path)
    try:
        _ensure_tables(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _ensure_tables(connection: Connection, path: Path) -> None:
    version = schema_version(connection, path)
    if version is None:
        _make_tables(connection, path)
    elif version < SCHEMA_VERSION:
        _bring_up_to_date(connection, path, version)
    require_whole(connection, path)


def _make_tables(connection: Connection, path: Path) -> None:
    with transaction(connection, f"{path} cannot hold the tables"):
        connection.execute(ddl())
        meta = MetaRow(SCHEMA_VERSION, VERSION, now())
        connection.from_arrow(arrow_table(META, [meta])).insert_into(META.name)


def _bring_up_to_date(connection: Connection, path: Path, version: int) -> None:
    if version < OLDEST:
        raise WarehouseError(
            f"the tables of {path} have version {version}, which this program cannot migrate. "
            "Ingest into a new file, or use the program version that created this one."
        )
    with transaction(connection, f"{path} was not migrated to version {SCHEMA_VERSION}"):
        migrate(connection, version)
