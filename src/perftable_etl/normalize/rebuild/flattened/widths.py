"""How wide printed lines are, and whether a line was full when it was broken.

Flattened text has lost its columns, but not its line breaks: a cell's line is broken where the next word would not fit.
So a line that had room for the next word ends its cell or its paragraph, and one that had none goes on.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

import regex

SLACK = 2
"""Half-widths a full line may miss: brackets and stops are squeezed, Latin letters are no exact half."""

# What a line is never broken inside: a Latin word or number, or one character with the stops that cannot open a line.
_ATOM = regex.compile(r"[A-Za-z0-9.,%/+-]+[，。、；：！？）》”’,.;:!?)%]*|.[，。、；：！？）》”’,.;:!?)%]*")


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """The width of a line in half-widths: two for a Han character, one for a Latin letter.

    A space counts half of one: between Han and Latin it is the quarter of an em that typesetting leaves there.
    """
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    if character.isspace():
        return 0.5
    return 2 if east_asian_width(character) in "WFA" else 1


def is_full(line: str, following: str, column_width: float) -> bool:
    """Whether `line` had no room left for the first word of `following` in a column this many half-widths wide."""
    atom = _ATOM.match(following.lstrip())
    return width(line) + (width(atom[0]) if atom else 2) > column_width - SLACK
