"""Targets in words: blanks, names and grades, none of something, deadlines, levels relative to others, plain text."""

from __future__ import annotations

from decimal import Decimal

import regex

from perftable_etl.normalize.values.amount_targets import TargetText, amount_target
from perftable_etl.normalize.values.amounts import NumberWithUnit
from perftable_etl.normalize.values.blanks import is_missing
from perftable_etl.normalize.values.damage import SIGNED_WORD, is_garbled, looks_damaged
from perftable_etl.normalize.values.deadlines import TIME, read_deadline
from perftable_etl.normalize.values.nominal import counts_nothing
from perftable_etl.normalize.values.polarity import polarity
from perftable_etl.normalize.values.prefixes import HAS_DIGIT
from perftable_etl.normalize.values.sentences import is_sentence
from perftable_etl.normalize.values.units import is_bare_unit
from perftable_etl.normalize.values.wording import BEFORE, EVENTS, SIGN, one_of
from perftable_etl.records import Target


def missing_target(printed: TargetText) -> Target | None:
    """Nothing, a dash, stars, a masked number, or a unit whose number was never filled in (domain rule 8)."""
    return Target(raw=printed.raw, kind="missing") if is_missing(printed.text) else None


ANY_NUMBER = regex.compile(r"[0-9零〇一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟]")


def named_target(printed: TargetText) -> Target | None:
    """Text with no number, or whose numbers count nothing: 二级以上, 5A级, 7×24小时, GB/T 19001-2016 (rule 8)."""
    text = printed.text
    if not ANY_NUMBER.search(text):
        return text_target(printed) if _is_only_text(text) else None
    return text_target(printed) if counts_nothing(text) else None


_ZERO_WORD = regex.compile(r"^(?:无|没有|未|不发生|杜绝|零|0)")


def _is_only_text(text: str) -> bool:
    return not _ZERO_WORD.match(text) and not TIME.search(text) and not _RELATIVE.search(text)


_ZERO = regex.compile(
    rf"零|\p{{Han}}{{1,12}}为零|(?P<no>零|0|无|没有|未发生|不发生|未出现|杜绝|未产生|没有发生)(?P<which>[\p{{Han}}、]{{0,14}}?)(?:{one_of(EVENTS)}|增长|新增|排放)(?:发生|现象|情况|记录|行为|问题|事件|出现)?"
)
_NOTHING = NumberWithUnit("=", Decimal(0), None, "", None)


def zero_target(printed: TargetText) -> Target | None:
    """零事故, 无重大投诉, 无重大事故 are = 0 of what they name (domain rule 8)."""
    match = _ZERO.fullmatch(printed.text)
    if match is None:
        return None
    no, which = match["no"], match["which"] or ""
    if no == "0" and is_bare_unit(which):  # 0起事故 has a unit
        return None
    return amount_target(printed, _NOTHING, "change" if printed.text.endswith("增长") else "quantitative")


def deadline_target(printed: TargetText) -> Target | None:
    """A deadline by the last day of what is named; a day that the calendar does not have (2月30日) is damage."""
    deadline = read_deadline(printed.text, printed.year)
    if deadline is None:
        return None
    period = deadline.period
    return Target(
        raw=printed.raw, kind="deadline", deadline=period and period.last, remarks=() if period else ("damaged",)
    )


_RELATIVE = regex.compile(
    rf"(?:(?P<sign>{SIGN})|与|同|和)(?P<baseline>(?:上一?年度?|去年|前一?年|上年同期|去年同期|往年|上期|(?:19|20)[0-9]{{2}}年|\p{{Han}}{{0,8}}平均(?:水平|值|数))[^,;0-9]{{0,6}}?)(?:水平|持平|一致|标准)?"
)
_AGAINST = regex.compile(
    r"(?:比|较|相比)(?P<baseline>上一?年度?|去年|前一?年度?|上年同期|去年同期|往年|以往|前期|之前|[0-9]{4}年)"
)


def text_target(printed: TargetText) -> Target:
    """What stays text, with its polarity, what it is compared with, and a remark where the characters look damaged."""
    text = printed.text
    against = _AGAINST.search(text)
    return Target(
        raw=printed.raw,
        kind="qualitative",
        baseline=against["baseline"] if against else None,
        polarity=polarity(text),
        remarks=("damaged",) if looks_damaged(text) else (),
    )


def unread_target(printed: TargetText) -> Target:
    """What no rule understands; with digits it should have been a value (two values in one cell), but in a sentence."""
    target = text_target(printed)
    if target.remarks or not HAS_DIGIT.search(printed.text) or is_sentence(printed.text):
        return with_doubts(target, printed.text)
    return target.model_copy(update={"remarks": ("unread",)})


def relative_target(printed: TargetText) -> Target | None:
    """不低于上年水平, 与上年持平: relative to something, without a number (domain rule 6)."""
    match = _RELATIVE.fullmatch(printed.text)
    if match is None:
        return None
    operator = BEFORE[match["sign"]] if match["sign"] else None
    return Target(raw=printed.raw, kind="change", operator=operator, baseline=match["baseline"])


def with_doubts(target: Target, text: str) -> Target:
    """The target; one that a rule read all the same from text that is garbled has the remark `damaged`."""
    if "damaged" in target.remarks:
        return target
    if is_garbled(text):
        return target.model_copy(update={"remarks": (*target.remarks, "damaged")})
    if target.kind == "qualitative" and SIGNED_WORD.search(text):
        return target.model_copy(update={"remarks": (*target.remarks, "unread")})
    return target
