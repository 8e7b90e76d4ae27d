"""All that a database holds, so that a copy can be compared with what it was made from."""

from __future__ import annotations

from typing import Any, NamedTuple

from perftable_etl.load.database import Connection

_COLUMNS = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index
"""
_TABLES = "SELECT table_name, sql, comment FROM duckdb_tables() WHERE database_name = current_database() ORDER BY ALL"
_VIEWS = """
    SELECT view_name, sql, comment FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal ORDER BY ALL
"""


class Rows(NamedTuple):
    """The rows of a table or view: how many, and a sum over the hashes of all, whatever their order."""

    name: str
    count: int
    checksum: int | None


class Inventory(NamedTuple):
    """Equal inventories are databases that give the same answers."""

    tables: tuple[tuple[Any, ...], ...]
    views: tuple[tuple[Any, ...], ...]
    columns: tuple[tuple[Any, ...], ...]
    rows: tuple[Rows, ...]


def take_inventory(connection: Connection) -> Inventory:
    """Reads the current database of the connection in full, every view included."""
    tables = tuple(connection.execute(_TABLES).fetchall())
    views = tuple(connection.execute(_VIEWS).fetchall())
    columns = tuple(connection.execute(_COLUMNS).fetchall())
    return Inventory(tables, views, columns, tuple(_rows(connection, name) for name, *_ in (*tables, *views)))


def _rows(connection: Connection, name: str) -> Rows:
    # A row as one value: its alias.
    counted = connection.execute(f'SELECT count(*), sum(hash(a_row)) FROM "{name}" AS a_row').fetchone()
    return Rows(name, *(counted or (0, None)))
