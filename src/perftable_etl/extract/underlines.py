"""Lines under texts, which part no cells: filled blanks and emphasis.

The border of a cell ends at the rules beside the cell, or goes on behind them. A line under a text begins and ends with
the text, blanks around it included, and stands right below it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf

from perftable_etl.document import Box, Word
from perftable_etl.extract.corners import Segment

_MEETS = 3.0
"""Points. A border may end so far before or behind the rule that it meets."""

_ON = 1.0
"""Points. A line that ends so near to a rule is no line under a text: texts keep off the rules."""

_WITH = 0.6
"""Points. A line that begins so near to a text begins with it."""

_BELOW = (0.6, 1.35)
"""Of a text's height: where a line stands that is drawn under it."""


class Underlines:
    """The words and the upright rules of a page, to be asked which level rules are lines under texts."""

    def __init__(self, words: Iterable[Word], columns: Sequence[Segment]) -> None:
        self._boxes = sorted(word.box for word in words)
        self._columns = columns

    def found_in(self, rows: Iterable[Segment]) -> set[Segment]:
        """Those of a page's level rules, each in one piece, that are lines under texts."""
        return {row for row in rows if not self._is_border(row) and self._is_under_text(row)}

    def _is_border(self, row: Segment) -> bool:
        """Whether a rule meets others at both ends, or runs through one."""
        y, start, end = row
        is_closed = self._has_wall(start - _ON, start + _ON, y) and self._has_wall(end - _ON, end + _ON, y)
        return is_closed or self._has_wall(start + _ON, end - _ON, y)

    def _has_wall(self, low: float, high: float, y: float) -> bool:
        return has_wall(self._columns, low, high, y)

    def _is_under_text(self, row: Segment) -> bool:
        y, start, end = row
        above = [box for box in self._within(start, end) if _is_above(box, y)]
        if not above:
            return False
        is_clear = not (self._near_wall(start, y) or self._near_wall(end, y))
        return is_clear or self._begins(above[0].x0 - start, start, y) or self._begins(end - _end(above), end, y)

    def _begins(self, aside: float, x: float, y: float) -> bool:
        """Whether a line that ends at x, so far aside of a text, ends with the text and on no rule."""
        return aside <= _WITH and not self._has_wall(x - _ON, x + _ON, y)

    def _near_wall(self, x: float, y: float) -> bool:
        return self._has_wall(x - _MEETS, x + _MEETS, y)

    def _within(self, low: float, high: float) -> list[Box]:
        """The boxes of words that begin and end above a line, or below it."""
        first, last = bisect_left(self._boxes, (low - _WITH,)), bisect_left(self._boxes, (high,))
        return [box for box in self._boxes[first:last] if box.x1 <= high + _WITH]


def may_underline(rows: Iterable[Segment], columns: Sequence[Segment]) -> bool:
    """Whether some level rule meets no upright one at an end; hardly any page with a table has one."""
    heights: dict[float, list[float]] = defaultdict(list)  # by the ends: the rules of a table end at few places
    for position, start, end in rows:
        heights[start].append(position)
        heights[end].append(position)
    return any(not _reach_all(_walls(columns, x - _MEETS, x + _MEETS), ys) for x, ys in heights.items())


def _reach_all(walls: Sequence[Segment], ys: Sequence[float]) -> bool:
    """Whether an upright rule stands at each of some heights, in order, or ends near to it."""
    first, last = ys[0], ys[-1]
    is_one = any(start - _MEETS <= first and last <= end + _MEETS for _, start, end in walls)  # as of nearly all tables
    return is_one or all(_reaches_any(walls, y) for y in ys)


def has_wall(columns: Sequence[Segment], low: float, high: float, y: float) -> bool:
    """Whether one of the upright rules, by position, stands at a height, from `low` to `high`."""
    return _reaches_any(_walls(columns, low, high), y)


def _walls(columns: Sequence[Segment], low: float, high: float) -> Sequence[Segment]:
    """Those of the upright rules, by position, that stand from `low` to `high`."""
    return columns[bisect_left(columns, (low,)) : bisect_right(columns, (high, inf))]


def _reaches_any(walls: Iterable[Segment], y: float) -> bool:
    """Whether one of some upright rules stands at a height, or ends near to it."""
    return any(start - _MEETS <= y <= end + _MEETS for _, start, end in walls)


def _end(boxes: Iterable[Box]) -> float:
    return max(box.x1 for box in boxes)


def _is_above(box: Box, y: float) -> bool:
    """Whether a line at a height is drawn under a text."""
    return _BELOW[0] <= (y - box.y0) / ((box.y1 - box.y0) or 1) <= _BELOW[1]
