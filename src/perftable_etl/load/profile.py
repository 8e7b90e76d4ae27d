"""How full a database is, in the numbers that tell a good night from a bad one."""

from __future__ import annotations

from collections.abc import Mapping

from perftable_etl.load.database import ATTACHED, Connection
from perftable_etl.load.rules import PROFILED
from perftable_etl.records import Record

_ALL = "true"


class Profile(Record):
    """Row counts, fill rates (shares of values that are not NULL), and shares over all documents, from 0 to 1.

    `statuses` counts documents by status.
    """

    rows: Mapping[str, int]
    fill_rates: Mapping[str, Mapping[str, float]]
    coverage: float | None
    failed: float
    statuses: Mapping[str, int] = {}


def profile(connection: Connection, database: str = ATTACHED, documents: str = _ALL) -> Profile:
    """Reads an attached database with our tables; of its documents those that an SQL condition names.

    With a condition rows are counted in the tables alone that are profiled column by column.
    """
    coverage, failed = connection.execute(
        "SELECT avg(coverage), coalesce(avg((status = 'failed')::INTEGER), 0)"
        f" FROM {database}.main.documents WHERE {documents}"
    ).fetchall()[0]
    names = [table.name for table in PROFILED]
    counted = names if documents != _ALL else _tables(connection, database)
    return Profile(
        rows={name: _count(connection, f'{database}.main."{name}" WHERE {documents}') for name in counted},
        fill_rates={name: _fill_rates(connection, database, name, documents) for name in names},
        coverage=coverage,
        failed=failed,
        statuses=_statuses(connection, database, documents),
    )


def _statuses(connection: Connection, database: str, documents: str) -> dict[str, int]:
    """Documents by status, with what persons decided; an earlier version of the tables knows nothing of that."""
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE database_name = ?", [database]).fetchall()
    name = "current_documents" if ("current_documents",) in views else "documents"
    rows = f"{database}.main.{name} WHERE {documents}"
    return dict(connection.execute(f"SELECT status, count(*) FROM {rows} GROUP BY ALL ORDER BY ALL").fetchall())


def _tables(connection: Connection, database: str) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [database])
    return sorted(name for (name,) in found.fetchall())


def _count(connection: Connection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])


def _fill_rates(connection: Connection, database: str, table: str, documents: str) -> dict[str, float]:
    """The share of each column that may be NULL; none where there are no rows."""
    optional = connection.execute(
        "SELECT column_name FROM duckdb_columns() "
        "WHERE database_name = ? AND table_name = ? AND is_nullable ORDER BY column_index",
        [database, table],
    ).fetchall()
    names = [name for (name,) in optional]
    shares = ", ".join(f'count("{name}") / nullif(count(*), 0)' for name in names)
    values = connection.execute(f'SELECT {shares} FROM {database}.main."{table}" WHERE {documents}').fetchall()[0]
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
