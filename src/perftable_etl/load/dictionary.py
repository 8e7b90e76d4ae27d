"""The data dictionary: every view and table with its columns, as a page for people, made from their comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing

from perftable_etl.load.database import Connection, open_to_query
from perftable_etl.load.ddl import VIEWS, ddl
from perftable_etl.load.tables import TABLES

_HEAD = """\
# Data dictionary

Every view and table of the database, with its columns. `make schemas` makes this page from the comments that stand in
the database too (`FROM duckdb_columns()`), so do not edit it.

Start with `flat_indicators` and `flat_projects`: one row is one indicator, or one project, with all that belongs to it.
The views show what counts: later publications and copies do not count twice (`superseded` lists what is hidden), and
corrections of persons are in. The tables have all that was read. Money is in yuan (元) and exact. NULL: nothing is
printed, or it is not known.
"""

# A declaration, its self-evaluation and a department's form are different forms; who adds them up counts money twice.
_WARNING = """\
Most questions need a condition on `form_kind`: a declaration and its self-evaluation are two forms of one project, and
the form of a whole department is of all its projects.
"""

_COLUMNS = """
SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
ORDER BY column_index
"""
_VIEWS = "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
_FIRST = ("flat_indicators", "flat_projects")


def data_dictionary() -> str:
    """The whole page."""
    with closing(open_to_query(None, read_only=False)) as connection:
        connection.execute(ddl())
        return "\n".join([_HEAD, _WARNING, *_sections(connection)])


def _sections(connection: Connection) -> Iterator[str]:
    columns: dict[str, list[str]] = {}
    for table, *row in connection.execute(_COLUMNS).fetchall():
        columns.setdefault(table, []).append(_line(table, *row))
    said = dict(connection.execute(_VIEWS).fetchall())
    yield "## Views\n"
    for name in sorted(VIEWS, key=lambda view: view not in _FIRST):
        yield from _section(name, said[name], columns)
    yield "## Tables\n"
    for table in TABLES:
        yield from _section(table.name, table.comment, columns)


def _section(name: str, comment: str, columns: Mapping[str, list[str]]) -> Iterator[str]:
    yield f"### {name}\n\n{comment}\n\n| column | type | what it holds |\n|---|---|---|"
    yield from columns[name]
    yield ""


def _line(table: str, column: str, kind: str, comment: str) -> str:
    choices = _choices(table, column)
    allowed = f" One of: {', '.join(choices)}." if choices and not all(choice in comment for choice in choices) else ""
    return f"| `{column}` | {kind} | {comment}{'.' if allowed else ''}{allowed} |".replace("\n", " ")


def _choices(table: str, column: str) -> tuple[str, ...]:
    """The closed set of values that a column of a table has."""
    found = (known.choices for each in TABLES if each.name == table for known in each.columns if known.name == column)
    return next(found, ())
