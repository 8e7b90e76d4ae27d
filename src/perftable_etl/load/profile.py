"""How full a database is, in the numbers that tell a good night from a bad one."""

from __future__ import annotations

from collections.abc import Mapping

from perftable_etl.load.database import Connection
from perftable_etl.load.status import document_counts
from perftable_etl.load.tables import INDICATORS, PROJECTS
from perftable_etl.records import Record

PROFILED = (PROJECTS.name, INDICATORS.name)
"""The tables whose columns are looked at one by one."""


class Profile(Record):
    """Rows, fill rates (shares of values that are not NULL), shares over all documents; shares are from 0 to 1.

    `statuses` counts documents by status.
    """

    rows: Mapping[str, int]
    fill_rates: Mapping[str, Mapping[str, float]]
    coverage: float | None
    failed: float
    statuses: Mapping[str, int] = {}


def profile(connection: Connection) -> Profile:
    """Reads the current database of the connection, which has our tables."""
    coverage, failed = connection.execute(
        "SELECT avg(coverage), coalesce(avg((status = 'failed')::INTEGER), 0) FROM documents"
    ).fetchall()[0]
    return Profile(
        rows={table: _count(connection, table) for table in _tables(connection)},
        fill_rates={table: _fill_rates(connection, table) for table in PROFILED},
        coverage=coverage,
        failed=failed,
        statuses={count.status: count.documents for count in document_counts(connection)},
    )


def _tables(connection: Connection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()")
    return sorted(name for (name,) in found.fetchall())


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0])


def _fill_rates(connection: Connection, table: str) -> dict[str, float]:
    """The share of each column that may be NULL; none where there are no rows."""
    optional = connection.execute(
        "SELECT column_name FROM duckdb_columns() "
        "WHERE database_name = current_database() AND table_name = ? AND is_nullable ORDER BY column_index",
        [table],
    ).fetchall()
    names = [name for (name,) in optional]
    shares = ", ".join(f'count("{name}") / nullif(count(*), 0)' for name in names)
    values = connection.execute(f'SELECT {shares} FROM "{table}"').fetchall()[0]
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
