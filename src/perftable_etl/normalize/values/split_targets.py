"""Targets in several columns: sign (≥, 大于等于, 定性), number or words, and unit, each in a cell of its own."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.wording import BEFORE, SIGN_CHARS
from perftable_etl.records import Direction, Target

_NATURE = regex.compile("(?:定性|定量|正向|反向|负向|逆向)(?:指标)?")
_SIGNED = regex.compile(rf"(?:[{SIGN_CHARS}]|>=|<=)[0-9]")
_HIGHER = regex.compile("^正向")
_LOWER = regex.compile("^[反负逆]向")


def is_sign(text: str) -> bool:
    """Whether a text is a sign or a word for one, and nothing else."""
    return fold(text) in BEFORE


def is_signed(text: str) -> bool:
    """Whether a text begins with a sign before a number, as only targets do."""
    return _SIGNED.match(fold(text)) is not None


def is_nature(text: str) -> bool:
    """Whether a text says of the target beside it that it is in words or in numbers, or which way is better."""
    return _NATURE.fullmatch(fold(text)) is not None


def direction_of(nature: str) -> Direction | None:
    """Which way is better, where it is printed: 正向, 反向."""
    folded = fold(nature)
    return "higher" if _HIGHER.search(folded) else "lower" if _LOWER.search(folded) else None


def parse_split_target(sign: str, number: str, unit: str, *, year: int | None = None) -> Target:
    """The meaning of a target whose sign, number and unit are printed apart; `raw` is all three in this order.

    What says nothing in a column of its own (定性 for a sign, 无 for a unit) is in `raw` and nowhere else. A sign or a
    unit that stands beside the number too is read once.
    """
    told_sign = sign if is_sign(sign) and not _begins_with_sign(number) else ""
    told_unit = "" if is_placeholder(unit) or fold(number).endswith(fold(unit)) else unit
    target = parse_target(f"{told_sign}{number}{told_unit}", year=year)
    return target.model_copy(update={"raw": f"{sign}{number}{unit}"})


def _begins_with_sign(number: str) -> bool:
    folded = fold(number)
    return any(folded.startswith(sign) for sign in BEFORE if not sign.isalpha())
