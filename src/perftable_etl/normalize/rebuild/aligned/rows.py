"""The rows of an indicator table without rules: which lines of its columns belong together.

What is printed of a row stands between what is printed of the rows above and below it. So all lines are read in one
sequence, and cut where they are cut best: into rows with a name and a value, of cells that stand on one height.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.rebuild.aligned.cells import Column, Extent, Setting, offset
from perftable_etl.normalize.rebuild.aligned.passages import Passage, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages
from perftable_etl.normalize.rebuild.cheapest import Readings, Step

_MISSING = 3.0
"""A row without a name, or without anything but a name."""

_ALONE = 1.0
"""A row of one cell where there are three or more columns."""

_TALLEST = 12
"""Lines of one row at most."""

_OVERLAP = 0.7
"""Lines. Rows whose lines are nearer than this would overlap."""


class Row(NamedTuple):
    """The cells of a row, one for each column, what speaks against taking them for one, and the gravest of it."""

    cells: tuple[Passage | None, ...]
    cost: float
    doubt: float = 0.0

    @property
    def printed(self) -> list[Passage]:
        """The cells that are no blanks."""
        return [cell for cell in self.cells if cell]

    @property
    def extent(self) -> Extent:
        """Where what is printed of it stands."""
        return Extent.around(self.printed)


def read_rows(columns: Sequence[Column], names: Sequence[int], stacked: StackedPages, setting: Setting) -> list[Row]:
    """The rows that the printed lines of some columns make up at the least cost; `names` are the columns of names."""
    return [step.part for step in _Rows(columns, names, stacked, setting).readings().cheapest()]


class _Rows(NamedTuple):
    """All rows that the lines of some columns may make up."""

    columns: Sequence[Column]
    names: Sequence[int]
    stacked: StackedPages
    setting: Setting

    def readings(self) -> Readings[int, Row]:
        """The readings from the first line to the last: a state counts the strips that are read."""
        taken = list(_lines_above(self.columns, _OVERLAP * self.stacked.pitch))

        def rows_from(start: int) -> Iterator[Step[int, Row]]:
            for end in range(start + 1, min(start + _TALLEST, len(taken) - 1) + 1):
                yield self._row(start, end, taken)

        return Readings(0, len(taken) - 1, rows_from)

    def _row(self, start: int, end: int, taken: Sequence[tuple[int, ...]]) -> Step[int, Row]:
        """The row of some strips: the lines that each column has in them."""
        extents = list(zip(self.columns, taken[start], taken[end], strict=True))
        cells = tuple(stack(column.lines[first:last]) if last > first else None for column, first, last in extents)
        costs = [column.cell_cost(first, last) for column, first, last in extents]
        apart = self._cost_together([cell for cell in cells if cell], is_named=any(cells[name] for name in self.names))
        cost = sum(costs) + apart
        return Step(start, end, cost, Row(cells, cost, max(costs) + apart))

    def _cost_together(self, printed: Sequence[Passage], *, is_named: bool) -> float:
        """What speaks against taking cells for a row."""
        cost = offset(printed, self.stacked.pitch, self.setting)
        cost += _MISSING if not is_named or len(printed) == 1 else 0.0
        return cost + (_ALONE if len(printed) == 1 < len(self.columns) - 1 else 0.0)


def _lines_above(columns: Sequence[Column], near: float) -> Iterator[tuple[int, ...]]:
    """For each height at which a row may end, and for none and all, how many lines of each column stand above it."""
    lines = sorted((line.middle, index) for index, column in enumerate(columns) for line in column.lines)
    counts = [0] * len(columns)
    last = None
    for middle, index in lines:
        if last is None or middle - last >= near:
            yield tuple(counts)
        counts[index] += 1
        last = middle
    yield tuple(counts)
