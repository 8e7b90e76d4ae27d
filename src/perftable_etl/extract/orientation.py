"""How a page's text stands, and the way to set it upright: pure arithmetic, no library.

A table may be drawn sideways and turned by the viewer, or drawn sideways and left to the reader's neck; a page that was
laid askew on a machine has every line askew by the same angle. In all these cases the lines of text tell how to turn
the page, since text is read from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, radians, sin
from typing import NamedTuple

from perftable_etl.document import Box
from perftable_etl.geometry.transform import Matrix, turn

_ASKEW = 5.0
"""Degrees. Text turned further than a page is laid askew is turned on purpose, as watermarks are."""

_LEVEL = 0.05
"""Degrees. A rule across the page rises by less than a point: nothing to level."""


_OTHER_LENGTH = 20.0
"""Points. Lines of such different lengths differ by a tenth of a point in height where they slant by 0.3 degrees."""


class TextDirection(NamedTuple):
    """Which way one printed line runs (x to the right, y down, of any length), and how many characters it has."""

    dx: float
    dy: float
    characters: int


@dataclass(frozen=True, slots=True)
class Orientation:
    """What sets a page upright: so many quarter turns clockwise, and then it is `skew` degrees clockwise off level."""

    quarters: int = 0
    skew: float = 0.0

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Width and height of a page once it has made its quarter turns."""
        return (height, width) if self.quarters % 2 else (width, height)

    def matrix(self, width: float, height: float) -> Matrix:
        """Sets a page of this width and height upright: quarter turns, then the levelling around its middle."""
        return _quarter_turns(self.quarters, width, height).then(turn(-self.skew, *self.size(width, height)))


UPRIGHT = Orientation()


def find_orientation(directions: Iterable[TextDirection], otherwise: int = 0) -> Orientation:
    """The orientation of most characters, those of oblique watermarks aside; without any, `otherwise`."""
    askew: tuple[list[tuple[float, int]], ...] = ([], [], [], [])
    for dx, dy, characters in directions:
        angle = degrees(atan2(dy, dx))
        turns = round(angle / 90)
        if characters and abs(angle - 90 * turns) <= _ASKEW:
            askew[-turns % 4].append((angle - 90 * turns, characters))
    quarters = max(range(4), key=lambda quarters: (_weight(askew[quarters]), quarters == otherwise))
    skew = _median(sorted(askew[quarters]))
    return Orientation(quarters, skew if abs(skew) > _LEVEL else 0.0)


def run_to_the_right(lines: Sequence[Box]) -> bool:
    """Whether lines, as they are printed one after the other, are wider than high and more go down the page than up."""
    upended = sum(y1 - y0 > x1 - x0 for x0, y0, x1, y1 in lines)
    steps = [lower.y0 - upper.y0 for upper, lower in pairwise(lines)]
    downwards = sum(step > 0 for step in steps) - sum(step < 0 for step in steps)
    return upended * 2 <= len(lines) and downwards >= 0


def are_level(lines: Iterable[Box]) -> bool:
    """Whether most lines are as high as another of quite another length; slanted ones are the higher the longer."""
    widths: dict[float, list[float]] = {}
    for x0, y0, x1, y1 in lines:
        widths.setdefault(round(y1 - y0, 1), []).append(x1 - x0)
    level = sum(len(alike) for alike in widths.values() if max(alike) - min(alike) > _OTHER_LENGTH)
    return level * 2 >= sum(map(len, widths.values()))


def tighten(box: Box, skew: float) -> Box:
    """The level box within `box`, which has grown around it twice: as it was slanted, and as it was levelled."""
    x0, y0, x1, y1 = box
    grown = abs(sin(radians(2 * skew)))
    width, height = x1 - x0, y1 - y0
    x = (width - (width - grown * height) / (1 - grown**2)) / 2
    y = (height - (height - grown * width) / (1 - grown**2)) / 2
    return Box(x0 + x, y0 + y, x1 - x, y1 - y)


def _quarter_turns(count: int, width: float, height: float) -> Matrix:
    """Quarter turns clockwise of a whole page, its upper left corner at the origin before and after."""
    return (
        Matrix(1, 0, 0, 1, 0, 0),
        Matrix(0, 1, -1, 0, height, 0),
        Matrix(-1, 0, 0, -1, width, height),
        Matrix(0, -1, 1, 0, 0, width),
    )[count]


def _weight(weighted: list[tuple[float, int]]) -> int:
    return sum(weight for _, weight in weighted)


def _median(weighted: list[tuple[float, int]]) -> float:
    """The middle of sorted values, each as often as its weight says; 0 where there are none."""
    left = _weight(weighted) / 2
    for value, weight in weighted:
        left -= weight
        if left <= 0:
            return value
    return 0.0
