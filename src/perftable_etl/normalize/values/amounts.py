"""Amounts: a number or a pair of numbers with operator and unit, read from folded text. Pure; None for what is none.

amount := sign? number tail | number tail? 至 number tail | number? ± number tail | amount 且 amount
tail   := (多|余)? unit? bound? "(" (unit | note) ")"? bound? rest
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.values.numerals import ARABIC, HAN, NUMBER, add, multiply, number
from perftable_etl.normalize.values.units import Unit, is_bare_unit, is_known_unit, read_unit, split_unit
from perftable_etl.normalize.values.wording import AFTER, BEFORE, SIGN, STOP, one_of
from perftable_etl.records import Operator, Remark

# Digits may stand in a unit only under its stroke (元/100公里) or as a power (m2).
_TAIL_TEXT = rf"(?:[^{STOP}]|(?<=/)[0-9]+|(?<=[mM^])[23](?![0-9]))*"


class Tail(NamedTuple):
    """What follows a number: the unit as printed ('' for none) and read, the bound said by a word, the words left."""

    printed: str
    unit: Unit | None
    operator: Operator | None
    rest: str


class NumberWithUnit(NamedTuple):
    """A number or a pair of numbers with operator and unit."""

    operator: Operator | None
    value: Decimal
    upper: Decimal | None
    printed: str
    unit: Unit | None
    rest: str = ""
    remarks: tuple[Remark, ...] = ()
    is_signed: bool = False


# --- one bound ---

_BOUND = regex.compile(rf"(?P<sign>{SIGN})?(?:人民币)?(?:(?P<arabic>{ARABIC})|(?P<han>{HAN}))(?P<tail>{_TAIL_TEXT}+)")


def read_bound(text: str) -> NumberWithUnit | None:
    """A text that is one number with its sign and unit, such as ≥90%; None where it is anything else."""
    match = _BOUND.fullmatch(text)
    if match is None:
        return None
    sign, arabic, han, rest = match.group("sign", "arabic", "han", "tail")
    tail = _read_tail(rest, sign is not None, han is not None)
    value = number(arabic or han) if tail else None
    if tail is None or value is None or (sign is None and _is_calendar_year(value, tail)):
        return None
    operator, remarks = _joint_operator(BEFORE[sign] if sign else None, tail.operator)
    return NumberWithUnit(operator, value, None, tail.printed, tail.unit, tail.rest, remarks, sign is not None)


def _is_calendar_year(value: Decimal, tail: Tail) -> bool:
    """2024年第一学期 counts no years."""
    return tail.unit is not None and tail.unit.symbol in {"年", "学年"} and 1900 <= value < 2100


_SIDES = {">=": 1, ">": 1, "<=": -1, "<": -1}


def _joint_operator(sign: Operator | None, word: Operator | None) -> tuple[Operator | None, tuple[Remark, ...]]:
    """A sign before and a word after the number: the sign is the more exact; ≤…以上 is damage."""
    if sign is None or word is None:
        return sign or word, ()
    if sign == "=" or (word == "about" and sign in _SIDES):
        return (sign if word == "about" else word), ()
    opposed = _SIDES.get(sign, 0) * _SIDES.get(word, 0) < 0
    return sign, (("damaged",) if opposed else ())


# --- what follows a number --------------------------------------------------------------------------------------------

_TAIL = regex.compile(
    rf"""(?:(?P<multiplier>[百千万亿]{{0,2}})(?P<more>[多余几来](?!媒体|元化)))?+
         (?P<unit>(?:[^()/]|/(?!\()|/\([^()]*\))*?)
         (?:(?P<word>{one_of(AFTER)})(?P<per>/[\p{{Han}}]{{1,4}})?(?P<rest>的?\p{{Han}}{{0,14}})??)?
         (?:\((?P<bracket>(?:[^()]|\([^()]*\))*)\)*)?
         (?:(?P<late>{one_of(AFTER)})(?P<late_rest>的?\p{{Han}}{{0,14}}))?
         [)(.!;:]*""",
    regex.VERBOSE,
)
# 12月底前 is a moment, no 12 months.
_CALENDAR = regex.compile(r"月(?:[底末初份]|[上中下]旬)|季度[底末]")
_EXCLUSIVE = regex.compile(r"不含(?:本数|[0-9.]+.{0,3})?")
_STRICT: dict[Operator | None, Operator] = {">=": ">", "<=": "<"}
# After an unsigned number these make a name or a grade, not a quantity: 3号, 一级, 二类, 5型.
_NAMING = regex.compile(r"[号级类等型版款甲代线流星岁维]|[A-Za-z]{1,2}")
_NOTE = regex.compile(r"含|暂|预计|约|见|如|其中|按|左右|以上|以内|估算|计划|参考|目标|全|实际|累计|上年|每|税|包括|不")
_FINISHED = frozenset(
    ("完成", "达标", "覆盖", "全覆盖", "到位", "合格", "执行", "落实", "通过", "及时", "满意", "完工", "响应", "办结")
)

MISREAD_UNIT = regex.compile(r"兀|^[力方刀乃]元|^入次?$|^人?欠$")
"""What scanning makes of 万元, 人次 and 次."""


@lru_cache(maxsize=16384)
def _read_tail(text: str, signed: bool, spelled: bool) -> Tail | None:
    """What the words after a number say; None if they make the number no quantity (3号文, 进一步净化)."""
    if not text:
        return None if spelled and not signed else Tail("", None, None, "")
    match = None if _CALENDAR.match(text) else _TAIL.fullmatch(text)
    if match is None:
        return None
    operator = _bound_word(match)
    printed, is_noted = _unit_text(match)
    rest = match["rest"] or match["late_rest"] or ""
    if not printed:
        return None if spelled and not (signed or operator) else Tail("", None, operator, rest)
    return _with_unit(printed, operator, rest, bare=not (signed or is_noted), spelled=spelled)


def _bound_word(match: regex.Match[str]) -> Operator | None:
    """以上, 左右, 多 …; made strict by (不含)."""
    word = match["word"] or match["late"] or match["more"]
    operator = AFTER[word] if word else None
    if match["bracket"] and _EXCLUSIVE.fullmatch(match["bracket"]):
        return _STRICT.get(operator, operator)
    return operator


def _unit_text(match: regex.Match[str]) -> tuple[str, bool]:
    """The unit as printed, and whether a bracket gives it. A bracket is a unit only if its content is one (rule 5)."""
    printed = "".join(word for word in match.group("multiplier", "unit", "per") if word)
    bracket = match["bracket"]
    if not bracket or (_NOTE.search(bracket) and not is_bare_unit(bracket)):
        return printed, False
    if printed.strip("百千万亿"):  # of a second unit only the 次 of 人(次) belongs to the first
        return (printed + bracket, False) if bracket == "次" else (printed, False)
    for unit in (printed + bracket, printed + bracket.partition("(")[0]):
        if read_unit(unit):
            return unit, True
    return printed, False


def _with_unit(printed: str, operator: Operator | None, rest: str, *, bare: bool, spelled: bool) -> Tail | None:
    unit = read_unit(printed)
    known = unit is not None and unit.is_known
    if (printed in _GRADES and (bare or spelled)) or (bare and not known and _is_name(printed)):
        return None
    if not known and (halves := split_unit(printed)) and not MISREAD_UNIT.search(printed):
        return _with_object(*halves, operator, spelled=spelled)
    if unit is None or (spelled and not known):
        return None
    return Tail(printed, unit, operator, rest)


def _is_name(printed: str) -> bool:
    """Whether an unsigned number with these words is a name: 3号, 5G; but 80M is a quantity whose unit is cut short."""
    return _NAMING.match(printed) is not None and printed != "M"


_GRADES = frozenset(("级", "类", "星", "星级"))


def _with_object(printed: str, counted: str, operator: Operator | None, *, spelled: bool) -> Tail | None:
    """场培训 is the unit 场 and what is counted. A spelled-out number needs a noun it can count (一条龙 is no 条)."""
    word = counted.removeprefix("的")
    if (
        word.startswith(("半", "龄"))
        or _SENTENCE.search(word)
        or not _OBJECT.fullmatch(word)
        or (spelled and word not in _FINISHED and not is_known_unit(word))
    ):
        return None
    return Tail(printed, read_unit(printed), operator, word)


# 2-12个月婴幼儿达到国家标准 counts no months: what is reached, met or followed makes a sentence.
_SENTENCE = regex.compile(
    r"(?:达到|符合|满足|按|执行|参照).*(?:标准|要求|规定|水平|目标)$|(?<=.)(?:国家|行业|地方|服务|接种|喂养)标准$"
)
_OBJECT = regex.compile(r"[\p{Han}A-Za-z“”\"/]{1,14}")


# --- pairs of numbers -------------------------------------------------------------------------------------------------

EITHER_WAY = r"(?:±|\+/?-|正负|上下浮动(?:不超过)?|浮动(?:不超过)?)"
_TO = r"(?:[-~—–―−〜]{1,2}|至|到)"
_RANGE = regex.compile(
    rf"(?:{SIGN}|在|介于|介乎)?(?P<low>{NUMBER})(?P<low_tail>[^{STOP}]{{0,10}}?)(?:{_TO}|与(?=.*之间)|和(?=.*之间))"
    rf"(?P<high>{NUMBER})(?P<tail>{_TAIL_TEXT}?)(?:之间|区间|范围|的?范围内|区间内)?"
)
_INTERVAL = regex.compile(
    rf"[\[(](?P<low>{NUMBER})(?P<low_tail>[^{STOP}()\[\]]{{0,8}})[,~-](?P<high>{NUMBER})(?P<tail>[^{STOP}()\[\]]*)[\])]"
    rf"(?P<after>{_TAIL_TEXT})"
)
_MIDDLE = regex.compile(
    rf"(?P<low>{NUMBER})(?P<low_tail>[^{STOP}]{{0,8}})[≤<≦](?:[\p{{Han}}A-Za-z]{{1,10}})[≤<≦](?P<high>{NUMBER})(?P<tail>{_TAIL_TEXT})"
)
_TOLERANCE = regex.compile(
    rf"(?:{SIGN}|在|误差|偏差)*(?:(?P<centre>{NUMBER})(?P<centre_tail>[^{STOP}+/-]{{0,8}}))?"
    rf"\(?{EITHER_WAY}(?P<by>{NUMBER})(?P<tail>{_TAIL_TEXT})"
)
_PAIR = regex.compile(
    rf"(?P<first>(?:{SIGN})?{NUMBER}{_TAIL_TEXT}?)(?:并且|而且|同时|且|并|和|及|与|或|[,;、~-])?(?P<second>(?:{SIGN})?{NUMBER}{_TAIL_TEXT})"
)


def read_amount(text: str) -> NumberWithUnit | None:
    """A bound, a range, a tolerance or two bounds that make a range; all of `text` or None."""
    return read_bound(text) or _read_range(text) or _read_tolerance(text) or _read_pair(text)


def _read_range(text: str) -> NumberWithUnit | None:
    """80%-90%, 5~8场, 3至5个工作日, [80%,90%], 80%≤x≤90%."""
    match = _RANGE.fullmatch(text) or _INTERVAL.fullmatch(text) or _MIDDLE.fullmatch(text)
    if match is None:
        return None
    low, high = number(match["low"]), number(match["high"].lstrip("-"))
    tail = _read_tail(match["tail"], True, False)
    low_tail = _read_tail(match["low_tail"], True, False)
    if low is None or high is None or tail is None or low_tail is None or low_tail.rest:
        return None
    if _is_calendar_year(low, tail):
        return None
    return _range_amount(low, low_tail, high, tail)


def _range_amount(low: Decimal, low_tail: Tail, high: Decimal, tail: Tail) -> NumberWithUnit | None:
    """One unit for both ends: the one printed; where they differ (5000元-1万元) the upper end is put in the lower's."""
    if low_tail.unit is None or low_tail.unit == tail.unit:
        remarks: tuple[Remark, ...] = ("damaged",) if low > high else ()
        return NumberWithUnit("between", low, high, tail.printed, tail.unit, tail.rest, remarks, True)
    if tail.unit is None:
        return NumberWithUnit("between", low, high, low_tail.printed, low_tail.unit, tail.rest, (), True)
    return _range_in_lower_unit(low, low_tail, high, tail)


def _range_in_lower_unit(low: Decimal, low_tail: Tail, high: Decimal, tail: Tail) -> NumberWithUnit | None:
    lower, upper = low_tail.unit, tail.unit
    if lower is None or upper is None:
        return None
    if not lower.symbol and lower.scale == upper.scale:  # 3万-5万元
        return NumberWithUnit("between", low, high, tail.printed, upper, tail.rest, (), True)
    if lower.symbol != upper.symbol:
        return None
    high = multiply(high, upper.scale) / lower.scale
    return NumberWithUnit("between", low, high, low_tail.printed, lower, tail.rest, (), True)


def _read_tolerance(text: str) -> NumberWithUnit | None:
    """±3%以内 is between -3 and 3; 20±2℃ is between 18 and 22."""
    match = _TOLERANCE.fullmatch(text)
    by = match and number(match["by"])
    tail = match and _read_tail(match["tail"], True, False)
    if match is None or by is None or tail is None:
        return None
    centre = number(match["centre"]) if match["centre"] else Decimal(0)
    own = _read_tail(match["centre_tail"] or "", True, False)
    if centre is None or own is None or (own.unit and own.unit != tail.unit):
        return None
    if match["centre"] and own.unit is None and _is_ratio(tail.unit):
        return None  # 100±5% may be of 100 or of 100%
    return NumberWithUnit("between", add(centre, -by), add(centre, by), tail.printed, tail.unit, "", (), True)


def _is_ratio(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension == "ratio"


def _read_pair(text: str) -> NumberWithUnit | None:
    """≥90%且≤110%: two bounds of one quantity, either way round."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    first, second = read_bound(match["first"]), read_bound(match["second"])
    if first is None or second is None or first.rest:
        return None
    low, high = (first, second) if _SIDES.get(first.operator or "", 0) > 0 else (second, first)
    if _SIDES.get(low.operator or "", 0) < 1 or _SIDES.get(high.operator or "", 0) > -1 or low.value > high.value:
        return None
    return _range_amount(low.value, _tail_of(low), high.value, _tail_of(high))


def _tail_of(amount: NumberWithUnit) -> Tail:
    return Tail(amount.printed, amount.unit, amount.operator, amount.rest)
