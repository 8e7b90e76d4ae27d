"""Whole numbers in Chinese numerals, as number formats and numbered lists print them."""

from __future__ import annotations

from typing import NamedTuple


class Numerals(NamedTuple):
    """The digits from zero on, the units of ten, a hundred and a thousand, and those of each four places more."""

    digits: str
    units: str
    myriads: str = "万亿"


COMMON = Numerals("〇一二三四五六七八九", "十百千")
FORMAL = Numerals("零壹贰叁肆伍陆柒捌玖", "拾佰仟")


def spelled(number: int, numerals: Numerals = COMMON) -> str:
    """A number of up to sixteen digits in words: 12 is 十二, 105 is 一百〇五."""
    groups = [number // 10000**power % 10000 for power in range(len(numerals.myriads) + 1)]
    text = ""
    for power in reversed(range(len(groups))):
        group = groups[power]
        if not group:
            continue
        gap = numerals.digits[0] if text and group < 1000 else ""
        text += gap + _group(group, numerals) + (numerals.myriads[power - 1] if power else "")
    return _without_leading_one(text, numerals) or numerals.digits[0]


def digit_by_digit(text: str, numerals: Numerals = COMMON) -> str:
    """A text with each digit of ASCII as a numeral: 2024 is 二〇二四."""
    return text.translate({ord("0") + value: digit for value, digit in enumerate(numerals.digits)})


def _group(group: int, numerals: Numerals) -> str:
    """Up to four digits in words."""
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = group // 10**power % 10
        zero = zero or (digit == 0 and bool(text))
        if digit:
            text += numerals.digits[0] if zero else ""
            text += numerals.digits[digit] + (numerals.units[power - 1] if power else "")
            zero = False
    return text


def _without_leading_one(text: str, numerals: Numerals) -> str:
    """Ten to nineteen are 十 to 十九 in common numerals; in formal ones nothing may be added in front."""
    ten = COMMON.digits[1] + COMMON.units[0]
    return text[1:] if numerals is COMMON and text.startswith(ten) else text
