"""How well a text fits a column of an indicator table: what the catalogue and the grammar of values know of it.

A level's name belongs into a level's column, a value into none of those and into no name's. Only the order of the costs
matters: what cannot be costs more than what is only rare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

IMPOSSIBLE = 6.0
_BEYOND = 4.0
_WRONG = 3.0
_RARE = 1.5
_ODD = 1.0

_LONGEST_SIGN = 4
_LONGEST_UNIT = 12


@lru_cache(maxsize=1 << 15)
def misfit(text: str, kind: Kind) -> float:
    """What it costs that a text stands in a column; nothing where that is what one expects there."""
    if kind in ("level1", "level2", "level"):
        return _misfit_of_level(text, kind)
    return _WRONG if is_level(text) else _MISFITS[kind](text) if kind in _MISFITS else 0.0


def _misfit_of_level(text: str, kind: Kind) -> float:
    level1, level2 = find_level1(text), find_level2(text)
    if _is_value(text):
        return IMPOSSIBLE
    if level1 is None and level2 is None:
        return _RARE
    return _RARE if (kind == "level1" and level1 is None) or (kind == "level2" and level2 is None) else 0.0


def _misfit_of_name(text: str) -> float:
    return IMPOSSIBLE if _is_value(text) else 0.0


def _misfit_of_sign(text: str) -> float:
    return 0.0 if fold(text) in BEFORE else _ODD if len(fold(text)) <= _LONGEST_SIGN else _WRONG


def _misfit_of_unit(text: str) -> float:
    return _ODD if len(fold(text)) > _LONGEST_UNIT or _is_value(text) else 0.0


def _misfit_of_number(text: str) -> float:
    return 0.0 if _is_number(text) else _RARE


def _misfit_of_side(text: str) -> float:
    return _ODD if text else 0.0


def _misfit_beyond(text: str) -> float:
    return _BEYOND if text else 0.0


_MISFITS: Mapping[Kind, Callable[[str], float]] = {
    "side": _misfit_of_side,
    "beyond": _misfit_beyond,
    "level3": _misfit_of_name,
    "sign": _misfit_of_sign,
    "unit": _misfit_of_unit,
    "weight": _misfit_of_number,
    "score": _misfit_of_number,
    "number": _misfit_of_number,
}


def _is_value(text: str) -> bool:
    """Whether a text is a number with a sign or a unit, or a bare one, and so no name."""
    target = parse_target(text)
    return target.kind == "quantitative" and (target.operator is not None or _begins_with_digit(text))


def _begins_with_digit(text: str) -> bool:
    return fold(text)[:1].isdigit()


def _is_number(text: str) -> bool:
    target = parse_target(text)
    return target.kind == "quantitative" and target.operator is None
