"""Numbers as printed: 1,200.00, １２, 两, 一百二十, 十万. Exact decimals, never floats. Pure: str in, Decimal out.

The input is folded text (half-width, no white space). What is not a number gives None.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact

import regex

_DIGITS = {
    digit: value
    for value, spellings in enumerate(
        ("零〇○", "一壹", "二两贰兩", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in spellings
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

MAX_DIGITS = 30
"""Longer runs of digits are no quantity but a code; they stay text."""

ARABIC = rf"[-+−]?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,{MAX_DIGITS}}})(?:\.[0-9]{{0,{MAX_DIGITS}}}+)?"
HAN_DIGITS = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
HAN = rf"(?:[{HAN_DIGITS}]++(?:万[{HAN_DIGITS}]++)?(?:点[{HAN_DIGITS}]++)?|半(?=[年天日]|个?小时|个月))"
"""A number in Chinese characters. 万 and 亿 at its end are left to the unit: 三万人次 is 三 of 万人次."""

NUMBER = rf"(?:{ARABIC}|{HAN})"
_ARABIC = regex.compile(ARABIC)
_SPELLED = regex.compile(rf"[{''.join(_DIGITS)}{''.join(_PLACES)}万亿]{{1,{MAX_DIGITS}}}(?:点[{''.join(_DIGITS)}]+)?")
_MIXED = regex.compile(rf"(?:[0-9]{{1,4}}[{''.join((*_PLACES, *_MYRIADS))}]{{1,2}}){{1,5}}")
_EXACT = Context(prec=200, traps=[Inexact])


def multiply(value: Decimal, scale: Decimal) -> Decimal:
    """The exact product: no rounding to 28 digits, as the default context would do."""
    return value if scale == 1 else _EXACT.multiply(value, scale)


def add(left: Decimal, right: Decimal) -> Decimal:
    """The exact sum."""
    return _EXACT.add(left, right)


def number(text: str) -> Decimal | None:
    """The value of a number in digits, in Chinese characters, or in both by turns (2万5千).

    It is as printed: 1,200.00 keeps its two decimals.
    """
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace("−", "-"))
    if text == "半":
        return Decimal("0.5")
    if _SPELLED.fullmatch(text) or _MIXED.fullmatch(text):
        return _han_decimal(text)
    return None


def _han_decimal(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    digits = "".join(str(_DIGITS[digit]) for digit in fraction)
    return Decimal(f"{_han_integer(whole)}.{digits}") if digits else Decimal(_han_integer(whole))


def _han_integer(text: str) -> int:
    """一百二十 is 120, 一亿五千万 150000000; without 十百千 the characters are digits by position: 二〇二四 is 2024."""
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char.isdecimal():
            digit = digit * 10 + int(char)
        elif char in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[char], 0
        else:
            scale = _MYRIADS[char]
            above = total if total > scale else 0  # 一亿 before 五千万 stays as it is
            total, section, digit = above + (total - above + section + digit or 1) * scale, 0, 0
    return total + section + digit
