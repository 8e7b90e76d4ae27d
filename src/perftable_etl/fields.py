"""What is said of a field that forms print: its label, its name for people, what it is, and which money it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

Phase = Literal["total", "year", "initial", "adjusted", "executed", "previous"]
"""Whose money an amount is: the project's whole life's, the year's, the year before's. Of the year's budget
there may be what was first decided (年初预算数), what it became (全年预算数) and what was spent (全年执行数)."""

MoneySource = Literal[
    "all", "fiscal", "general_budget", "government_fund", "state_capital", "fiscal_account", "central", "provincial",
    "municipal", "county", "carryover", "own", "other",
]  # fmt: skip
"""Where the money comes from: all of it, the budget (财政) or one of the four budgets or one level of government in it,
the year before (结转), the unit's own income, elsewhere."""

PrintedSource = MoneySource | Literal["higher", "local"]
"""Where a label says that money comes from: some name the governments above (上级) or below (地方), and no level."""


class Money(NamedTuple):
    """Which money an amount is."""

    phase: Phase
    source: PrintedSource

    @property
    def recorded(self) -> MoneySource:
        """The source that a record says: no level stands for what is of the governments above or below."""
        match self.source:
            case "higher" | "local":
                return "other"
            case source:
                return source


@dataclass(frozen=True, slots=True)
class Term:
    """Of a field that forms print: the label it usually has, its name for people, what it is, and which money.

    `since` is the version of the tables that brought its column. A field that `is_rare` stands on some kinds of forms
    only: nobody misses it on others.
    """

    term: str
    title: str
    comment: str
    money: Money | None = None
    is_goal: bool = False
    is_rare: bool = False
    since: int = 1

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """The field's JSON Schema, with what the field is."""
        return handler(schema) | {"description": self.comment}


Sort = Literal["text", "goal", "date", "money", "number", "other"]
"""What sort of value a field has, and so how it is read."""

_SORTS: dict[Any, Sort] = {str: "text", date: "date", int: "number", Decimal: "number"}


class Field(NamedTuple):
    """A printed field: its name, its type, what is said of it, and which record within the record it is in."""

    name: str
    type: type
    printed: Term
    within: str | None = None

    @property
    def sort(self) -> Sort:
        """What sort of value it has."""
        if self.printed.money:
            return "money"
        return "goal" if self.printed.is_goal else _SORTS.get(self.type, "other")

    def of(self, record: object) -> Any:
        """Its value in a record."""
        return getattr(getattr(record, self.within) if self.within else record, self.name)


def printed_fields(record: type, within: str | None = None) -> Iterator[Field]:
    """The printed fields of a record in their order, those of the records in it in their place."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        printed = next((said for said in getattr(hint, "__metadata__", ()) if isinstance(said, Term)), None)
        if printed:
            yield Field(name, _without_none(get_args(hint)[0]), printed, within)
        elif hasattr(hint, "model_fields"):
            yield from printed_fields(hint, name)


def _without_none(hint: Any) -> Any:
    """The type of a value that is there."""
    return next((choice for choice in get_args(hint) if choice is not NoneType), hint)
