"""Rules that stop before the corners they belong to: rounded cells, and borders that leave their corners open.

All rules of such a table do so. The end of a rule is then carried to the corner: to the place where a rule that runs
the other way, itself as short, would meet it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_REACH = 5.5
"""Points. No corner is rounded or left open by more; rows are higher than twice as much."""

_FEWEST = 4
"""Gaps at crossings, of either direction. Fewer are single rules that are missing."""

_NEAR = 1.0
"""Points. A gap that begins right at a rule of the other direction is one between two tables."""


class Segment(NamedTuple):
    """One unbroken rule: its position across (y of a horizontal, x of a vertical), and where it starts and ends."""

    position: float
    start: float
    end: float


def carried_to_corners(rows: list[Segment], columns: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Rows and columns, both by position and start; carried to their corners where a table's stop before them."""
    if not (_may_stop(rows) and _may_stop(columns)):
        return rows, columns
    if min(_gaps_at_crossings(rows, columns), _gaps_at_crossings(columns, rows)) < _FEWEST:
        return rows, columns
    return _carried(rows, columns), _carried(columns, rows)


def _may_stop(segments: Sequence[Segment]) -> bool:
    """Whether some rule goes on behind a gap no wider than two open corners; hardly any page has one."""
    return any(_is_gap(one, other) for one, other in pairwise(segments))


def _is_gap(one: Segment, other: Segment) -> bool:
    return one.position == other.position and 0 < other.start - one.end <= 2 * _REACH


def _gaps_at_crossings(segments: Sequence[Segment], crossing: Sequence[Segment]) -> int:
    """How many rules go on behind a crossing that they stop before."""
    gaps = (pair for pair in pairwise(segments) if _is_gap(*pair))
    return sum(
        any(
            one.end + _NEAR <= other.position <= two.start - _NEAR
            for other in _around(crossing, one.end, two.start, one.position)
        )
        for one, two in gaps
    )


def _around(crossing: Sequence[Segment], low: float, high: float, position: float) -> list[Segment]:
    """Those of the `crossing` rules, by position, that stand from `low` to `high` and nearly reach to `position`."""
    first, last = bisect_left(crossing, (low,)), bisect_right(crossing, (high, float("inf")))
    return [other for other in crossing[first:last] if other.start - _REACH <= position <= other.end + _REACH]


def _carried(segments: Sequence[Segment], crossing: Sequence[Segment]) -> list[Segment]:
    """Each rule as long as the corners that it stops before make it; what meets in a corner is one."""
    carried: list[Segment] = []
    for position, start, end in segments:
        before = [other.position for other in _around(crossing, start - _REACH, start, position)]
        after = [other.position for other in _around(crossing, end, end + _REACH, position)]
        longer = Segment(position, min(before, default=start), max(after, default=end))
        if carried and carried[-1].position == position and carried[-1].end >= longer.start:
            carried[-1] = carried[-1]._replace(end=max(longer.end, carried[-1].end))
        else:
            carried.append(longer)
    return carried
