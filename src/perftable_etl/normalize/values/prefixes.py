"""The words before an amount, and what they make of it.

prefix := label | verb | 每 unit | baseline? change | condition
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from perftable_etl.normalize.values.amounts import EITHER_WAY, NumberWithUnit, read_amount
from perftable_etl.normalize.values.numerals import NUMBER
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.units import is_known_unit
from perftable_etl.normalize.values.wording import (
    ACTIONS,
    BASELINES,
    BEFORE,
    CHANGES,
    CLAUSE_BREAK,
    EVENTS,
    FILLERS,
    LABEL_ENDS,
    SIGN,
    SIGNS,
    one_of,
)
from perftable_etl.records import Polarity


class Prefix(NamedTuple):
    """What the words before an amount make of it."""

    role: str  # plain, scope, change, condition, conditional change
    baseline: str | None = None
    goes: Polarity | None = None
    per: tuple[str, ...] = ()


PLAIN = Prefix("plain")

_COMPARISON = r"(?:[较比](?:上|去|前|往|同|[0-9])|同比|环比)"
_VERBS = f"{FILLERS} {ACTIONS}"
# A number in a name: PM2.5, PM10, 5G, 3D.
_LABEL_CHAR = r"(?:[^,;。0-9]|(?<=[A-Za-z])[0-9]{1,3}(?:\.[0-9])?|[0-9](?=[A-Z]))"
_PLAIN_WORDS = regex.compile(
    rf"(?:(?!{_COMPARISON}){_LABEL_CHAR}{{0,24}}(?:{one_of(LABEL_ENDS + EVENTS)}))?"
    rf"(?:{one_of(_VERBS)})*[:：]?(?:\(?[0-9①-⑳][.、)])?"
    rf"|(?:{one_of(_VERBS)})*(?:{one_of(ACTIONS)})[\p{{Han}}]{{0,8}}"
)
_PER = regex.compile(
    rf"(?:{one_of(_VERBS)})*(?:每个?|一(?=[年月周天日季]))(?P<per>[\p{{Han}}A-Za-z]{{1,5}}?)(?:每个?(?P<second>\p{{Han}}{{1,4}}?))?"
    # What is counted may stand between: 每周累计体育活动时间, 每天锻炼时间, 每人次成本; but 每年级 is each grade.
    rf"(?!\p{{Han}}*(?:{one_of(word for word in CHANGES if len(word) > 1)}))"
    rf"(?:(?:{one_of(_VERBS)})*|(?:{one_of(_VERBS)})+\p{{Han}}{{0,12}}(?:{one_of(LABEL_ENDS)})"
    rf"|(?<=[年月周天日季期])(?![级度份均常报边期转岁产])\p{{Han}}{{1,12}}(?:{one_of(LABEL_ENDS)})"
    rf"|(?:{one_of(word for word in LABEL_ENDS.split() if len(word) > 1)}))"
)
_SIGN_AHEAD = regex.compile(
    rf"(?P<before>.*?)(?P<sign>{SIGN})(?P<after>(?:{one_of(_VERBS)}|全年|每(?:个?[年月周天日季]度?|学期|人|户)|年|月)+)"
)
_CHANGE = regex.compile(
    rf"""(?P<condition>(?:[^,;:]*[,;:])?)
         (?P<subject>[^,;:0-9]{{0,16}}?)
         (?P<baseline>(?:{one_of(BASELINES)})++[^,;:]{{0,24}}?)?,?
         (?P<tone>有所|明显|显著|稳步|进一步|实现|平均|再|持续|力争|应|可|至少|预计|总体|共|均|年均|逐年)*
         (?:(?P<verb>{one_of(word for word in CHANGES if len(word) > 1)})\p{{Han}}{{0,16}}?
           |(?P<short>{one_of(word for word in CHANGES if len(word) == 1)}))[了约:]?""",
    regex.VERBOSE,
)
# 减少投诉20% is a change although 投诉 may end a label; 减少率 and 降低幅度 are labels.
_LESS_OR_MORE = regex.compile(
    r"(?:增加|提高|减少|降低|缩短|缩减|压减|节约|节省)(?!率|幅|比|值|额|量|数|度|后|到|至)\p{Han}{2,10}"
)
_LEVEL = regex.compile(rf"(?P<from>.*?)(?:{one_of(CHANGES)})[\p{{Han}}]{{0,6}}?[至到为](?:{one_of(_VERBS)})*")
_COMPARED = regex.compile(r"(?P<sign>低于|高于|优于|超过)(?P<baseline>\p{Han}{2,12})")
_CLOCK = regex.compile(r"[^0-9,;]{1,24}(?:后|之日起|日起|起|之后)的?")
_BASELINE_START = regex.compile(r"^(?:相较于|相较|相比|较之|比|较|与|同(?!比|期))")
_BASELINE_END = regex.compile(r"(?:相比较?|比较|相较|水平|基础上)$")
_A_YEAR = regex.compile(r"(?:19|20)[0-9]{2}年?(?:度|底|末|同期)?")
HAS_DIGIT = regex.compile(r"[0-9]")


@remembered(16384)
def read_prefix(text: str) -> Prefix | None:
    """The role of the words before an amount. None: they make it part of a name (第3方, 前10名)."""
    if text in {"数", "上", "几"} or (text.endswith(("第", "前", "个", "《", "》")) and not text.endswith("提前")):
        return None
    if per := _per(text):
        return Prefix("plain", per=per)
    if compared := _COMPARED.fullmatch(text):
        return Prefix("change", compared["baseline"], "down" if compared["sign"] == "低于" else "up")
    if _PLAIN_WORDS.fullmatch(text) and not (_LESS_OR_MORE.fullmatch(text) and not _LEVEL.fullmatch(text)):
        return PLAIN
    return _level_prefix(text) or _change_prefix(text) or _clock_prefix(text) or _condition(text)


def _condition(text: str) -> Prefix:
    """What the amount holds for: 以乡镇为单位, 城区. Numbers or a change in it are as much of a claim as the amount."""
    return Prefix("condition" if _OF_ITS_OWN.search(text) else "scope")


_OF_ITS_OWN = regex.compile(r"(?<![A-Za-z.0-9])[0-9]|[增减降升涨缩耗超][^,:]{0,3}$")


def _level_prefix(text: str) -> Prefix | None:
    """提高至 leads to a level, not a change; with the old level before it (由80%提高到) that is a condition."""
    level = _LEVEL.fullmatch(text)
    return level and (Prefix("condition") if HAS_DIGIT.search(level["from"]) else PLAIN)


def _clock_prefix(text: str) -> Prefix | None:
    """收到申请后: from when a duration counts."""
    return Prefix("plain", baseline=text) if _CLOCK.fullmatch(text) else None


def _per(text: str) -> tuple[str, ...]:
    """每月 gives 月, 每人每天 人 and 天: what the amount is divided by, if it is a unit (not 每个困难家庭)."""
    match = _PER.fullmatch(text)
    words = tuple(word for word in match.group("per", "second") if word) if match else ()
    return words if all(is_known_unit(word) for word in words) else ()


def _change_prefix(text: str) -> Prefix | None:
    """A change with its baseline; with a condition or a number beside the baseline it is compound (rule 6).

    The one-character words begin too many others (升级, 高标准): they need a baseline, or to stand alone.
    """
    match = _CHANGE.fullmatch(text)
    if match is None:
        return None
    baseline = _BASELINE_END.sub("", _BASELINE_START.sub("", match["baseline"] or "")) or None
    if match["short"] and baseline is None and text != match["short"]:
        return None
    numbered = baseline is not None and HAS_DIGIT.search(_A_YEAR.sub("", baseline))
    role = "conditional change" if match["condition"] or numbered else "change"
    return Prefix(role, baseline, CHANGES[match["verb"] or match["short"]])


_START = regex.compile(
    rf"(?<![A-Za-z0-9.第之+*□])(?:{SIGN}|{EITHER_WAY})*(?:{NUMBER})|[\[(](?={NUMBER})|(?:{SIGN})+(?={NUMBER})"
)


_LONGEST_PREFIX = 60


def split_prefix(text: str) -> tuple[str, NumberWithUnit] | None:
    """The words before the first amount that goes to the end of `text`, and that amount."""
    for match in _START.finditer(text):
        if match.start() > _LONGEST_PREFIX:
            return None
        prefix = text[: match.start()]
        amount = read_amount(text[match.start() :])
        if amount is not None:
            return _with_sign_ahead(prefix, amount) if _may_precede(prefix, amount) else None
    return None


def _with_sign_ahead(prefix: str, amount: NumberWithUnit) -> tuple[str, NumberWithUnit]:
    """至少全年完成2次, 每月至少开展2次: words between a sign and its number leave it the number's sign."""
    match = _SIGN_AHEAD.fullmatch(prefix) if amount.operator is None else None
    if match is None or match["sign"] in _FILLERS:
        return prefix, amount
    return match["before"] + match["after"], amount._replace(operator=BEFORE[match["sign"]], is_signed=True)


_FILLERS = frozenset(FILLERS.split())


def _may_precede(prefix: str, amount: NumberWithUnit) -> bool:
    """Other numbers before the amount are left to the clauses, unless they are what a change starts from."""
    if not HAS_DIGIT.search(prefix):
        return True
    return bool(_CHANGE.fullmatch(prefix) or _LEVEL.fullmatch(prefix)) or (
        amount.is_signed and not CLAUSE_BREAK.search(prefix) and SIGNS.isdisjoint(prefix)
    )
