"""What speaks against taking printed lines for one cell, and cells for one row.

The cells of a row are set around one middle, or begin on one line; text goes on in the next line only where its line is
full; a rule between two lines parts them. What breaks a rule has a cost, in lines by which cells of a row are apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage, StackedPages, stack
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.line_breaks import is_full
from perftable_etl.normalize.values.text import open_brackets

Setting = Literal["middle", "top"]
"""How the cells of a row are set: around one middle, or from one line on."""

SETTINGS: tuple[Setting, ...] = ("middle", "top")

_NOT_FULL = 2.5  # a line that ends early, and goes on
_GOES_ON = 0.05  # a line that is full, and goes on
_FULL = 0.3  # a line that is full, and does not go on
_OPEN_BRACKET = 2.0  # a bracket that closes in another cell
_NEW_VALUE = 3.0  # a comparison within a cell: it begins one
_VALUE_GOES_ON = 0.5  # a comparison below a full line, as the second of two bounds
_LOOSE = 1.0  # lines of one cell further apart than lines of one text are
_APART = 3.0  # lines of one cell with a gap between them
_OVER_BREAK = 0.3  # lines of one cell on two pages: a row is kept whole unless it lacks something
_RULED = 6.0  # lines of one cell with a rule between them
_UNRULED = 1.0  # rows without a rule between them, in a table that has rules between its rows
_TORN = 6.0  # cells parted between lines that are as near as lines of one cell, where rows are set apart
_AT_BREAK = 0.2  # a cell that a page break cuts keeps to the top where the others keep to the middle

_SLACK = 0.2  # Em that a full line may miss
_SIGN = regex.compile(r"[≥≤=><≧≦⩾⩽＝＞＜]")


@dataclass(frozen=True)
class Column:
    """The printed lines of one column from top to bottom; `width` is that of its longest line, if it were full."""

    lines: tuple[Passage, ...]
    width: float
    stacked: StackedPages

    @classmethod
    def below(cls, head: Passage, lines: Sequence[Passage], stacked: StackedPages) -> Column:
        """A column has room for its head, and lines end as far from the head's middle as they begin, or further."""
        left, right = min(item.x0 for item in (head, *lines)), max(item.x1 for item in (head, *lines))
        return cls(tuple(lines), max(right, 2 * head.centre - left) - left, stacked)

    def cell_cost(self, first: int, end: int) -> float:
        """What speaks against taking the lines from `first` to `end` (excluded) for one cell; nothing for a blank."""
        return sum(self._joins[first : end - 1]) + self._parts[end - 1] if end > first else 0.0

    def joining_cost(self, first: int, end: int) -> float:
        """The same without what speaks against its ending there."""
        return sum(self._joins[first : end - 1])

    @cached_property
    def _joins(self) -> list[float]:
        """For every line but the last, the cost of its going on in the next."""
        return [self._join(line, following) for line, following in pairwise(self.lines)]

    @cached_property
    def _parts(self) -> list[float]:
        """For every line, the cost of its being the last of its cell."""
        return [*(self._part(line, following) for line, following in pairwise(self.lines)), 0.0]

    def _join(self, line: Passage, following: Passage) -> float:
        if self._is_next_line(line, following):
            return _GOES_ON
        is_full = self._is_full(line, following)
        cost = _GOES_ON if is_full else _NOT_FULL
        cost += (_VALUE_GOES_ON if is_full else _NEW_VALUE) if _SIGN.match(following.text) else 0.0
        if line.pages != following.pages:
            return cost + _OVER_BREAK
        step = following.top - line.top
        cost += 0.0 if step < 1.2 * self.stacked.pitch else _LOOSE if step < self.stacked.next_line else _APART
        return cost + (_RULED if self.stacked.has_floor(line, following) else 0)

    def _part(self, line: Passage, following: Passage) -> float:
        if self._is_next_line(line, following):
            return _TORN
        cost = _OPEN_BRACKET if open_brackets(line.text) > 0 > open_brackets(following.text) else 0.0
        if line.pages != following.pages:
            return cost
        cost += _FULL if self._is_full(line, following) and not _SIGN.match(following.text) else 0.0
        return cost + (_UNRULED if self._is_ruled and not self.stacked.has_floor(line, following) else 0)

    def _is_next_line(self, line: Passage, following: Passage) -> bool:
        """Whether two lines are so near as only lines of one cell are, where rows are set apart."""
        is_near = line.pages == following.pages and following.top - line.top < self.stacked.next_line
        return self.stacked.is_padded and is_near and not self.stacked.has_floor(line, following)

    @cached_property
    def _is_ruled(self) -> bool:
        """Whether rules part most of the lines that stand further apart than the rest."""
        floors = sum(self.stacked.has_floor(*pair) for pair in pairwise(self.lines))
        return floors > max(2, len(self.lines) / 4)

    def _is_full(self, line: Passage, following: Passage) -> bool:
        em = self.stacked.em
        return is_full((line.x1 - line.x0) / em, following.text, self.width / em, _SLACK)


class Extent(NamedTuple):
    """From where to where something stands down the stack, and on which pages."""

    top: float
    bottom: float
    pages: frozenset[int]

    @classmethod
    def around(cls, printed: Iterable[Extent | Passage]) -> Extent:
        """The extent of all that is printed, of which there must be something."""
        printed = list(printed)
        pages: frozenset[int] = frozenset().union(*(item.pages for item in printed))
        return cls(min(item.top for item in printed), max(item.bottom for item in printed), pages)


def offset(cells: Sequence[Extent | Passage], pitch: float, setting: Setting) -> float:
    """How far cells are from standing in one row, by the two furthest apart."""
    tops = _spread([cell.top for cell in cells], pitch)
    if setting == "top":
        return tops
    middles = _spread([(cell.top + cell.bottom) / 2 for cell in cells], pitch)
    is_cut = middles > 0 and len(frozenset().union(*(cell.pages for cell in cells))) > 1
    return min(middles, tops + _AT_BREAK) if is_cut else middles


def _spread(heights: Sequence[float], pitch: float) -> float:
    """A distance in lines, as a cost; what rounding and type sizes make costs nothing."""
    return 2 * max(0.0, (max(heights) - min(heights)) / pitch - 0.1)


_MISSING = 3.0  # a row without a name, or without anything but a name
_ALONE = 1.0  # a row of one cell where there are three or more columns
_TALLEST = 12  # lines of one row at most
_OVERLAP = 0.7  # lines: rows whose lines are nearer than this would overlap


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
    taken = list(_lines_above(columns, _OVERLAP * stacked.pitch))

    def rows_from(start: int) -> Iterator[Step[int, Row]]:
        for end in range(start + 1, min(start + _TALLEST, len(taken) - 1) + 1):
            extents = list(zip(columns, taken[start], taken[end], strict=True))
            cells = tuple(stack(column.lines[first:last]) if last > first else None for column, first, last in extents)
            costs = [column.cell_cost(first, last) for column, first, last in extents]
            printed = [cell for cell in cells if cell]
            apart = offset(printed, stacked.pitch, setting)
            apart += _MISSING if len(printed) == 1 or not any(cells[name] for name in names) else 0.0
            apart += _ALONE if len(printed) == 1 < len(columns) - 1 else 0.0
            yield Step(start, end, sum(costs) + apart, Row(cells, sum(costs) + apart, max(costs) + apart))

    # A state counts the strips that are read, between heights at which a row may end.
    return [step.part for step in Readings(0, len(taken) - 1, rows_from).cheapest()]


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
