"""Which rows a level's label stands beside: those around whose middle it is set, or at whose first it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.rebuild.aligned.cells import Column, Extent, Setting, offset
from perftable_etl.normalize.rebuild.aligned.passages import Passage, stack
from perftable_etl.normalize.rebuild.cheapest import Readings, Step

_UNLABELLED = 1.5
"""Rows without a label: it may be blank, or a page break may have left it behind."""

_NO_ROWS = 3.0
"""A label with no rows left for it."""

_ON_A_PAGE = 0.1
"""A label set beside those of its rows that stand on one page, and not beside all of them."""

_UNKNOWN = 0.5
"""A label that is no name of the catalogue: it may be a part of one."""

_TWO_NAMES = 6.0
"""A label that begins and ends with a name."""

_OTHER_GROUP = 1.0
"""A level-1 label beside a level-2 label of another group: the catalogue fixes the groups."""

_BLANK = 0.6
"""A blank level-1 cell: less than a label of another group."""

_CUTS_GROUP = 3.0
"""A level-1 cell that ends among the rows of a level-2 label, and not at a page break, which may print it again."""

_MOST_LINES = 5
"""Lines of one label at most."""


class LevelLabel(NamedTuple):
    """A label, its rows (the last excluded), and what speaks against them; None where rows have no label."""

    label: Passage | None
    first: int
    last: int
    cost: float


class Neighbours(Protocol):
    """What speaks against a label and its rows, apart from where they stand."""

    def beside(self, label: str, first: int, last: int) -> float:
        """Cost of a label beside the rows from `first` to `last` (excluded)."""

    def unlabelled(self, first: int, last: int) -> float:
        """Cost of rows that have no label at all."""


class NoNeighbours:
    """A level that nothing else tells of."""

    def beside(self, label: str, first: int, last: int) -> float:
        """Any rows will do."""
        return 0.0

    def unlabelled(self, first: int, last: int) -> float:
        """Rows should have a label."""
        return _UNLABELLED


class Groups:
    """What the labels of level 2 say of those of level 1."""

    def __init__(self, level2: Sequence[LevelLabel], rows: Sequence[Extent]) -> None:
        self._groups = [(label.first, find_level2(label.label.text)) for label in level2 if label.label]
        breaks = {index for index, pair in enumerate(pairwise(rows), start=1) if pair[0].pages != pair[1].pages}
        self._edges = {0, len(rows), *(label.first for label in level2), *(label.last for label in level2)} | breaks

    def beside(self, label: str, first: int, last: int) -> float:
        """Level-2 labels that belong to other groups, and one that this label cuts in two."""
        groups = [group for start, group in self._groups if first <= start < last]
        others = sum(group is not None and group.level1 != find_level1(label) for group in groups)
        return (0.0 if last in self._edges else _CUTS_GROUP) + _OTHER_GROUP * others

    def unlabelled(self, first: int, last: int) -> float:
        """A blank level-1 cell beside whole groups is what districts print."""
        return _BLANK if {first, last} <= self._edges else _CUTS_GROUP


_State = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """The lines of one level's labels, and the rows they stand beside."""

    column: Column
    rows: Sequence[Extent]
    setting: Setting
    neighbours: Neighbours

    def labels(self) -> Iterator[LevelLabel]:
        """The labels with their rows, in order, that cost least in all."""
        end = len(self.column.lines), len(self.rows)
        for step in Readings((0, 0), end, self._steps_from).cheapest():
            yield LevelLabel(step.part, step.start[1], step.end[1], step.cost)

    def _steps_from(self, state: _State) -> Iterator[Step[_State, Passage | None]]:
        """A label and its rows, or rows without one."""
        line, row = state
        for end in range(row + 1, len(self.rows) + 1):
            yield Step(state, (line, end), self.neighbours.unlabelled(row, end), None)
        for below in range(line + 1, min(line + _MOST_LINES, len(self.column.lines)) + 1):
            label = stack(self.column.lines[line:below])
            cost = self._text_cost(line, below)
            for end in range(row, len(self.rows) + 1):
                whole = cost + self._place_cost(label, row, end) + self.neighbours.beside(label.text, row, end)
                yield Step(state, (below, end), whole, label)

    def _text_cost(self, first: int, end: int) -> float:
        """What speaks against taking lines for one label: they make up a name of the catalogue, or go on."""
        lines = [line.text for line in self.column.lines[first:end]]
        names = [is_level(text) or bool(find_level1(text) or find_level2(text)) for text in (lines[0], lines[-1])]
        if len(lines) > 1 and all(names):
            return _TWO_NAMES
        return 0.0 if is_level("".join(lines)) else _UNKNOWN + self.column.joining_cost(first, end)

    def _place_cost(self, label: Passage, first: int, last: int) -> float:
        """How far a label is from the middle of its rows, or of those of them on its own page."""
        if first == last:
            return _NO_ROWS
        whole = Extent.around(self.rows[first:last])
        pages = whole.pages if len(whole.pages) > 1 else ()
        own = [Extent.around(row for row in self.rows[first:last] if page in row.pages) for page in pages]
        return min(self._offset(label, whole), *(_ON_A_PAGE + self._offset(label, part) for part in own), 99.0)

    def _offset(self, label: Passage, rows: Extent) -> float:
        return offset((label, rows), self.column.stacked.pitch, self.setting)
