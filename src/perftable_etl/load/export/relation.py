"""What is exported: tables and views of the database, with the columns and comments that it has for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from perftable_etl.errors import UsageError
from perftable_etl.load.database import Connection, identifier
from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.tables import TABLES

FLAT = ("flat_indicators", "flat_projects")
"""The views that are made to be read without the tables."""

OnRows = Callable[[str, int], None]
"""Hears of rows that were written: of which relation, and how many."""


class ExportColumn(NamedTuple):
    """One column, with its type in DuckDB."""

    name: str
    type: str
    comment: str | None
    is_required: bool

    @property
    def is_decimal(self) -> bool:
        """Whether it holds exact numbers with digits after the point."""
        return self.type.startswith("DECIMAL")


_ORDER = (
    "fiscal_year",
    "region_code",
    "publisher",
    "file_name",
    "document_id",
    "project",
    "project_id",
    "ordinal",
    "page",
)
"""Columns by which rows are ordered: by year and publisher where a relation has them, then as the files have them."""


class Relation(NamedTuple):
    """A table or a view."""

    name: str
    comment: str | None
    columns: tuple[ExportColumn, ...]
    rows: int

    @property
    def order(self) -> str:
        """A clause of SQL that brings its rows into the same order wherever the database was made."""
        columns = [name for name in _ORDER if name in self.column_names] or self.column_names[:1]
        return f"ORDER BY {', '.join(map(identifier, columns))}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def all_names() -> tuple[str, ...]:
    """The flat views and all tables."""
    return (*(name for name in FLAT if name in VIEWS), *(table.name for table in TABLES))


def relations_of(connection: Connection, names: Sequence[str]) -> tuple[Relation, ...]:
    """The relations of these names. Raises UsageError where there is none of that name."""
    found = dict(connection.execute(_RELATIONS).fetchall())
    for name in names:
        if name not in found:
            raise UsageError(f"there is no table or view {name}. {_like(name, found)}")
    return tuple(_relation(connection, name, found[name]) for name in names)


def _relation(connection: Connection, name: str, comment: str | None) -> Relation:
    columns = connection.execute(_COLUMNS, [name]).fetchall()
    rows = connection.execute(f"SELECT count(*) FROM {identifier(name)}").fetchall()[0][0]
    return Relation(name, comment, tuple(ExportColumn(*column) for column in columns), rows)


def _like(name: str, names: Iterable[str]) -> str:
    like = get_close_matches(name, list(names))
    return f"There is {', '.join(like)}." if like else f"There are: {', '.join(sorted(names))}."


_RELATIONS = """
    SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT view_name, comment FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
"""
_COLUMNS = """
    SELECT column_name, data_type, comment, NOT is_nullable FROM duckdb_columns()
    WHERE database_name = current_database() AND table_name = ? ORDER BY column_index
"""
