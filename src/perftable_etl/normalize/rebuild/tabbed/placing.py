"""The texts of one row in the columns of its table: the cheapest way of placing them in their order.

What a row has fewer fields than there are columns is merged down. What a text says tells where: the name of a level
stands in a level's column, and a value in none. Two ways that are about as cheap are told. Only the order of the costs
matters: what cannot be costs more than what is only rare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

Kind = ColumnName | Literal["side", "beyond"] | None
"""What a column is for: one of an indicator table, what stands left of it, what has no head, or what no word tells."""

_MERGED_KINDS: frozenset[Kind] = frozenset({"side", "level1", "level2", "level", "beyond"})

_IMPOSSIBLE, _BEYOND, _WRONG, _RARE, _ODD = 6.0, 4.0, 3.0, 1.5, 1.0
_GAP = 1.5  # a cell that is missing, a blank that stands for nothing, or a target without a name
_FURTHER = 0.25  # ... every one more
_MERGED = 1.0  # columns of merged labels that are missing between two texts
_LEAD = 0.75  # what a second way must cost more than the cheapest for that to be certain


_State = tuple[int, int]
"""How many texts are placed, and the column of the last."""


def last_name(kinds: Sequence[Kind]) -> int:
    """The column of names that stands beside the targets; behind all where none does."""
    targets = kinds.index("target") if "target" in kinds else len(kinds)
    return max((column for column in range(targets) if kinds[column] == "level3"), default=len(kinds))


def place(row: TabbedRow, kinds: Sequence[Kind]) -> tuple[tuple[int, ...], bool]:
    """The column of each text of a row, and whether no other way costs about as little."""
    beyond: list[Kind] = ["beyond"] * (len(row.fields) - len(kinds))
    kinds = [*kinds, *beyond]
    name, count, width = last_name(kinds), len(row.texts), len(kinds)
    target = kinds.index("target") if "target" in kinds else width
    merged = [column < name or kind in _MERGED_KINDS for column, kind in enumerate(kinds)]
    indexes = [-1, *row.starts, len(row.fields)]

    def skipping(state: _State, column: int) -> float:
        """What it costs that the next text stands in a column: cells between it and the last one are missing."""
        placed, last = state
        lacking = column - last - (indexes[placed + 1] - indexes[placed])
        free = sum(merged[last + 1 : column])
        missing = max(-lacking, lacking - free, int(last < target < column))
        nameless = last < name < column < width and kinds[column] == "target"
        between = _MERGED * (lacking > 0 < free and placed > 0)
        return between + _GAP * (nameless + (missing > 0)) + _FURTHER * max(0, missing - 1)

    def steps_from(state: _State) -> Iterator[Step[_State, int]]:
        placed, last = state
        if placed == count:
            yield Step(state, (count + 1, width), skipping(state, width), width)
            return
        for column in range(last + 1, width):
            cost = skipping(state, column) + misfit(row.texts[placed], kinds[column])
            yield Step(state, (placed + 1, column), cost, column)

    readings = Readings((0, -1), (count + 1, width), steps_from)
    *columns, _ = (step.part for step in readings.cheapest())
    others = (step for step in readings.steps() if step.part < width)
    others = (step for step in others if kinds[step.part] != kinds[columns[step.start[0]]])
    return tuple(columns), readings.lead(others) >= _LEAD


def may_stand(texts: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether texts may stand in such columns: none is a value where a name or a level should be."""
    return all(misfit(text, kind) < _IMPOSSIBLE for text, kind in zip(texts, kinds, strict=True))


@lru_cache(maxsize=1 << 15)
def misfit(text: str, kind: Kind) -> float:
    """What it costs that a text stands in a column; nothing where that is what one expects there."""
    if kind in ("level", "level1", "level2"):
        return _misfit_of_level(text, kind)
    if is_level(text):
        return _WRONG
    if kind == "level3":
        return _IMPOSSIBLE if _is_value(text) else 0.0
    if kind in ("weight", "score", "number"):
        return 0.0 if _is_value(text) else _RARE
    if kind == "grade":
        return 0.0 if _is_value(text) else _FURTHER
    return _BEYOND if kind == "beyond" else _ODD if kind == "side" else 0.0


def _misfit_of_level(text: str, kind: Kind) -> float:
    known = (kind != "level2" and find_level1(text)) or (kind != "level1" and find_level2(text))
    if known:
        return 0.0
    return _IMPOSSIBLE if _is_value(text) else _RARE


def _is_value(text: str) -> bool:
    """Whether a text is a number with a sign or a unit, or a bare one, and so no name."""
    target, folded = parse_target(text), fold(text)
    is_signed = target.operator is not None and any(map(str.isdecimal, folded[:_LONGEST_SIGN]))
    return target.kind == "quantitative" and (is_signed or folded[:1].isdigit())


_LONGEST_SIGN = 8
"""Characters of a sign in words and the first digit behind it. A number further on is one that a name explains."""
