"""Deadlines among values: the day by which something is done (2024年12月底前, 第三季度完成). Pure."""

from __future__ import annotations

from typing import NamedTuple

import regex

from perftable_etl.normalize.values.dates import MOMENT, Period, moment_period, read_period
from perftable_etl.normalize.values.units import is_known_unit, split_unit
from perftable_etl.normalize.values.wording import SIGN_CHARS


class Deadline(NamedTuple):
    """The days that a text names, the last of which counts; None for a day that the calendar does not have."""

    period: Period | None


TIME = regex.compile(
    r"[年月季]|Q[1-4]|[0-9]{4}[-./][0-9]|20[0-9]{6}|(?<![0-9.])[01]?[0-9][./][0-3]?[0-9]日?(?:之前|以前|前|期间)"
)
"""What a text that names a time has in it."""

_DEADLINE = regex.compile(
    rf"(?P<sign>[{SIGN_CHARS}]|<=|不晚于|不迟于|最迟|最晚)?(?P<lead>[^0-9,;%每比较自同]{{0,14}}?):?(?:{MOMENT})(?P<tail>[^0-9%]{{0,24}})",
    regex.VERBOSE,
)
_BY = r"(?:之前|以前|前|之内|以内|内|止|为止|底|末|期间)"
_DEADLINE_TAIL = regex.compile(
    rf"[份]?(?:{_BY})?[,]?(?:.*(?:完|成|竣工|开工|验收|交付|上线|启动|投入|到位|支付|结束|发放|实施|召开|举办|提交|编制|印发|通过|落实|执行|付清|办结|开展|使用|运行).*)?"
    rf"|{_BY}.*|.*前"
)
_RECURRING = regex.compile(r"每|逐[年月]|次月|当月|各季度")
_DEADLINE_LEAD = regex.compile(r"[^零一二两三四五六七八九十百千半]*")


def read_deadline(text: str, year: int | None) -> Deadline | None:
    """2024年12月底前, 12月31日前, 第三季度完成, 上半年, 2024.1-2024.12: by the last day of it (domain rule 7).

    `year` is the form's, for texts that print none. None where the text (folded) names no deadline.
    """
    text = text.removeprefix("每年")
    if not TIME.search(text) or _RECURRING.search(text) or text.isdecimal() or text.endswith("起"):
        return None
    match = _DEADLINE.fullmatch(text)
    if match is not None and _is_deadline(match):
        return Deadline(moment_period(match, year))
    period = read_period(text.removesuffix("完成"), year)
    return Deadline(period) if period else None


def _is_deadline(match: regex.Match[str]) -> bool:
    """Not ≤12月, which is a duration, not 2023年水平, and not 3-6个月, whose numbers a unit follows."""
    if match["lead"] and not _DEADLINE_LEAD.fullmatch(match["lead"]):
        return False
    if match["dotted_day"] and not match["year"] and _is_counted(match["tail"]):
        return False
    is_duration = match["sign"] and match["month"] and not (match["day"] or match["dotted_day"] or match["year"])
    return bool(_DEADLINE_TAIL.fullmatch(match["tail"])) and not (
        is_duration and not match["part"] and not match["tail"]
    )


def _is_counted(tail: str) -> bool:
    """Whether what follows two numbers is a unit: 个月 or 次完成, but not 前 or 期间."""
    return regex.match(_BY, tail) is None and (is_known_unit(tail) or split_unit(tail) is not None)
