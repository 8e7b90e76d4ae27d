"""The texts of one row in the columns of its table: the cheapest way of placing them in their order.

Where a row stands by its count of tabs costs nothing. What a text says can move it: the name of a level stands in a
level's column, and a value in none. Two ways that are about as cheap are told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind, misfit

_MOVED = 1.0  # a row that stands elsewhere than its count of tabs says
_FURTHER = 0.25  # ... for every column more
_GAP = 1.5  # a cell that is missing between two others
_COVERED = 0.25  # ... where the cell before covers all columns of its head
_SHARED = 0.5  # two cells below one head
_MERGED_GAP = 0.5  # ... of a second table beside the first, whose level labels are merged down with the first's
_LOST_BLANK = 1.5  # a blank between two others that stands for nothing
_MISSING: dict[Kind, float] = {"level3": 2.0, "target": 0.5}  # a row with a value and no name, or the reverse

_LEAD = 0.75  # what a second way must cost more than the cheapest for that to be certain


class Aligned(NamedTuple):
    """Where each text of a row stands, and whether no other way costs about as little."""

    columns: tuple[int, ...]
    is_certain: bool = True


class _State(NamedTuple):
    """How many texts are placed, and the column of the last."""

    placed: int
    last: int


class Columns(NamedTuple):
    """What the columns of a table are for, and which of them begin a cell of its head."""

    kinds: tuple[Kind, ...]
    groups: tuple[int, ...]

    def align(self, texts: Sequence[tuple[int, str]], offsets: Collection[int], room: int) -> Aligned:
        """The cheapest way of placing texts, each with the number of its field, in the first `room` columns.

        By its count of tabs a field stands one of `offsets` columns to the right of its number. There must be as many
        columns as texts.
        """
        end = _State(len(texts) + 1, len(self.kinds))

        def steps_from(state: _State) -> Iterator[Step[_State, int]]:
            if state.placed == len(texts):
                yield Step(state, end, self._skipping_cost(state.last, end.last), end.last)
                return
            index, text = texts[state.placed]
            fields = index - texts[state.placed - 1][0] if state.placed else None
            for column in range(state.last + 1, min(room, end.last)):
                away = min(abs(column - index - offset) for offset in offsets)
                moved = self._step_cost(fields, state.last, column) if fields else _away_cost(away)
                cost = misfit(text, self.kinds[column]) + moved + self._skipping_cost(state.last, column)
                yield Step(state, _State(state.placed + 1, column), cost, column)

        readings = Readings(_State(0, -1), end, steps_from)
        columns = tuple(step.part for step in readings.cheapest())
        heads = [self._heads((column,)) for column in columns]
        others = (step for step in readings.steps() if self._heads((step.part,)) != heads[step.start.placed])
        return Aligned(columns[:-1], readings.lead(others) >= _LEAD)

    def _heads(self, columns: Iterable[int]) -> set[int]:
        """Below which cells of the head these columns are."""
        return {bisect_right(self.groups, column) for column in columns}

    def _skipping_cost(self, last: int, column: int) -> float:
        """What it costs that the columns between two others stay blank: all of a target, or of the name beside one."""
        runs = [(kind, list(run)) for kind, run in groupby(range(len(self.kinds)), self.kinds.__getitem__)]
        measured = [(kind, run) for kind, run in runs if kind in _MISSING]
        pairs = zip(measured, [*measured, ("target", [])][1:], strict=True)
        own = ((kind, run) for (kind, run), (following, _) in pairs if "target" in (kind, following))
        return sum(_MISSING[kind] for kind, run in own if last < run[0] and run[-1] < column)

    def _step_cost(self, fields: int, last: int, column: int) -> float:
        """What it costs that a text stands in `column`, so many fields after one that stands in column `last`."""
        more = column - last - fields
        if more == 0:
            return _SHARED if self._heads((last,)) == self._heads((column,)) else 0.0
        if more < 0:
            return _LOST_BLANK - _FURTHER * (more + 1)
        skipped = range(column - more, column)
        if self._heads(skipped) == self._heads((last,)):
            return _COVERED
        is_merged = "level3" in self.kinds[: skipped.start] and all(self.kinds[at] in LEVELS for at in skipped)
        return _MERGED_GAP if is_merged else _GAP + _FURTHER * (more - 1)


def _away_cost(away: int) -> float:
    return _MOVED + _FURTHER * (away - 1) if away else 0.0
