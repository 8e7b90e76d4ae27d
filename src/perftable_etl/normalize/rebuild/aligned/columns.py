"""The columns of a table without rules: where no text stands, between the middles of their headers.

Between two columns there may be several gaps, since text seldom fills its cell. The right one parts what stands on one
line, and leaves columns each of which is set in one way: all its text centred below the header, or all of it beginning,
or ending, at one edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Run

_SAME_EDGE = 0.3
"""Em by which the edges or the middles of text set alike may differ."""

_ROUNDS = 2
"""How often boundaries are looked at again in the light of the others."""


def part_columns(anchors: Sequence[Passage], runs: Sequence[Run], em: float) -> list[float]:
    """Where each of the `anchors`' columns ends and the next begins, from left to right; one fewer than anchors."""
    edges = [float("-inf"), *((one.centre + other.centre) / 2 for one, other in pairwise(anchors)), float("inf")]
    for _ in range(_ROUNDS):
        for index in range(1, len(anchors)):
            own = [run for run in runs if edges[index - 1] < run.centre < edges[index + 1]]
            edges[index] = _boundary(anchors[index - 1], anchors[index], own, em)
    return edges[1:-1]


def _boundary(left: Passage, right: Passage, runs: Sequence[Run], em: float) -> float:
    """The middle of the best gap between two headers: one that few texts run over, that parts lines, and is wide."""
    low, high = left.centre, right.centre
    printed = [(item.x0, item.x1) for item in (left, right)] + [(run.x0, run.x1) for run in runs]
    ends = sorted({low, high, *(x for extent in printed for x in extent if low < x < high)})

    def costs(gap: tuple[float, float]) -> tuple[int, int, float]:
        start, end = gap
        over = sum(x0 < end and x1 > start for x0, x1 in printed)
        before = [run for run in runs if run.centre < end]
        after = [run for run in runs if run.centre >= end]
        alike = _alike(left, before, em) + _alike(right, after, em)
        return over, -_parted_lines(before, after) - alike, start - end

    start, end = min(pairwise(ends), key=costs)
    return (start + end) / 2


def _parted_lines(left: Iterable[Run], right: Sequence[Run]) -> int:
    """On how many lines text stands on both sides."""
    return sum(any(abs(run.middle - other.middle) < (run.bottom - run.top) / 2 for other in right) for run in left)


def _alike(head: Passage, runs: Sequence[Run], em: float) -> int:
    """How many of a column's texts are set as most of them are."""
    if not runs:
        return 0
    near = _SAME_EDGE * em
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    centred = sum(abs(run.centre - head.centre) < near for run in runs)
    begun = sum(run.x0 - left < near for run in runs)
    ended = sum(right - run.x1 < near for run in runs)
    return max(centred, begun, ended)
