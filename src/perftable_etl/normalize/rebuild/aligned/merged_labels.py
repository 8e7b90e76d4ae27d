"""Over which rows the labels of a column are merged down: the best fit of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from perftable_etl.document import Box
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.cheapest import Readings, Step

_NEAR = 0.8  # of the least that cells below each other are apart: what is nearer cannot be in rows below each other
_CUT = 0.2  # em, as a label is off that stands beside rows of which one begins something new
_ROW = 0.01  # em that a label may be off more if it has one row more
_ROUNDING = 0.1  # em
_LOST = 9.0  # em by which a label is off that no row has room for

_State = tuple[int, int]


class PlacedCell(NamedTuple):
    """A cell, the rows that it stands in, the last excluded, and how far it is from where they would have it, in em."""

    passage: Passage
    first: int
    end: int
    off: float = 0.0

    @property
    def cost(self) -> float:
        """What speaks against it: how far it is off; what leaves fewer rows without a label is cheaper."""
        return self.off - _ROW * (self.end - self.first)


class Heights(NamedTuple):
    """How the cells of a row are set, the type size, and how near to each other rows are at least."""

    is_top: bool
    em: float
    gap: float

    def at(self, cell: Passage) -> float:
        """The height that a cell has in common with its row."""
        return cell.box.y0 if self.is_top else cell.middle

    def are_beside(self, one: Passage, other: Passage) -> bool:
        """Whether two cells are too near for rows below each other."""
        return one.gap_to(other) < _NEAR * self.gap and not one.is_above_or_below(other)


class Label(NamedTuple):
    """A cell that may be merged down: from which row to which there is room for it, and its own row, if it has one."""

    passage: Passage
    first: int
    end: int
    own: int | None

    def spans(self, start: int, rows: Sequence[Sequence[Passage]], heights: Heights) -> Iterator[PlacedCell]:
        """The label with each of the rows from `start` on that it may have.

        A page break may cut a cell, which then keeps to the top of its rows.
        """
        for first, end in combinations(range(max(self.first, start), self.end + 1), 2):
            if self.own is None or first <= self.own < end:
                off = self._off(rows[first:end], heights)
                if end == len(rows) and self.own == first:
                    off = min(off, self._off(rows[first : first + 1], heights))
                yield PlacedCell(self.passage, first, end, off)

    def _off(self, rows: Sequence[Sequence[Passage]], heights: Heights) -> float:
        """How far it is from the middle of rows, or from the top of the first of them; a taller one has their top."""
        if len(rows) == 1 and self.own is not None:
            return 0.0
        box, own = Box.around(cell.box for row in rows for cell in row), self.passage.box
        is_top = heights.is_top or own.y1 > box.y1
        off = own.y0 - box.y0 if is_top else self.passage.middle - box.middle[1]
        return round(max(0.0, abs(off) / heights.em - _ROUNDING), 1)


def merged_down(
    labels: Sequence[Label], rows: Sequence[Sequence[Passage]], heights: Heights, begun: Collection[int]
) -> Iterator[PlacedCell]:
    """Labels from top to bottom with rows whose middle they have: together they are off by the least.

    Rows that are `begun` begin something new.
    """

    def steps_from(state: _State) -> Iterator[Step[_State, PlacedCell]]:
        index, start = state
        if index == len(labels):
            yield Step(state, end, 0.0, PlacedCell(labels[-1].passage, 0, 0))
            return
        for placed in labels[index].spans(start, rows, heights):
            cut = _CUT if any(placed.first < row < placed.end for row in begun) else 0.0
            yield Step(state, (index + 1, placed.end), placed.cost + cut, placed)
        yield Step(state, (index + 1, start), _LOST, _lost(labels[index].passage, rows, heights))

    end = len(labels) + 1, 0
    return (step.part for step in Readings((0, 0), end, steps_from).cheapest() if step.end != end)


def _lost(label: Passage, rows: Sequence[Sequence[Passage]], heights: Heights) -> PlacedCell:
    """A label that no row has room for, in the row that it is nearest to."""
    nearest = min(range(len(rows)), key=lambda row: abs(heights.at(rows[row][0]) - heights.at(label)))
    return PlacedCell(label, nearest, nearest + 1, _LOST)
