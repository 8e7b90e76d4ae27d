"""The tables as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.load.columns import Column, Table
from perftable_etl.load.tables import TABLES


def ddl() -> str:
    """The statements that create all tables, with their comments."""
    return "\n".join(statement for table in TABLES for statement in _statements(table))


def _statements(table: Table) -> Iterator[str]:
    columns = ",\n".join(f"    {_definition(column)}" for column in table.columns)
    yield f"CREATE TABLE {table.name} (\n{columns}\n);"
    yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)};"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {table.name}.{column.name} IS {_quoted(column.comment)};"
    yield ""


def _definition(column: Column) -> str:
    parts = [column.name, column.sql_type]
    if column.is_required:
        parts.append("NOT NULL")
    if column.choices:
        parts.append(f"CHECK ({column.name} IN ({', '.join(map(_quoted, column.choices))}))")
    return " ".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
