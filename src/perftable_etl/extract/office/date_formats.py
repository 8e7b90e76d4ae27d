"""What a date or a time shows in a cell, by the code of the cell's format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from perftable_etl.extract.office.chinese_numerals import COMMON, FORMAL, digit_by_digit, spelled
from perftable_etl.extract.office.format_codes import FormatSection, Token
from perftable_etl.extract.office.serial_dates import moment_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = "一二三四五六日"
_NO_DATE = "#######"
"""What is shown where there is no such date."""

_ELAPSED: Mapping[str, int] = {"h": 24, "m": 1440, "s": 86_400}
"""How many there are in a day."""


def show_date(serial: Decimal, section: FormatSection, *, from_1904: bool) -> str:
    """The text that a serial shows."""
    places = max((len(token.text.partition(".")[2]) for token in section.tokens if token.kind == "date"), default=0)
    moment = moment_of(serial, from_1904=from_1904, places=places)
    if moment is None:
        return _NO_DATE
    halves = any(token.kind == "half" for token in section.tokens)
    return "".join(
        _show(token, index, section, serial, moment.replace(hour=moment.hour % 12 or 12) if halves else moment)
        if token.kind != "half"
        else _half(token.text, moment)
        for index, token in enumerate(section.tokens)
    )


def _show(token: Token, index: int, section: FormatSection, serial: Decimal, moment: datetime) -> str:
    if token.kind == "elapsed":
        whole = (serial * _ELAPSED[token.text[0]]).quantize(Decimal(1), ROUND_DOWN)
        return str(whole).zfill(len(token.text))
    if token.kind != "date":
        return token.text
    code = token.text.lower()
    if code[0] == "m" and _is_minutes(section, index):
        return _in_numerals(_padded(moment.minute, code), section)
    return _in_numerals(_PARTS[code[0]](moment, code), section)


def _is_minutes(section: FormatSection, index: int) -> bool:
    """Whether `m` is minutes: the hours stand before it, or the seconds after."""
    clock = [position for position, token in enumerate(section.tokens) if token.kind in ("date", "elapsed")]
    at = clock.index(index)
    before = section.tokens[clock[at - 1]].text[0].lower() if at else ""
    after = section.tokens[clock[at + 1]].text[0].lower() if at + 1 < len(clock) else ""
    return before == "h" or after == "s"


def _padded(number: int, code: str) -> str:
    return str(number).zfill(2 if len(code) > 1 else 1)


def _year(moment: datetime, code: str) -> str:
    return f"{moment.year % 100:02d}" if len(code) <= 2 and code[0] == "y" else f"{moment.year:04d}"


def _month(moment: datetime, code: str) -> str:
    name = _MONTHS[moment.month - 1]
    return {3: name[:3], 4: name, 5: name[0]}.get(len(code), _padded(moment.month, code))


def _day(moment: datetime, code: str) -> str:
    name = _DAYS[moment.weekday()]
    return {3: name[:3], 4: name}.get(len(code), _padded(moment.day, code))


def _weekday(moment: datetime, code: str) -> str:
    return ("星期" if len(code) > 3 else "") + _WEEKDAYS[moment.weekday()]


def _hour(moment: datetime, code: str) -> str:
    return _padded(moment.hour, code)


def _second(moment: datetime, code: str) -> str:
    whole, _, part = code.partition(".")
    fraction = f".{moment.microsecond:06d}"[: len(part) + 1] if part else ""
    return _padded(moment.second, whole) + fraction


_PARTS: Mapping[str, Callable[[datetime, str], str]] = {
    "y": _year,
    "e": _year,
    "m": _month,
    "d": _day,
    "a": _weekday,
    "h": _hour,
    "s": _second,
}


def _half(code: str, moment: datetime) -> str:
    first, _, second = code.partition("/")
    return first if moment.hour < 12 else second


def _in_numerals(text: str, section: FormatSection) -> str:
    """Digits as the numerals of the section: years digit by digit, all else in words."""
    if section.numerals not in ("1", "2") or not text.isdigit():
        return text
    numerals = COMMON if section.numerals == "1" else FORMAL
    return digit_by_digit(text, numerals) if len(text) > 2 else spelled(int(text), numerals)
