"""Cells without a value: nothing, a dash, stars, masked digits, or a unit whose number was never filled in."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.units import is_bare_unit
from perftable_etl.normalize.values.wording import SIGN_CHARS

_PLACEHOLDER_WORDS = r"""
    / // \ - -- --- ... …… … 无 暂无 空 待定 不适用 不涉及 未填 未定 N/A n/a NA na null NULL None none nan
    ? ?? □ ■ . 、 。 : 略 待明确 待确定 无指标 ~ · |
"""
_PLACEHOLDERS = frozenset(_PLACEHOLDER_WORDS.split()) | {""}
_NUMBERED = regex.compile(r"^(?:指标)?[0-9]{1,2}[:.、)]|^指标[0-9]{0,2}$")
_HAS_DIGIT = regex.compile(r"[0-9]")
_BLANK = regex.compile(
    rf"(?:[{SIGN_CHARS}]|>=|<=)*(?:\*+|[xX×]{{1,4}}|_+|…+|\.{{3,}}|-+|/)?(?P<unit>[^*_]*?)(?:\*+|_+)?"
)
_MASKS = frozenset("*_□?xX×")
_MASKED = regex.compile(
    rf"(?=[{SIGN_CHARS}]|.*[0-9])[{SIGN_CHARS}]?"
    rf"(?:[0-9,.*_□?]*[*_□?]{{2}}[0-9,.*_□?]*|[0-9,.]*[xX×]{{2}}[0-9xX×,.]*|(?<=[{SIGN_CHARS}])[*_□?xX×][0-9][0-9,.]*)"
    r"[)(\p{Han}%‰/A-Za-z]{0,10}"
)


def is_placeholder(text: str) -> bool:
    """Whether a text is what people put where there is nothing to say: 无, /, —; or nothing at all."""
    return fold(text) in _PLACEHOLDERS


@remembered(16384)
def is_unfilled_name(text: str) -> bool:
    """Whether the name of an indicator was never filled in: its number (指标2：) or … only."""
    return _NUMBERED.sub("", fold(text)) in _PLACEHOLDERS


def is_missing(text: str) -> bool:
    """Whether a value (folded) was never filled in, or is not shown."""
    return text in _PLACEHOLDERS or _is_unfilled(text) or _is_masked(text)


def _is_unfilled(text: str) -> bool:
    match = _BLANK.fullmatch(text) if len(text) <= 16 and not _HAS_DIGIT.search(text) else None
    if match is None:
        return False
    unit = match["unit"].removeprefix("(").removesuffix(")")
    return not unit or is_bare_unit(unit)


def _is_masked(text: str) -> bool:
    """Whether digits are struck out by stars or left open: no number, whatever digits are left (≤****000元, ≥1**万元).

    One star between two numbers multiplies them.
    """
    return not _MASKS.isdisjoint(text) and _MASKED.fullmatch(text) is not None
