"""A table as data, read off the class of its rows: the annotations of a row say type, choices and comment.

So a column is written down once. `str | None` may be NULL, `str` may not; a `Literal` becomes a CHECK on its choices;
a `Decimal` is an amount in yuan unless it says its precision and scale with `Exact`. A field that forms print brings
its own comment (`fields`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from perftable_etl.fields import Printed

_TEN = Fraction(10)


class Exact(NamedTuple):
    """A decimal column that keeps `scale` digits after the point and `precision` digits in all."""

    precision: int
    scale: int

    @property
    def sql_type(self) -> str:
        """The column's type in DuckDB."""
        return f"DECIMAL({self.precision},{self.scale})"

    def holds(self, value: Decimal) -> bool:
        """Whether `value` is stored without losing a digit."""
        if not value.is_finite():
            return False
        scaled = Fraction(value) * _TEN**self.scale
        return scaled.denominator == 1 and abs(scaled) < _TEN**self.precision


MONEY = Exact(18, 2)
"""What a decimal column is that says no precision: an amount in yuan."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `choices` is the closed set of its values, empty where any value will do."""

    name: str
    type: type
    sql_type: str
    comment: str
    exact: Exact | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what it holds, and its columns in order."""

    name: str
    comment: str
    columns: tuple[Column, ...]


class Json(str):
    """A text that is JSON."""


_SQL_TYPES: dict[type, str] = {
    str: "VARCHAR",
    Json: "JSON",
    bool: "BOOLEAN",
    int: "BIGINT",
    float: "DOUBLE",
    date: "DATE",
    datetime: "TIMESTAMP",
}


def table_of(name: str, row: type[tuple[Any, ...]]) -> Table:
    """The table whose rows are `row`; the class's docstring is the table's comment."""
    hints = get_type_hints(row, include_extras=True)
    return Table(name, _one_line(row.__doc__ or ""), tuple(_column(column, hint) for column, hint in hints.items()))


def struct_type(table: Table) -> str:
    """The columns of `table` as the fields of one SQL value."""
    return f"STRUCT({', '.join(f'{column.name} {column.sql_type}' for column in table.columns)})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _column(name: str, hint: Any) -> Column:
    annotated, said = get_args(hint)
    comment = said.comment if isinstance(said, Printed) else said
    present, is_required = _without_none(annotated)
    if get_origin(present) is Literal:
        return Column(name, str, "VARCHAR", comment, choices=get_args(present), is_required=is_required)
    if get_origin(present) is Annotated:
        exact = get_args(present)[1]
        return Column(name, Decimal, exact.sql_type, comment, exact=exact, is_required=is_required)
    if present is Decimal:
        return Column(name, Decimal, MONEY.sql_type, comment, exact=MONEY, is_required=is_required)
    return Column(name, present, _SQL_TYPES[present], comment, is_required=is_required)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in {Union, UnionType}:
        return hint, True
    (present,) = (choice for choice in get_args(hint) if choice is not NoneType)
    return present, False
