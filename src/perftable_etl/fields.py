"""What a field of a record is: how forms name it, what it says, and, of an amount, which money it is.

A field is declared once, with its type, in the class of its record (`records`); `Printed` is what the declaration says
beside the type. Whatever goes through all fields goes through `printed_fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

Phase = Literal["total", "year"]
"""Whose money an amount is: the project's whole life's, or the year's."""

MoneySource = Literal["all", "fiscal", "carryover", "other"]
"""Where the money comes from: all of it, the budget (财政), the year before (结转), elsewhere."""


class Money(NamedTuple):
    """Which money an amount is."""

    phase: Phase
    source: MoneySource


@dataclass(frozen=True, slots=True)
class Printed:
    """Of a field that forms print: the label it usually has, what it is, and which money where it is an amount."""

    term: str
    comment: str
    money: Money | None = None
    is_goal: bool = False

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """The field's JSON Schema, with what the field is."""
        return handler(schema) | {"description": f"{self.comment} ({self.term})"}


Sort = Literal["text", "goal", "date", "money", "number", "other"]
"""What sort of value a field has, and so how it is read."""

_SORTS: dict[Any, Sort] = {str: "text", date: "date", int: "number"}


class Field(NamedTuple):
    """A printed field: its name in the record, its type, and what is said of it."""

    name: str
    type: type
    printed: Printed

    @property
    def sort(self) -> Sort:
        """What sort of value it has."""
        if self.printed.money:
            return "money"
        return "goal" if self.printed.is_goal else _SORTS.get(self.type, "other")


def printed_fields(record: type) -> Iterator[Field]:
    """The printed fields of a record in their order, those of the records in it in their place."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        printed = next((said for said in getattr(hint, "__metadata__", ()) if isinstance(said, Printed)), None)
        if printed:
            yield Field(name, _without_none(get_args(hint)[0]), printed)
        elif hasattr(hint, "model_fields"):
            yield from printed_fields(hint)


def _without_none(hint: Any) -> Any:
    """The type of a value that is there."""
    return next((choice for choice in get_args(hint) if choice is not NoneType), hint)
