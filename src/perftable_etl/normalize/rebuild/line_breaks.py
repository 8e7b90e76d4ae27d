"""Whether text goes on in the next line.

A cell's line is broken where the next word would not fit. So a line that had room for the next word ends its cell or
its paragraph, and a line that had none goes on. All widths are in ems, the width of a Han character.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

import regex

NEXT_LINE = 1.7
"""Times the distance of two lines of one text. Lines further apart belong to different texts."""

# What no line break parts: a Latin word or number, and the brackets and stops that may not end or begin a line
# (GB/T 15834-2011, 5.1).
_CLUSTER = regex.compile(r"[（《“‘(]*(?:[A-Za-z0-9.,%/+\-]+|.)[，。、；：？！）》”’%,.;:!?)]*")


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """The width of a line. A Latin letter is half an em wide, a space a quarter: type leaves that beside Latin."""
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    if character.isspace():
        return 0.25
    return 1.0 if east_asian_width(character) in "WFA" else 0.5


def is_full(end: float, following: str, limit: float, slack: float) -> bool:
    """Whether a line that ends at `end` had no room before `limit` for the first word of `following`.

    `slack` is what a full line may miss: brackets and stops are squeezed, Latin letters are no exact half.
    """
    cluster = _CLUSTER.match(following.lstrip())
    return end + (width(cluster[0]) if cluster else 1.0) > limit - slack
