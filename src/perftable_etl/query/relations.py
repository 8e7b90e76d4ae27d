"""Indicators and projects as relations of DuckDB: to be filtered, joined and counted before anything is read."""

from __future__ import annotations

from perftable_etl.load.database import Connection, Rows, rows_where


def indicators(connection: Connection, *, year: int | None = None, unit: str | None = None) -> Rows:
    """The current indicators, one row each, as in the view `flat_indicators`; of a year or a unit where one is named.

    The result is a DuckDB relation: nothing is read until rows are asked for.

        indicators(connect("declarations.duckdb"), year=2025).aggregate("unit, count(*)")

    `unit` is the name as it is in the column `unit`. `.df()` of a relation makes a float of each decimal, which rounds;
    `.to_arrow_table()` and `.pl()` keep them exact, and so does `read_indicators`.
    """
    return rows_where(connection, "flat_indicators", {"fiscal_year": year, "unit": unit})


def projects(connection: Connection, *, year: int | None = None, unit: str | None = None) -> Rows:
    """The same for projects, as in the view `flat_projects`."""
    return rows_where(connection, "flat_projects", {"fiscal_year": year, "unit": unit})
