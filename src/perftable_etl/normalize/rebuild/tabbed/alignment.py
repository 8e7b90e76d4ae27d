"""The texts of one row in the columns of its table: the cheapest way of placing them in their order.

Where a row stands by its count of tabs costs nothing. What a text says can move it: the name of a level stands in a
level's column, and a value in none. Two ways that are about as cheap are told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import groupby, pairwise
from math import inf
from typing import NamedTuple

from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind, misfit

_MOVED = 1.0  # a row that stands elsewhere than its count of tabs says
_FURTHER = 0.25  # ... for every column more
_GAP = 1.5  # a cell that is missing between two others
_COVERED = 0.25  # ... where the cell before covers all columns of its head
_SHARED = 0.5  # two cells below one head
_MERGED_GAP = 0.5  # ... of a second table beside the first, whose level labels are merged down with the first's
_LOST_BLANK = 1.5  # a blank between two others that stands for nothing
_LATE = 0.5  # a text that stands below a head, but not in its first column, and alone there
_NO_NAME = 2.0  # a row with a value and no name
_NO_VALUE = 0.5  # a row with a name and no value

_LEAD = 0.75
"""What a second way must cost more than the cheapest for that to be certain."""

_MOST_WAYS = 8
"""Ways that are followed for each column: what stays blank is known at the end only."""


class Aligned(NamedTuple):
    """Where each text of a row stands, what that costs, and whether no other way costs about as little."""

    columns: tuple[int, ...]
    cost: float
    is_certain: bool = True


class _Way(NamedTuple):
    cost: float
    columns: tuple[int, ...]


class Columns(NamedTuple):
    """What the columns of a table are for, and which of them begin a cell of its head."""

    kinds: tuple[Kind, ...]
    groups: tuple[int, ...]

    def is_late(self, last: int, column: int) -> bool:
        """Whether a column is not the first below its head, and column `last`, left of it, is below another."""
        return column not in self.groups and self.heads((last,)) != self.heads((column,))

    def heads(self, columns: Iterable[int]) -> tuple[int, ...]:
        """Below which cells of the head these columns are."""
        return tuple(bisect_right(self.groups, column) for column in columns)


def align(texts: Sequence[tuple[int, str]], columns: Columns, offsets: Collection[int], room: int) -> Aligned:
    """The cheapest way of placing texts, each with the number of its field, in the first `room` columns of a table.

    By its count of tabs a field stands one of `offsets` columns to the right of its number. There must be as many
    columns as texts.
    """
    kinds, allowed = columns.kinds, range(min(room, len(columns.kinds)))
    ways = {column: [_Way(_first_cost(texts[0], column, columns, offsets), (column,))] for column in allowed}
    for before, one in pairwise(texts):
        ways = {column: _extended(ways, before, one, column, columns) for column in allowed}
    partners = tuple(_partners(kinds))
    found = (way for some in ways.values() for way in some)
    whole = sorted(_Way(way.cost + _blank_cost(way.columns, partners), way.columns) for way in found)
    return _chosen(whole, columns)


def _chosen(ways: Sequence[_Way], columns: Columns) -> Aligned:
    """The cheapest way, and whether no other that stands below other heads is about as cheap."""
    best = ways[0]
    others = (way.cost for way in ways if columns.heads(way.columns) != columns.heads(best.columns))
    return Aligned(best.columns, best.cost, next(others, inf) - best.cost >= _LEAD)


def _partners(kinds: Sequence[Kind]) -> Iterator[tuple[range, range]]:
    """The columns of each name and of the target beside it, of which a table may have two pairs side by side.

    A target stands right of its name, in tables that have one there.
    """
    names, targets = list(_runs(kinds, "level3")), list(_runs(kinds, "target"))
    if not names:
        return
    right = [target for target in targets if target.start > names[0].start]
    for target in right or targets:
        yield next((name for name in reversed(names) if name.start < target.start), names[0]), target


def _runs(kinds: Sequence[Kind], kind: Kind) -> Iterator[range]:
    """The runs of columns of one kind."""
    for is_kind, run in groupby(range(len(kinds)), key=lambda column: kinds[column] == kind):
        columns = list(run)
        if is_kind:
            yield range(columns[0], columns[-1] + 1)


def _first_cost(one: tuple[int, str], column: int, columns: Columns, offsets: Collection[int]) -> float:
    index, text = one
    away = min(abs(column - index - offset) for offset in offsets)
    cost = misfit(text, columns.kinds[column]) + _LATE * (column not in columns.groups)
    return cost + (_MOVED + _FURTHER * (away - 1) if away else 0.0)


def _extended(
    ways: Mapping[int, Sequence[_Way]], before: tuple[int, str], one: tuple[int, str], column: int, columns: Columns
) -> list[_Way]:
    """The cheapest ways that go on with a text in a column."""
    own = misfit(one[1], columns.kinds[column])
    found = []
    for last in range(column):
        step = _step_cost(one[0] - before[0], last, column, columns) + _LATE * columns.is_late(last, column)
        found += [_Way(way.cost + step + own, (*way.columns, column)) for way in ways[last]]
    return nsmallest(_MOST_WAYS, found)


def _step_cost(fields: int, last: int, column: int, columns: Columns) -> float:
    """What it costs that a text stands in `column`, so many fields after one that stands in column `last`."""
    more = column - last - fields
    if more == 0:
        return _SHARED if columns.heads((last,)) == columns.heads((column,)) else 0.0
    if more < 0:
        return _LOST_BLANK - _FURTHER * (more + 1)
    kinds, skipped = columns.kinds, range(column - more, column)
    if set(columns.heads(skipped)) == set(columns.heads((last,))):
        return _COVERED
    is_merged = "level3" in kinds[: skipped.start] and all(kinds[at] in LEVELS for at in skipped)
    return _MERGED_GAP if is_merged else _GAP + _FURTHER * (more - 1)


def _blank_cost(columns: Sequence[int], partners: Sequence[tuple[range, range]]) -> float:
    """What it costs that columns stay blank which a row has something in."""
    cost = 0.0
    for name, target in partners:
        has_name, has_target = (any(column in run for column in columns) for run in (name, target))
        cost += _NO_NAME if has_target and not has_name else _NO_VALUE if has_name and not has_target else 0.0
    return cost
