"""The rows of an indicator table without rules: which lines of its names and of its targets belong together.

Both are read as one sequence of lines each, and cut into as many cells, so that what follows holds best: the two cells
of a row are set on one middle, or begin on one line; text goes on in the next line only where its line is full; every
row has a name and a target; a rule between two lines parts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.passages import Passage, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages
from perftable_etl.normalize.values.text import open_brackets

Setting = Literal["middle", "top"]
"""How the cells of a row are set: around one middle, or from one line on."""

SETTINGS: tuple[Setting, ...] = ("middle", "top")

# Costs, in lines by which two cells of a row are off one another.
_MISSING = 3.0  # a row without a name, or without a target
_NOT_FULL = 2.5  # a line that ends early, and goes on
_FULL = 0.3  # a line that is full, and does not go on
_OPEN_BRACKET = 2.0  # a bracket that closes in another row
_NEW_VALUE = 3.0  # a comparison within a target: it begins one
_LOOSE = 1.0  # lines of one cell further apart than lines of one text are
_APART = 3.0  # lines of one cell with a gap between them
_OVER_BREAK = 0.3  # lines of one cell on two pages: a row is kept whole unless it lacks something
_RULED = 6.0  # lines of one cell with a rule between them
_UNRULED = 1.0  # rows without a rule between them, in a table that has rules between its rows
_AT_BREAK = 0.2  # a cell that a page break cuts keeps to the top where the others keep to the middle

_TALLEST = 12
"""Lines of one cell at most."""

_FARTHEST = 8.0
"""Lines between the tops of a name and of its target at most: half of the tallest cell, and a little."""

# What no line break parts: a Latin word or number, and the brackets and stops that may not end or begin a line
# (GB/T 15834-2011, 5.1).
_CLUSTER = regex.compile(r"[（《“‘(]*(?:[A-Za-z0-9.,%+\-]+|.)[，。、；：？！）》”’%)]*")
_SIGN = regex.compile(r"[≥≤=><≧≦⩾⩽＝＞＜]")


class Column(NamedTuple):
    """A header and the printed lines below it."""

    head: Label
    lines: tuple[Passage, ...]


class Row(NamedTuple):
    """The name and the target of a row, and what it costs to take them for one."""

    name: Passage | None
    target: Passage | None
    cost: float

    @property
    def top(self) -> float:
        """The upper edge of what is printed of it."""
        return min(cell.top for cell in (self.name, self.target) if cell)

    @property
    def bottom(self) -> float:
        """The lower edge of what is printed of it."""
        return max(cell.bottom for cell in (self.name, self.target) if cell)

    @property
    def pages(self) -> frozenset[int]:
        """The pages it stands on: two where a page break cuts it."""
        return frozenset(place.page for cell in (self.name, self.target) if cell for _, place in cell.parts)


def pair_rows(names: Column, targets: Column, stacked: StackedPages, setting: Setting) -> list[Row]:
    """The rows that the printed lines of names and of targets make up at the least cost."""
    pairing = _Pairing(_Lines(names, stacked), _Lines(targets, stacked), stacked, setting)
    return list(pairing.rows())


@dataclass(frozen=True)
class _Lines:
    """One column's lines, and what it costs to join each with the next, and to part them."""

    column: Column
    stacked: StackedPages

    @property
    def lines(self) -> tuple[Passage, ...]:
        return self.column.lines

    @cached_property
    def right(self) -> float:
        """Where lines end at the latest: as far from their header's middle as they begin, if no line is longer."""
        if not self.lines:
            return 0.0
        left, right = min(line.x0 for line in self.lines), max(line.x1 for line in self.lines)
        return max(right, 2 * self.column.head.passage.centre - left)

    @cached_property
    def joins(self) -> list[float]:
        """For every line but the last, the cost of its going on in the next."""
        return [self._join(line, following) for line, following in pairwise(self.lines)]

    @cached_property
    def parts(self) -> list[float]:
        """For every line, the cost of its being the last of its cell."""
        return [*(self._part(line, following) for line, following in pairwise(self.lines)), 0.0]

    def _join(self, line: Passage, following: Passage) -> float:
        cost = 0.05 if self._is_full(line, following) else _NOT_FULL
        cost += _NEW_VALUE if _SIGN.match(following.text) else 0
        if _is_break(line, following):
            return cost + _OVER_BREAK
        return cost + self._distance(line, following) + (_RULED if self._has_floor(line, following) else 0)

    def _distance(self, line: Passage, following: Passage) -> float:
        step = (following.top - line.top) / self.stacked.pitch
        return 0.0 if step < 1.2 else _LOOSE if step < 1.7 else _APART

    def _part(self, line: Passage, following: Passage) -> float:
        cost = _OPEN_BRACKET if open_brackets(line.text) > 0 > open_brackets(following.text) else 0.0
        if _is_break(line, following):
            return cost
        cost += _FULL if self._is_full(line, following) and not _SIGN.match(following.text) else 0.0
        return cost + (_UNRULED if self._is_ruled and not self._has_floor(line, following) else 0)

    @cached_property
    def _is_ruled(self) -> bool:
        """Whether rules part most of the lines that stand further apart than the rest."""
        floors = sum(self._has_floor(*pair) for pair in pairwise(self.lines))
        return floors > max(2, len(self.lines) / 4)

    def _has_floor(self, upper: Passage, lower: Passage) -> bool:
        """Whether a rule parts two lines; at a page break a rule only ends the page."""
        return not _is_break(upper, lower) and any(
            upper.middle < floor.y < lower.middle and floor.x0 < upper.centre < floor.x1
            for floor in self.stacked.floors
        )

    def _is_full(self, line: Passage, following: Passage) -> bool:
        """Whether the next line's first word would not have fitted on a line of the column."""
        first = _CLUSTER.match(following.text)
        width = sum(0.5 if character.isascii() else 1.0 for character in first[0]) if first else 1.0
        return line.x1 + width * self.stacked.em > self.right - 0.2 * self.stacked.em


