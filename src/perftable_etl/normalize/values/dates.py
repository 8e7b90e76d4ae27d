"""Dates and periods as printed: 2024-01-01, 2026/1/1, 2024年1月1日, 20240101, 2024年1月至12月, 第三季度, 长期.

Domain rule 7. Whatever is printed covers a period: 2024年1月 is the period from its first to its last day. A header
field takes the end of the period that it asks for, a deadline always the last day. Pure: str in, value out.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from perftable_etl.normalize.values.numerals import number
from perftable_etl.normalize.values.text import fold_number


class Period(NamedTuple):
    """The first and last day of what is printed; None where it is open (长期) or the year is not known."""

    first: date | None
    last: date | None


OPEN: Final = Period(None, None)

_HAN_YEAR = r"[二一][〇零○一二三四五六七八九]{3}"
_YEAR = rf"(?:19|20)[0-9]{{2}}|{_HAN_YEAR}|(?<![0-9])[0-9]{{2}}(?=年[0-9]{{1,2}}月)"
_MONTH = r"1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九](?!十)"
_DAY = r"3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NAMED_YEAR = r"(?P<this>当年度?|本年度?|今年|该年)|(?P<next>次年|明年|下一?年度?|第二年)"

# One pattern a way of naming a time. The group that matched says which days it means.
MOMENT = rf"""(?:
  (?P<compact>(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])
| (?:(?:(?P<year>{_YEAR})(?:年度?|[-./](?=[0-9]))|{_NAMED_YEAR})的?)?
  (?:
    (?P<month>{_MONTH})(?:
        月份?(?:(?P<day>{_DAY})[日号]?(?:[0-9]{{1,2}}[时点])?|(?P<part>月?底|月?末|初|上旬|中旬|下旬|内|份底))?
      | [-./](?P<dotted_day>{_DAY})日?(?![0-9]) )
  | 第?(?P<quarter>[1-4一二三四])季度(?:底|末|内)? | Q(?P<q>[1-4])
  | (?P<half>上|下)半年度?(?:底|末|内)?
  )
| (?:(?P<part_year>{_YEAR})年)?年?(?<=年)(?P<year_part>初|中(?!旬))
| (?P<only_year>{_YEAR})年(?:度|底|末|年底|年末|终|内|度内|全年|度末|度底)?
| (?:(?P<only_this>当年度?|本年度?|今年)|(?P<only_next>次年|明年|第二年))(?:年?(?:底|末|终|内))?
| 年度?(?P<year_end>底|末|终|内)
| (?P<dotted_year>{_YEAR})[-./](?P<dotted_month>0[1-9]|1[0-2]|[1-9])(?![0-9./-])
)"""

_TO = r"起?[-~至到]{1,2}"
_MOMENT = regex.compile(MOMENT, regex.VERBOSE)
_YEARS = regex.compile(rf"(?P<first>{_YEAR})年?度?(?:{_TO}(?P<last>{_YEAR})年?度?)?")
_MONTHS = regex.compile(
    rf"(?:(?P<year>{_YEAR})[年.])?(?P<first>{_MONTH})月?份?{_TO}(?P<last>{_MONTH})月份?底?", regex.VERBOSE
)
_QUARTERS = regex.compile(
    rf"(?:(?P<year>{_YEAR})年度?)?第?(?P<first>[1-4一二三四])(?:季度)?{_TO}第?(?P<last>[1-4一二三四])季度"
)
_SEPARATOR = regex.compile(
    rf"(?<=[0-9日月年底末])(?:{_TO})(?=(?:19|20)[0-9]{{2}}|[0-9]{{1,2}}月|[当本次今明]|[01]?[0-9][./][0-3]?[0-9]日?$)"
)
_EDGES = regex.compile(r"^(?:自|从|于|在)|[起止]$|(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)$")
_OPEN = regex.compile(r"(?:长期|常年|永久|持续|经常性?|无固定期限|不限期?|无限期|长期有效|长期实施|至今|滚动实施)")


def parse_date(text: str, *, year: int | None = None, end: bool = False) -> date | None:
    """The day a header field (计划开始日期, 计划完成日期) means; the last day of a period if `end`, else the first.

    `year` stands in for a year that is not printed. None for a blank or an open end (`is_open`), and for what is no
    date: also for a day whose year is not known.
    """
    period = read_period(fold_number(text), year)
    return None if period is None else period.last if end else period.first


def is_open(text: str) -> bool:
    """Whether a date field is blank, or says that there is no end (长期) or none is given (无)."""
    return _is_open(fold_number(text).strip(_PUNCTUATION))


@lru_cache(maxsize=8192)
def names_day(text: str, *, end: bool = False) -> bool:
    """Whether the day that `parse_date` gives is printed; of 2024年1月 only its month is, of 2024 only its year."""
    halves = _SEPARATOR.split(fold_number(text).strip(_PUNCTUATION))
    period = read_period(_EDGES.sub("", halves[-1 if end else 0]), _ANY_YEAR)
    return period is not None and period.first == period.last


_ANY_YEAR = 2000


@lru_cache(maxsize=8192)
def read_period(text: str, year: int | None = None) -> Period | None:
    """The days that `text` (folded) covers; None if it names no time. Blank and 长期 are OPEN."""
    text = text.strip(_PUNCTUATION)
    if _is_open(text):
        return OPEN
    return _plain_period(text, year) or _plain_period(_EDGES.sub("", text), year) or _split_period(text, year)


_PUNCTUATION = "()。;,"


def _is_open(text: str) -> bool:
    return text in ("", "-", "--", "/", "无") or _OPEN.fullmatch(text) is not None


def _plain_period(text: str, year: int | None) -> Period | None:
    if match := _MOMENT.fullmatch(text):
        return moment_period(match, year)
    if match := _YEARS.fullmatch(text):
        return _period_of_years(match)
    if match := _MONTHS.fullmatch(text):
        return _period_of_months(match, year, _count(match["first"]), _count(match["last"]))
    if match := _QUARTERS.fullmatch(text):
        return _period_of_months(match, year, 3 * _count(match["first"]) - 2, 3 * _count(match["last"]))
    return None


def _split_period(text: str, year: int | None) -> Period | None:
    """2024.1-2024.12, 2024年1月1日至12月31日: the first day of the left and the last day of the right half."""
    halves = _SEPARATOR.split(text)
    if len(halves) != 2:
        return None
    left = _plain_period(_EDGES.sub("", halves[0]), year)
    right = left and _plain_period(_EDGES.sub("", halves[1]), left.first.year if left.first else year)
    return Period(left.first, right.last) if left and right else None


def moment_period(match: regex.Match[str], year: int | None) -> Period | None:
    """The period of a match of MOMENT; OPEN where no year is printed and none is given; None for the 31st of June."""
    of = match.groupdict()
    if of["compact"]:
        digits = of["compact"]
        return _days(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    printed = _year_of(of["year"] or of["part_year"] or of["only_year"] or of["dotted_year"])
    year = printed or (year and year + bool(of["next"] or of["only_next"]))
    return _period_in_year(of, 2000 if year is None else year, known=year is not None)


def _period_in_year(of: dict[str, str | None], year: int, *, known: bool) -> Period | None:
    if month := of["month"] or of["dotted_month"]:
        day = of["day"] or of["dotted_day"]
        period = _days(year, _count(month), _count(day)) if day else _part(year, _count(month), of["part"] or "")
    elif quarter := of["quarter"] or of["q"]:
        period = _months(year, 3 * _count(quarter) - 2, 3 * _count(quarter))
    elif half := of["half"]:
        period = _months(year, 1, 6) if half == "上" else _months(year, 7, 12)
    elif part := of["year_part"]:
        period = _months(year, 1, 1) if part == "初" else _months(year, 6, 6)
    else:
        period = _months(year, 1, 12)
    return period if known or period is None else OPEN


def _period_of_years(match: regex.Match[str]) -> Period | None:
    first, last = _year_of(match["first"]), _year_of(match["last"] or match["first"])
    return Period(date(first, 1, 1), date(last, 12, 31)) if first and last else None


def _period_of_months(match: regex.Match[str], year: int | None, first: int, last: int) -> Period:
    year = _year_of(match["year"]) or year
    return _months(year, first, last) if year else OPEN


def _year_of(text: str | None) -> int | None:
    """2024, 二〇二四, and 24 before a month."""
    if not text:
        return None
    year = int(number(text) or 0)
    return year + 2000 if year < 100 else year


def _count(text: str) -> int:
    return int(number(text) or 0)


def _days(year: int, month: int, day: int) -> Period | None:
    if day > monthrange(year, month)[1]:
        return None
    return Period(date(year, month, day), date(year, month, day))


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


_PARTS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20)}


def _part(year: int, month: int, part: str) -> Period:
    """A month, or the third of it that 上旬, 中旬 or 下旬 names; 初 is read as 上旬, 底 as the whole month."""
    whole = _months(year, month, month)
    if part in _PARTS:
        first, last = _PARTS[part]
        return Period(date(year, month, first), date(year, month, last))
    return whole._replace(first=date(year, month, 21)) if part == "下旬" else whole
