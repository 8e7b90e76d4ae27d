"""Whose tables a database has, of which version, and whether all are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftable_etl.errors import WarehouseError
from perftable_etl.load.database import Connection, explained
from perftable_etl.load.tables import META, SCHEMA_VERSION, TABLES

_RELATIONS = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
    UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
"""
_COLUMNS = """
    SELECT table_name, column_name FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
"""


def schema_version(connection: Connection, path: Path) -> int | None:
    """The version of our tables in the connection's database, the file at `path`; None where it has no tables.

    Raises WarehouseError where the tables are another program's, or of a later version of this one.
    """
    with explained(connection, f"{path} cannot be read"):
        if (META.name, "schema_version") not in _columns(connection):
            _require_empty(connection, path)
            return None
        version = connection.execute(f"SELECT max(schema_version) FROM {META.name}").fetchall()[0][0]
    if version is None:
        raise WarehouseError(f"{path} is incomplete: its table {META.name} is empty. {_RESTORE}")
    if version > SCHEMA_VERSION:
        raise WarehouseError(
            f"the tables of {path} have version {version}, and this program reads versions up to {SCHEMA_VERSION}. "
            "Upgrade perftable-etl."
        )
    return int(version)


def require_current(connection: Connection, path: Path) -> None:
    """Lets pass a database with all our tables as they are now. Raises WarehouseError, and says what to do."""
    version = schema_version(connection, path)
    if version is None:
        raise WarehouseError(f"{path} has no tables yet. Fill it with: perftable-etl ingest PATH... --db {path}")
    if version < SCHEMA_VERSION:
        raise WarehouseError(
            f"the tables of {path} have version {version}, and this program reads version {SCHEMA_VERSION}. "
            "Run ingest or sync to migrate them. If it is a published snapshot, publish again after that."
        )
    require_whole(connection, path)


def require_whole(connection: Connection, path: Path) -> None:
    """Raises WarehouseError where a table of ours, or a column of one, is missing."""
    with explained(connection, f"{path} cannot be read"):
        missing = list(_missing(_columns(connection)))
    if missing:
        raise WarehouseError(f"{path} is incomplete: it lacks {', '.join(missing)}. {_RESTORE}")


_RESTORE = "Restore it from a snapshot or a backup, or ingest into a new file."


def _columns(connection: Connection) -> set[tuple[str, str]]:
    return set(connection.execute(_COLUMNS).fetchall())


def _require_empty(connection: Connection, path: Path) -> None:
    names = sorted(name for (name,) in connection.execute(_RELATIONS).fetchall())
    if names:
        others = f"{', '.join(names[:3])}{', …' if len(names) > 3 else ''}"
        raise WarehouseError(
            f"{path} belongs to another program: it has {others}, and no tables of perftable-etl. "
            "It was not changed. Give another file."
        )


def _missing(columns: set[tuple[str, str]]) -> Iterator[str]:
    tables = {table for table, _ in columns}
    for table in TABLES:
        if table.name not in tables:
            yield f"the table {table.name}"
            continue
        for column in table.columns:
            if (table.name, column.name) not in columns:
                yield f"the column {table.name}.{column.name}"