def _is_break(upper: Passage, lower: Passage) -> bool:
    return _page(upper) != _page(lower)


@dataclass(frozen=True)
class _Pairing:
    """The search for the cheapest rows, from the last lines to the first."""

    names: _Lines
    targets: _Lines
    stacked: StackedPages
    setting: Setting

    def rows(self) -> Iterator[Row]:
        best = self._search()
        i = j = 0
        while (i, j) != (len(self.names.lines), len(self.targets.lines)):
            _, cost, count, other = best[i, j]
            name = stack(self.names.lines[i : i + count]) if count else None
            target = stack(self.targets.lines[j : j + other]) if other else None
            yield Row(name, target, cost)
            i, j = i + count, j + other

    def _search(self) -> dict[tuple[int, int], tuple[float, float, int, int]]:
        """For each number of names and targets left behind: the cost from there on, and that of the next row."""
        last = len(self.names.lines), len(self.targets.lines)
        best: dict[tuple[int, int], tuple[float, float, int, int]] = {last: (0.0, 0.0, 0, 0)}
        for i in range(last[0], -1, -1):
            for j in range(last[1], -1, -1):
                if (i, j) != last and self._is_near(i, j):
                    best[i, j] = min(self._choices(i, j, best))
        return best

    def _is_near(self, i: int, j: int) -> bool:
        """Whether a row may begin with these lines: those far apart need not be tried."""
        if not i or not j or i == len(self.names.lines) or j == len(self.targets.lines):
            return True
        return abs(self.names.lines[i].top - self.targets.lines[j].top) < _FARTHEST * self.stacked.pitch

    def _choices(
        self, i: int, j: int, best: dict[tuple[int, int], tuple[float, float, int, int]]
    ) -> Iterator[tuple[float, float, int, int]]:
        name_costs = _costs(self.names, i)
        target_costs = _costs(self.targets, j)
        for count, name_cost in enumerate(name_costs):
            for other, target_cost in enumerate(target_costs):
                if (count or other) and (i + count, j + other) in best:
                    cost = name_cost + target_cost + self._offset(i, count, j, other)
                    yield best[i + count, j + other][0] + cost, cost, count, other

    def _offset(self, i: int, count: int, j: int, other: int) -> float:
        """How far a name and a target are from standing on one line."""
        if not count or not other:
            return _MISSING
        name, target = self.names.lines[i : i + count], self.targets.lines[j : j + other]
        return offset(
            (name[0].top, name[-1].bottom),
            (target[0].top, target[-1].bottom),
            self.stacked.pitch,
            self.setting,
            is_cut=_page(name[0]) != _page(name[-1]) or _page(target[0]) != _page(target[-1]),
        )


def offset(
    one: tuple[float, float], other: tuple[float, float], pitch: float, setting: Setting, *, is_cut: bool
) -> float:
    """How many lines two stretches, from top to bottom, are off standing in one row."""
    tops = abs(one[0] - other[0]) / pitch
    if setting == "top":
        return _distance_cost(tops)
    middles = _distance_cost(abs(one[0] + one[1] - other[0] - other[1]) / 2 / pitch)
    return min(middles, _distance_cost(tops) + _AT_BREAK) if is_cut else middles


def _distance_cost(distance: float) -> float:
    """A distance in lines, as a cost; what rounding and type sizes make costs nothing."""
    return 2 * max(0.0, distance - 0.1)


def _page(line: Passage) -> int:
    return line.parts[0][1].page


def _costs(column: _Lines, start: int) -> list[float]:
    """Cost of a cell of no, one, two ... lines from `start` on."""
    costs = [0.0]
    joined = 0.0
    for end in range(start, min(start + _TALLEST, len(column.lines))):
        costs.append(joined + column.parts[end])
        joined += column.joins[end] if end < len(column.joins) else 0.0
    return costs
