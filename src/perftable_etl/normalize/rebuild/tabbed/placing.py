"""The fields of a row in the columns of its table: of all ways of placing them in their order, the one that fits best.

What a row has fewer fields than there are columns is merged down. What a text says tells where: the name of a level
stands in a level's column, and a value in none. Two ways that fit about as well are told. Only the order of the costs
matters: what cannot be costs more than what is only rare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice
from math import comb
from typing import Literal

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

Kind = ColumnName | Literal["side", "beyond"] | None
"""What a column is for: one of an indicator table, what stands left of it, what has no head, or what no word tells."""

Columns = tuple[int, ...]
"""The column of each field of a row."""

LEVELS: frozenset[Kind] = frozenset({"level1", "level2", "level"})
_MERGED_KINDS: frozenset[Kind] = LEVELS | {"side", "beyond"}

_IMPOSSIBLE, _BEYOND, _WRONG, _RARE, _ODD = 6.0, 4.0, 3.0, 1.5, 1.0
_GAP = 1.5  # a cell that is missing, a blank that stands for nothing, or a target without a name
_FURTHER = 0.25  # ... every one more
_MERGED = 1.0  # columns of merged labels that are missing between two texts
_LEAD = 0.75  # what a second way must cost more than the cheapest for that to be certain
_LONGEST_SIGN = 8  # characters of a sign in words and the first digit behind it

_MOST_WAYS = 5000  # of placing a row that are tried: those of 7 texts in 15 columns, and few more
TOO_MANY = "its cells fit into the columns in more ways than are tried"
"""What is said of rows of which not all ways were tried."""

_State = tuple[int, int]
"""How many texts are placed, and the column of the last."""


def ways(count: int, width: int) -> Iterator[Columns]:
    """The ways of placing so many fields in columns, those furthest to the left first."""
    return islice(combinations(range(max(width, count)), count), _MOST_WAYS)


def are_tried(count: int, width: int) -> bool:
    """Whether all ways of placing so many fields in columns are tried."""
    return comb(max(width, count), count) <= _MOST_WAYS


def last_name(kinds: Sequence[Kind]) -> int:
    """The column of names that stands beside the targets; behind all where none does."""
    targets = kinds.index("target") if "target" in kinds else len(kinds)
    return max((column for column in range(targets) if kinds[column] == "level3"), default=len(kinds))


def place(row: TabbedRow, kinds: Sequence[Kind]) -> tuple[Columns, str]:
    """The column of each text of a row, and what speaks against them, as where another way costs about as little."""
    printed = [kinds[at] for at in row.starts] if len(row.fields) == len(kinds) else []
    if printed and (row.starts[0] == 0 or "target" in printed) and may_stand(row.texts, printed):
        return row.starts, ""
    beyond: list[Kind] = ["beyond"] * (len(row.fields) - len(kinds))
    known = (*kinds, *beyond)
    indexes = (-1, *row.starts, len(row.fields))
    count, width = len(row.texts), len(known)

    def steps_from(state: _State) -> Iterator[Step[_State, int]]:
        placed, last = state
        for column in range(last + 1, width) if placed < count else [width]:
            cost = _skipping(last, column, indexes[placed + 1] - indexes[placed], known)
            fit = misfit(row.texts[placed], known[column]) if placed < count else 0.0
            yield Step(state, (placed + 1, column), cost + fit, column)

    readings = Readings((0, -1), (count + 1, width), steps_from)
    *columns, _ = (step.part for step in readings.cheapest())
    others = (step for step in readings.steps() if step.part < width)
    others = (step for step in others if known[step.part] != known[columns[step.start[0]]])
    doubt = "its cells fit into the columns in two ways" if readings.lead(others) < _LEAD else ""
    if columns[-1] >= len(kinds):
        doubt = "it has a cell to the right of all columns that have a head"
    return tuple(columns), doubt


def _skipping(last: int, column: int, fields: int, kinds: Sequence[Kind]) -> float:
    """What it costs that a text stands so many fields behind the last one in a column: cells between are missing."""
    lacking, name = column - last - fields, last_name(kinds)
    free = sum(at < name or kinds[at] in _MERGED_KINDS for at in range(last + 1, column))
    target = kinds.index("target") if "target" in kinds else len(kinds)
    missing = max(-lacking, lacking - free, int(last < target < column))
    nameless = last < name < column < len(kinds) and kinds[column] == "target"
    between = _MERGED * (lacking > 0 < free and last >= 0)
    return between + _GAP * (nameless + (missing > 0)) + _FURTHER * max(0, missing - 1)


def may_stand(texts: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Whether texts may stand in such columns: none is a value where a name or a level should be."""
    return all(misfit(text, kind) < _IMPOSSIBLE for text, kind in zip(texts, kinds, strict=True))


@lru_cache(maxsize=1 << 15)
def misfit(text: str, kind: Kind) -> float:
    """What it costs that a text stands in a column; nothing where that is what one expects there."""
    if kind in LEVELS:
        return _misfit_of_level(text, kind)
    if is_level(text):
        return _WRONG
    if kind == "level3":
        return _IMPOSSIBLE if _is_value(text) else 0.0
    if kind in ("weight", "score", "number", "grade"):
        return 0.0 if _is_value(text) else _RARE
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
