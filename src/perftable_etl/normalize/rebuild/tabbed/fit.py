"""How well a text fits the column of an indicator table that it might stand in.

A level's name belongs into a level's column, a value into none of those and into no name's. Only the order of the costs
matters: what cannot be costs more than what is only rare.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.wording import BEFORE

Kind = ColumnName | Literal["side", "beyond"] | None
"""What a column is for: one of an indicator table, the labels beside its rows, or what no word tells.

What is `beyond` has no head at all.
"""

LEVELS: frozenset[Kind] = frozenset({"side", "level1", "level2", "level"})
"""The columns whose labels are merged down over the rows they stand beside."""

_IMPOSSIBLE, _BEYOND, _WRONG, _RARE, _ODD = 6.0, 4.0, 3.0, 1.5, 1.0


@lru_cache(maxsize=1 << 15)
def misfit(text: str, kind: Kind) -> float:
    """What it costs that a text stands in a column; nothing where that is what one expects there."""
    if kind in ("level1", "level2", "level"):
        return _misfit_of_level(text, kind)
    if is_level(text):
        return _WRONG
    if kind == "level3":
        return _IMPOSSIBLE if _is_value(text) else 0.0
    if kind == "sign":
        return 0.0 if fold(text) in BEFORE else _ODD
    if kind in ("weight", "score", "number"):
        return 0.0 if _is_number(text) else _RARE
    is_odd = kind == "side" or (kind == "unit" and _is_value(text))
    return _BEYOND if kind == "beyond" else _ODD if is_odd else 0.0


def _misfit_of_level(text: str, kind: Kind) -> float:
    level1, level2 = find_level1(text), find_level2(text)
    if _is_value(text):
        return _IMPOSSIBLE
    known = {"level1": level1, "level2": level2, "level": level1 or level2}
    return 0.0 if known[str(kind)] else _RARE


def _is_value(text: str) -> bool:
    """Whether a text is a number with a sign or a unit, or a bare one, and so no name."""
    target = parse_target(text)
    return target.kind == "quantitative" and (target.operator is not None or fold(text)[:1].isdigit())


def _is_number(text: str) -> bool:
    target = parse_target(text)
    return target.kind == "quantitative" and target.operator is None
