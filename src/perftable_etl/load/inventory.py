"""All that a database holds, so that a copy can be compared with what it was made from."""

from __future__ import annotations

from typing import Any, NamedTuple

from perftable_etl.load.database import Connection

_COLUMNS = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index
"""
_TABLES = "SELECT table_name, sql, comment FROM duckdb_tables() WHERE database_name = current_database() ORDER BY ALL"
# Not their SQL: DuckDB writes sets in it (EXCLUDE) in any order. What they give is compared.
_VIEWS = """
    SELECT view_name, comment FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal ORDER BY ALL
"""


class Inventory(NamedTuple):
    """Equal inventories are databases that give the same answers."""

    tables: tuple[tuple[Any, ...], ...]
    views: tuple[tuple[Any, ...], ...]
    columns: tuple[tuple[Any, ...], ...]
    rows: tuple[tuple[Any, ...], ...]


def take_inventory(connection: Connection) -> Inventory:
    """Reads every table and view of the connection's current database in full."""
    tables = tuple(connection.execute(_TABLES).fetchall())
    views = tuple(connection.execute(_VIEWS).fetchall())
    columns = tuple(connection.execute(_COLUMNS).fetchall())
    return Inventory(tables, views, columns, tuple(_rows(connection, name) for name, *_ in (*tables, *views)))


def _rows(connection: Connection, name: str) -> tuple[Any, ...]:
    """How many rows, and the sum of their hashes, which does not hang on their order."""
    # A row's alias is the row as one value.
    return connection.execute(f'SELECT count(*), sum(hash(a_row)) FROM "{name}" AS a_row').fetchall()[0]
