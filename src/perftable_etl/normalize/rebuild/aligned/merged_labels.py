"""Over which rows the labels of a column are merged down: the search of the best fit of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from perftable_etl.normalize.rebuild.aligned.passages import Passage

_NEAR = 0.8  # of the least that cells below each other are apart: what is nearer cannot be in rows below each other
_CUT = 0.2  # em, as a label is off that stands beside rows of which one begins something new
_ROUNDING = 0.1  # em
_LOST = 9.0  # em by which a label is off that no row has room for

_Span = tuple[int, int]


class PlacedCell(NamedTuple):
    """A cell, the rows that it stands in, the last excluded, and how far it is from where they would have it, in em."""

    passage: Passage
    first: int
    end: int
    off: float = 0.0


class Heights(NamedTuple):
    """How the cells of a row are set, the type size, and how near to each other rows are at least."""

    is_top: bool
    em: float
    gap: float

    def at(self, cell: Passage) -> float:
        """The height that a cell has in common with its row."""
        return cell.box.y0 if self.is_top else cell.middle

    def are_too_near(self, gap: float) -> bool:
        """Whether cells that are so far from each other cannot be in rows below each other."""
        return gap < _NEAR * self.gap

    def are_beside(self, one: Passage, other: Passage) -> bool:
        """Whether two cells are too near for rows below each other."""
        return self.are_too_near(one.gap_to(other)) and not one.is_above_or_below(other)


class _Fit(NamedTuple):
    """How well some labels have their rows: the distances together, the number of rows (negative), and the rows."""

    off: float
    rows: int
    spans: tuple[tuple[_Span, float] | None, ...]

    @property
    def cost(self) -> tuple[float, int]:
        return self.off, self.rows


def merged_down(
    labels: Sequence[Passage],
    free: Sequence[_Span],
    own: Sequence[int | None],
    rows: Sequence[Sequence[Passage]],
    heights: Heights,
    ends: Collection[int],
) -> list[PlacedCell]:
    """Labels from top to bottom with those of their `free` rows, the `own` one among them, whose middle they have.

    Together they are off by the least, and have the most rows.
    """
    extents = [(min(cell.box.y0 for cell in row), max(cell.box.y1 for cell in row)) for row in rows]
    reached = {0: _Fit(0.0, 0, ())}
    for label, room, row in zip(labels, free, own, strict=True):
        found: dict[int, _Fit] = {}
        for span, off in _spans(label, room, row, rows, extents, heights):
            first, end = span
            before = min((fit for at, fit in reached.items() if at <= first), key=lambda fit: fit.cost, default=None)
            if before is None:
                continue
            cost = round(off + (_CUT if any(first < cut < end for cut in ends) else 0.0), 1)
            fit = _Fit(round(before.off + cost, 1), before.rows + first - end, (*before.spans, (span, off)))
            if end not in found or fit.cost < found[end].cost:
                found[end] = fit
        reached = found or {end: fit._replace(spans=(*fit.spans, None)) for end, fit in reached.items()}
    best = min(reached.values(), key=lambda fit: fit.cost)
    return [
        PlacedCell(label, *found[0], found[1]) if found else _lost(label, rows, heights)
        for label, found in zip(labels, best.spans, strict=True)
    ]


def _spans(
    label: Passage,
    free: _Span,
    own: int | None,
    rows: Sequence[Sequence[Passage]],
    extents: Sequence[tuple[float, float]],
    heights: Heights,
) -> Iterator[tuple[_Span, float]]:
    """The rows that a label may have, and how far it is off their middle in em.

    A page break may cut a cell, which then keeps to the top of its rows.
    """
    for first, end in combinations(range(free[0], free[1] + 1), 2):
        if own is not None and not first <= own < end:
            continue
        off = _off(label, rows[first:end], extents[first:end], heights)
        if end == len(rows) and label in rows[first]:
            off = min(off, _off(label, rows[first : first + 1], extents[first : first + 1], heights))
        yield (first, end), off


def _off(
    label: Passage, rows: Sequence[Sequence[Passage]], extents: Sequence[tuple[float, float]], heights: Heights
) -> float:
    """How far a label is from the middle of rows, or from the top of the first of them; a taller one has their top."""
    if len(rows) == 1 and label in rows[0]:
        return 0.0
    top, bottom = min(y0 for y0, _ in extents), max(y1 for _, y1 in extents)
    is_top = heights.is_top or label.box.y1 > bottom
    off = label.box.y0 - top if is_top else label.middle - (top + bottom) / 2
    return max(0.0, abs(off) / heights.em - _ROUNDING)


def _lost(label: Passage, rows: Sequence[Sequence[Passage]], heights: Heights) -> PlacedCell:
    """A label that no row has room for, in the row that it is nearest to."""
    nearest = min(range(len(rows)), key=lambda row: abs(heights.at(rows[row][0]) - heights.at(label)))
    return PlacedCell(label, nearest, nearest + 1, _LOST)
