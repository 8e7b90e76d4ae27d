"""A table as data, read off the class of its rows: the annotations of a row say type, choices and comment.

So a column is written down once. `str | None` may be NULL, `str` may not; a `Literal` becomes a CHECK on its choices;
a `Decimal` is an amount in yuan unless it says its precision and scale with `Exact`; `Since` says which version of the
tables brought it. The fields that forms print (`form_fields`) need no line in a row: a table has a column for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from perftable_etl.fields import Field, Term, printed_fields
from perftable_etl.target import Record, Target

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

QUANTITY = Exact(38, 10)
"""What the column of a number is that is no money."""


class Since(NamedTuple):
    """The version of the tables that brought a column or a table."""

    version: int


class PrintedValue(NamedTuple):
    """What a column holds of a printed field: the value, or a part of a value that has several."""

    field: Field
    part: str | None = None

    @property
    def name(self) -> str:
        """The name of the column."""
        return f"{self.field.name}_{self.part}" if self.part else self.field.name

    @property
    def type(self) -> Any:
        """The type of a value."""
        return Target.model_fields[self.part].annotation if self.part else self.field.type

    def of(self, record: object) -> Any:
        """What the column holds for this record."""
        value = self.field.of(record)
        return value if self.part is None or value is None else getattr(value, self.part)


Row = tuple[Any, ...]
"""The values of one row, in the order of its table's columns."""


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
    since: int = 1
    printed: PrintedValue | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what it holds, and its columns in order."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    since: int = 1

    def row(self, own: tuple[Any, ...], record: object) -> Row:
        """A row of what the row class has, `own`, and of what the record prints."""
        return tuple(
            column.printed.of(record) if column.printed else getattr(own, column.name) for column in self.columns
        )


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


def table_of(name: str, row: type[tuple[Any, ...]], prints: type[Record] | None = None, since: int = 1) -> Table:
    """The table whose rows are `row`; the class's docstring is the table's comment.

    It has a column too for each field that the record `prints`, unless `row` has that. Columns of a later version come
    last: so a migrated table is the same as a new one.
    """
    hints = get_type_hints(row, include_extras=True)
    own = [_own_column(column, hint) for column, hint in hints.items()]
    printed = _printed_columns(prints, frozenset(hints)) if prints else ()
    columns = sorted((*own, *printed), key=lambda column: column.since)
    return Table(name, _one_line(row.__doc__ or ""), tuple(columns), since)


def _printed_columns(record: type[Record], taken: frozenset[str]) -> Iterator[Column]:
    """A column for each printed field, several for a target; none where a row has one of them by itself."""
    for field in printed_fields(record):
        values = [PrintedValue(field, part) for part in (_PARTS if field.type is Target else (None,))]
        if taken.isdisjoint(value.name for value in values):
            yield from map(_printed_column, values)


_PARTS = {
    "raw": "as printed",
    "kind": "its kind, as of targets",
    "operator": "printed comparison operator",
    "value": "number as printed, exact",
    "unit": "unit as printed",
    "base_value": "number in the base unit; percent stays percent",
    "base_unit": "base unit",
}
"""What a table keeps of a target beside the one that a row is about, and what each is."""


def _printed_column(value: PrintedValue) -> Column:
    printed = value.field.printed
    comment = f"{printed.title} ({printed.term}): {_PARTS[value.part]}" if value.part else printed.comment
    column = _column(value.name, value.type, comment, MONEY if printed.money else QUANTITY)
    return replace(column, is_required=False, since=printed.since, printed=value)


def struct_type(table: Table) -> str:
    """The columns of `table` as the fields of one SQL value."""
    return f"STRUCT({', '.join(f'{column.name} {column.sql_type}' for column in table.columns)})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _own_column(name: str, hint: Any) -> Column:
    annotated, said, *since = get_args(hint)
    column = _column(name, annotated, said.comment if isinstance(said, Term) else said, MONEY)
    return replace(column, since=since[0].version) if since else column


def _column(name: str, annotated: Any, comment: str, decimals: Exact) -> Column:
    """A column of this type; a decimal that says no precision keeps `decimals`."""
    present, is_required = _without_none(annotated)
    if get_origin(present) is Literal:
        return Column(name, str, "VARCHAR", comment, choices=get_args(present), is_required=is_required)
    if get_origin(present) is Annotated:
        return _decimal_column(name, comment, get_args(present)[1], is_required=is_required)
    if present is Decimal:
        return _decimal_column(name, comment, decimals, is_required=is_required)
    return Column(name, present, _SQL_TYPES[present], comment, is_required=is_required)


def _decimal_column(name: str, comment: str, exact: Exact, *, is_required: bool) -> Column:
    return Column(name, Decimal, exact.sql_type, comment, exact=exact, is_required=is_required)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in {Union, UnionType}:
        return hint, True
    (present,) = (choice for choice in get_args(hint) if choice is not NoneType)
    return present, False
