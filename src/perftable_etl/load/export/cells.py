"""What a value is in a cell of Excel: a number of 15 digits, a day since 1900, a text of 32,767 characters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

MOST_CHARACTERS = 32_767
"""Of a text in a cell, counted in units of UTF-16."""

_MOST_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
"""Excel has a 29 February 1900, so what is before is a day off."""


class Cut(NamedTuple):
    """A text that no cell can hold, in pieces that cells can; where it was to be."""

    pieces: tuple[str, ...]
    sheet: str = ""
    heading: str = ""
    row: int = 0

    def at(self, sheet: str, heading: str, row: int) -> Cut:
        """The same text at its place."""
        return self._replace(sheet=sheet, heading=heading, row=row)


Cell = bool | int | float | date | str | Decimal | Cut
"""What a cell can hold: a number only where it is exactly the value."""


def cell_of(value: object) -> Cell:
    """A value as a cell holds it; whatever it cannot hold as it is becomes text."""
    match value:
        case bool():
            return value
        case int() | float() | Decimal():
            return _number(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value if value >= _FIRST_DAY else value.isoformat()
        case _:
            return _text(str(value))


def _number(value: float | Decimal) -> float | Decimal | str:
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    exact = Decimal(value)
    return value if _is_short(exact) else format(exact, "f")


def _is_short(value: Decimal) -> bool:
    """Whether Excel keeps all digits of a number; zeros at either end cost none."""
    digits = "".join(map(str, value.as_tuple().digits))
    return len(digits.strip("0")) <= _MOST_DIGITS


def _text(text: str) -> str | Cut:
    if len(text) * 2 <= MOST_CHARACTERS or _units(text) <= MOST_CHARACTERS:
        return text
    return Cut(tuple(_pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces of at most MOST_CHARACTERS units; no character is broken."""
    start = units = 0
    for place, character in enumerate(text):
        units += _units(character)
        if units > MOST_CHARACTERS:
            yield text[start:place]
            start, units = place, _units(character)
    yield text[start:]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
