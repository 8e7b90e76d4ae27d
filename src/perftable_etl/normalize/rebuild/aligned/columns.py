"""The columns of a table without rules: where no text stands, between the middles of their heads.

Between two columns there may be several gaps, since text seldom fills its cell. The right one parts what stands on one
line, and leaves columns each of which is set in one way: all its text centred below the head, or all of it beginning,
or ending, at one edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from perftable_etl.normalize.rebuild.aligned.passages import Passage

_SAME_EDGE = 0.3
"""Em by which the edges or the middles of text set alike may differ."""

_ROUNDS = 2
"""How often boundaries are looked at again in the light of the others."""


def part_columns(heads: Sequence[Passage], words: Sequence[Passage], em: float) -> list[float]:
    """Where each of the `heads`' columns ends and the next begins, from left to right; one fewer than heads."""
    edges = [float("-inf"), *((one.centre + other.centre) / 2 for one, other in pairwise(heads)), float("inf")]
    for _ in range(_ROUNDS):
        for index in range(1, len(heads)):
            own = [word for word in words if edges[index - 1] < word.centre < edges[index + 1]]
            edges[index] = _boundary(heads[index - 1], heads[index], own, em)
    return edges[1:-1]


def _boundary(left: Passage, right: Passage, words: Sequence[Passage], em: float) -> float:
    """The middle of the best gap between two heads: one that few texts run over, that parts lines, and is wide.

    Between heads that stand one above the other there is no gap: the boundary is their middle.
    """
    low, high = left.centre, right.centre
    printed = [(item.x0, item.x1) for item in (left, right, *words)]
    ends = sorted({low, high, *(x for extent in printed for x in extent if low < x < high)})

    def costs(gap: tuple[float, float]) -> tuple[int, int, float]:
        start, end = gap
        over = sum(x0 < end and x1 > start for x0, x1 in printed)
        before = [word for word in words if word.centre < end]
        after = [word for word in words if word.centre >= end]
        alike = _alike(left, before, em) + _alike(right, after, em)
        return over, -_parted_lines(before, after) - alike, start - end

    start, end = min(pairwise(ends), key=costs, default=(low, high))
    return (start + end) / 2


def _parted_lines(left: Iterable[Passage], right: Sequence[Passage]) -> int:
    """On how many lines text stands on both sides."""
    return sum(any(abs(word.middle - other.middle) < (word.bottom - word.top) / 2 for other in right) for word in left)


def _alike(head: Passage, words: Sequence[Passage], em: float) -> int:
    """How many of a column's texts are set as most of them are."""
    if not words:
        return 0
    near = _SAME_EDGE * em
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    centred = sum(abs(word.centre - head.centre) < near for word in words)
    begun = sum(word.x0 - left < near for word in words)
    ended = sum(right - word.x1 < near for word in words)
    return max(centred, begun, ended)
