"""The tables and views as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.fields import Field
from perftable_etl.load.columns import Column, Table
from perftable_etl.load.tables import TABLES
from perftable_etl.load.view_files import View, read_view, view_words
from perftable_etl.records import FIELDS, INDICATOR_FIELDS, Target

VIEWS = (
    "corrected_projects",
    "corrected_indicators",
    "current_projects",
    "current_indicators",
    "open_findings",
    "current_documents",
    "revisions",
    "superseded",
    "flat_projects",
    "flat_indicators",
    "funding",
    "indicator_history",
    "unchanged_targets",
    "target_achievement",
    "unit_costs",
    "indicator_quality",
    "target_quality",
    "repeated_targets",
    "publications",
    "year_over_year",
)
"""The views, each after those it stands on. Their text is in views/.

There `$fields` and `$row_fields` stand for the values of a project and of an indicator that may change, and the names
of words.toml for a pattern of these words.
"""

_IDENTITY = ("name", "fiscal_year")
"""The fields that say which project it is."""

_LEVELS = ("level1", "level2", "level3")
"""The fields that say which indicator it is."""


def _as_text(name: str, field: Field) -> str:
    """A field's value as text: a target as printed without white space, a number without zeros at its end."""
    if field.type is Target:
        return f"regexp_replace({name}_raw, '\\s', '', 'g') AS {name}"
    text = f"CAST({name} AS VARCHAR)"
    return f"regexp_replace({text}, '\\.?0+$', '') AS {name}" if field.sort == "number" else f"{text} AS {name}"


_NEXT = ",\n            "

_FIELDS = _NEXT.join(_as_text(name, field) for name, field in FIELDS.items() if name not in _IDENTITY)
_ROW_FIELDS = _NEXT.join(_as_text(name, field) for name, field in INDICATOR_FIELDS.items() if name not in _LEVELS)


def ddl() -> str:
    """The statements that create all tables and views, with their comments."""
    statements = [statement for table in TABLES for statement in (*table_statements(table), "")]
    return "\n".join([*statements, *views()])


def comments(table: Table) -> Iterator[str]:
    """The statements that say what a table and its columns hold."""
    yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)};"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {table.name}.{_identifier(column.name)} IS {_quoted(column.comment)};"


def view(name: str) -> View:
    """One of the views."""
    return read_view(name, {"fields": _FIELDS, "row_fields": _ROW_FIELDS, **view_words()})


def views() -> Iterator[str]:
    """The statements that create all views anew, with their comments."""
    for name in VIEWS:
        made = view(name)
        yield f"CREATE OR REPLACE VIEW {name} AS\n{made.query};"
        yield f"COMMENT ON VIEW {name} IS {_quoted(made.comment)};"
        for column, comment in made.columns.items():
            yield f"COMMENT ON COLUMN {name}.{_identifier(column)} IS {_quoted(comment)};"
        yield ""


def added_column(table: Table, column: Column) -> str:
    """The statement that adds a column to a table of an earlier version; one that an earlier step made has it."""
    return f"ALTER TABLE {table.name} ADD COLUMN IF NOT EXISTS {column.name} {column.sql_type};"


def rebuilt(table: Table) -> Iterator[str]:
    """The statements that make a table of an earlier version anew, with its rows."""
    yield f"ALTER TABLE {table.name} RENAME TO {table.name}_before;"
    yield from table_statements(table)
    yield f"INSERT INTO {table.name} BY NAME SELECT * FROM {table.name}_before;"
    yield f"DROP TABLE {table.name}_before;"


def table_statements(table: Table) -> Iterator[str]:
    """The statements that create one table, with its comments."""
    columns = ",\n".join(f"    {_definition(column)}" for column in table.columns)
    yield f"CREATE TABLE {table.name} (\n{columns}\n);"
    yield from comments(table)


def _definition(column: Column) -> str:
    parts = [_identifier(column.name), column.sql_type]
    if column.is_required:
        parts.append("NOT NULL")
    if column.choices:
        parts.append(f"CHECK ({column.name} IN ({', '.join(map(_quoted, column.choices))}))")
    return " ".join(parts)


def _identifier(name: str) -> str:
    """A column's name as SQL takes it."""
    return f'"{name}"' if name in _KEYWORDS else name


_KEYWORDS = frozenset({"column"})
"""The names of columns of ours that are words of SQL."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
