"""Relations as files that DuckDB itself writes, row by row: delimited text, lines of JSON, Parquet.

Decimals are never floats: digits in delimited text, strings in JSON (most readers make a number a float), decimals in
Parquet. An empty text is `""` in delimited text, and no value is nothing.
"""

from __future__ import annotations

from pathlib import Path

from perftable_etl.load.database import Connection, explained, identifier, literal
from perftable_etl.load.export.relation import ExportColumn, Relation

NO_YEAR = "no_year"
"""The file of the rows that have no year."""

_MARK = "\ufeff"
_TIMES = "TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%f'"


def copy_to_csv(connection: Connection, relation: Relation, path: Path, *, with_mark: bool) -> None:
    """Writes a relation as comma-separated text in UTF-8, with a header."""
    names = [identifier(name) for name in relation.column_names]
    if with_mark:  # DuckDB writes no mark, so it is the beginning of the header
        names[0] = f"{names[0]} AS {identifier(_MARK + relation.column_names[0])}"
    query = f"SELECT {', '.join(names)} FROM {identifier(relation.name)} {relation.order}"
    _copy(connection, query, path, f"FORMAT csv, HEADER, {_TIMES}")


def copy_to_jsonl(connection: Connection, relation: Relation, path: Path) -> None:
    """Writes a relation as one JSON object a line."""
    query = f"SELECT {', '.join(map(_for_json, relation.columns))} FROM {identifier(relation.name)} {relation.order}"
    _copy(connection, query, path, f"FORMAT json, {_TIMES}")


def copy_to_parquet(connection: Connection, relation: Relation, folder: Path) -> None:
    """Writes a relation as Parquet, one file a year. All files have all columns, so they are read as one table."""
    folder.mkdir()
    rows, columns = _with_years(relation), ", ".join(map(_for_parquet, relation.columns))
    found = connection.execute(f"SELECT DISTINCT year_of_row FROM ({rows}) ORDER BY ALL").fetchall()
    for year in [year for (year,) in found] or [None]:
        is_of_year = f"year_of_row IS NOT DISTINCT FROM {'NULL' if year is None else year}"
        of_year = f"SELECT {columns} FROM ({rows}) WHERE {is_of_year} {relation.order}"
        path = folder / f"{NO_YEAR if year is None else year}.parquet"
        _copy(connection, of_year, path, "FORMAT parquet, COMPRESSION zstd")


def _with_years(relation: Relation) -> str:
    """A query for its rows and, as `year_of_row`, the year of each: its own, else its project's or its document's."""
    name, columns = identifier(relation.name), relation.column_names
    if "fiscal_year" in columns:
        return f"SELECT *, fiscal_year AS year_of_row FROM {name}"
    joins, years = [], []
    if "project_id" in columns:
        joins.append(f"LEFT JOIN projects AS p ON p.project_id = {name}.project_id")
        years.append("p.fiscal_year")
    if "document_id" in columns:
        joins.append(f"LEFT JOIN documents AS d ON d.document_id = {name}.document_id")
        years.append("d.fiscal_year")
    year = f"coalesce({', '.join(years)})" if years else "NULL::BIGINT"
    return f"SELECT {name}.*, {year} AS year_of_row FROM {name} {' '.join(joins)}"


def _for_parquet(column: ExportColumn) -> str:
    """JSON is text there: some tools take what is marked as JSON for bytes."""
    name = identifier(column.name)
    return f"CAST({name} AS VARCHAR) AS {name}" if column.type == "JSON" else name


def _for_json(column: ExportColumn) -> str:
    name = identifier(column.name)
    return f"CAST({name} AS VARCHAR) AS {name}" if column.is_decimal else name


def _copy(connection: Connection, query: str, path: Path, options: str) -> None:
    with explained(connection, f"{path.name} was not written"):
        connection.execute(f"COPY ({query}) TO {literal(str(path.absolute()))} ({options})")
