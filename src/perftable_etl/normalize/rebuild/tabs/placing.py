"""The texts of one row in the columns of its table: the cheapest way of placing them in their order.

Where a row stands by its count of fields costs nothing. What a text says can move it: the name of a level stands in a
level's column, and a value in none. Two ways that are about as cheap are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

Kind = ColumnName | Literal["side", "beyond"] | None
"""What a column is for: one of an indicator table, what stands left of it, or what no word tells.

What is `beyond` has no head at all.
"""

LEVELS: frozenset[Kind] = frozenset({"side", "level1", "level2", "level"})
"""The columns whose labels are merged down over the rows they stand beside."""

_IMPOSSIBLE, _BEYOND, _WRONG, _RARE, _ODD = 6.0, 4.0, 3.0, 1.5, 1.0

_GAP = 1.5  # a cell that is missing, or a blank that stands for nothing
_MERGED = 1.0  # columns of merged labels that are missing between two texts

_LEAD = 0.75  # what a second way must cost more than the cheapest for that to be certain


class Placing(NamedTuple):
    """The column of each text of a row, and whether no other way costs about as little."""

    columns: tuple[int, ...]
    is_certain: bool = True


class _State(NamedTuple):
    """How many texts are placed, and the column of the last."""

    placed: int
    last: int


def place(texts: Sequence[tuple[int, str]], fields: int, kinds: Sequence[Kind]) -> Placing:
    """The cheapest way of placing texts, each with the number of its field, in columns of these kinds.

    What the row has fewer `fields` than there are columns is merged down.
    """
    end = _State(len(texts) + 1, len(kinds))
    names = last_name(kinds)
    merged = [column < names or kind in LEVELS for column, kind in enumerate(kinds)]

    def cost(state: _State, index: int, column: int) -> float:
        """What it costs that a field stands in a column, next to the last one."""
        before = texts[state.placed - 1][0] if state.placed else -1
        more = column - state.last - index + before
        free = sum(merged[state.last + 1 : column])
        between = _MERGED if more > 0 and free and state.placed else 0.0
        return between + _GAP * (max(0, more - free) if more > 0 else -more)

    def steps_from(state: _State) -> Iterator[Step[_State, int]]:
        if state.placed == len(texts):
            yield Step(state, end, cost(state, fields, end.last), end.last)
            return
        index, text = texts[state.placed]
        for column in range(state.last + 1, end.last):
            nameless = _GAP if kinds[column] == "target" and state.last < names < column else 0.0
            own = cost(state, index, column) + misfit(text, kinds[column]) + nameless
            yield Step(state, _State(state.placed + 1, column), own, column)

    readings = Readings(_State(0, -1), end, steps_from)
    columns = tuple(step.part for step in readings.cheapest())
    own = [*map(kinds.__getitem__, columns[:-1]), None]
    others = (step for step in readings.steps() if step.end != end and kinds[step.part] != own[step.start.placed])
    return Placing(columns[:-1], readings.lead(others) >= _LEAD)


def last_name(kinds: Sequence[Kind]) -> int:
    """The column of names that stands beside the targets; behind all where none does."""
    first = kinds.index("target") if "target" in kinds else len(kinds)
    return max((column for column in range(first) if kinds[column] == "level3"), default=len(kinds))


@lru_cache(maxsize=1 << 15)
def misfit(text: str, kind: Kind) -> float:
    """What it costs that a text stands in a column; nothing where that is what one expects there."""
    if kind in ("level1", "level2", "level"):
        return _misfit_of_level(text, kind)
    if is_level(text):
        return _WRONG
    if kind == "level3":
        return _IMPOSSIBLE if _is_value(text) else 0.0
    if kind in ("weight", "score", "number"):
        return 0.0 if _is_value(text) else _RARE
    is_odd = kind == "side" or (kind == "unit" and _is_value(text))
    return _BEYOND if kind == "beyond" else _ODD if is_odd else 0.0


def _misfit_of_level(text: str, kind: Kind) -> float:
    known = {"level1": find_level1(text), "level2": find_level2(text)}
    if _is_value(text):
        return _IMPOSSIBLE
    return 0.0 if known.get(str(kind)) or (kind == "level" and any(known.values())) else _RARE


def _is_value(text: str) -> bool:
    """Whether a text is a number with a sign or a unit, or a bare one, and so no name."""
    target = parse_target(text)
    return target.kind == "quantitative" and (target.operator is not None or fold(text)[:1].isdigit())
