"""The grammar of target values: ≥90.00(%), 不超过3000元/人, 5～8场, 12月31日前, 较上年增长10%以上, 城区≥95%，农村≥90%.

The rules are those of the project's domain notes (The grammar of values). A printed value is folded (half-width, no
white space, wrapped lines joined) and offered to the rules in order; the first that understands all of it decides. What
no rule understands is kept as text. Nothing is repaired and nothing raises: text that looks damaged by scanning or
copying gets the remark `damaged`, a unit that the lexicon does not have the remark `unknown_unit`, and text that has
digits and that no rule reads as a value the remark `unread`.

    cell   := missing | deadline | zero | lead? amount | clause (separator clause)+ | text
    lead   := label | verb | 每 unit | baseline? change | condition
    amount := sign? number tail | number tail? 至 number tail | number? ± number tail | amount 且 amount
    tail   := (多|余)? unit? bound? "(" (unit | note) ")"? bound? rest
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.values.amounts import Amount, read_bound
from perftable_etl.normalize.values.blanks import is_missing
from perftable_etl.normalize.values.damage import SIGNED_WORD, is_garbled, looks_damaged, remarks_of
from perftable_etl.normalize.values.deadlines import TIME, read_deadline
from perftable_etl.normalize.values.nominal import counts_nothing
from perftable_etl.normalize.values.numerals import multiply
from perftable_etl.normalize.values.polarity import direction, polarity
from perftable_etl.normalize.values.prefixes import HAS_DIGIT, PLAIN, Lead, read_lead, split_lead
from perftable_etl.normalize.values.text import fold_number
from perftable_etl.normalize.values.units import is_bare_unit, per, read_unit
from perftable_etl.normalize.values.wording import (
    BEFORE,
    CHANGES,
    CLAUSE_BREAK,
    EVENTS,
    SIGN,
    SIGNS,
    folded,
    one_of,
)
from perftable_etl.records import Polarity, Remark, Target

__all__ = ["direction", "parse_target"]


class Printed(NamedTuple):
    """A value on its way through the rules: as printed, folded, and the form's year."""

    raw: str
    text: str
    year: int | None


def parse_target(text: str, *, year: int | None = None) -> Target:
    """The meaning of one printed indicator value. `year` is the form's, for deadlines that print none. Never raises.

    `value` and `unit` are as printed; `base_value` and `base_unit` are scaled exactly (≤1.10(万元/次) → 11000 元/次).
    """
    return _parse(text, year if year is None or MINYEAR <= year < MAXYEAR else None)


@lru_cache(maxsize=1 << 15)
def _parse(text: str, year: int | None) -> Target:
    if _SURROGATE.search(text):  # pydantic takes no lone surrogates, and there is nothing in such text to read
        return Target.model_construct(raw=text, kind="qualitative", remarks=("damaged",))
    return _read(Printed(text, folded(text), year))


_SURROGATE = regex.compile(r"[\uD800-\uDFFF]")


_LONGEST = 400
"""Longer texts are prose: no target is that long, and reading them as one could take long."""


def _read(printed: Printed) -> Target:
    if len(printed.text) > _LONGEST:
        return _unread(printed)
    for rule in _RULES:
        target = rule(printed)
        if target is not None:
            return _with_doubts(target, printed.text)
    return _unread(printed)


def _with_doubts(target: Target, text: str) -> Target:
    """The target; one that a rule read all the same from text that is garbled has the remark `damaged`."""
    if "damaged" in target.remarks:
        return target
    if is_garbled(text):
        return target.model_copy(update={"remarks": (*target.remarks, "damaged")})
    if target.kind == "qualitative" and SIGNED_WORD.search(text):
        return target.model_copy(update={"remarks": (*target.remarks, "unread")})
    return target


# --- bounds -----------------------------------------------------------------------------------------------------------


def _bound(printed: Printed) -> Target | None:
    """≥90.00(%), =1.00(台): the rule that most cells end in."""
    amount = read_bound(printed.text) if printed.text[:1] in SIGNS else None
    return _quantity(printed, amount) if amount else None


def _quantity(printed: Printed, amount: Amount) -> Target:
    """A quantitative target; a change where the words after the number say so (10%增长)."""
    goes = CHANGES.get(amount.rest)
    if goes is not None:
        return _target(printed, amount, "change", goes=goes)
    return _target(printed, amount, "quantitative")


def _target(
    printed: Printed, amount: Amount, kind: str, *, goes: Polarity | None = None, baseline: str | None = None
) -> Target:
    unit = amount.unit
    scale = unit.scale if unit else Decimal(1)
    upper = amount.upper
    lacks_unit = kind == "change" and unit is None and amount.value != 0  # 提升2 does not say by 2 of what
    # Validated: the constructor is pydantic's compiled one and cheaper than model_construct.
    return Target(
        raw=printed.raw,
        kind=kind,  # type: ignore[arg-type]
        operator=amount.operator,
        value=amount.value,
        value_upper=upper,
        unit=amount.printed or None,
        base_value=multiply(amount.value, scale),
        base_value_upper=None if upper is None else multiply(upper, scale),
        base_unit=(unit.symbol or None) if unit else None,
        baseline=baseline,
        polarity=goes,
        remarks=(*remarks_of(amount), *_UNIT_MISSING) if lacks_unit else remarks_of(amount),
    )


_UNIT_MISSING: tuple[Remark, ...] = ("unit_missing",)
_POINTS = frozenset("·・‧∙⋅。｡")


def _with_point(printed: Printed) -> Target | None:
    """≥8000·00(册), 95。5%: a mark between digits is a decimal point where all is a quantity then; that is told."""
    if _POINTS.isdisjoint(printed.text):
        return None
    pointed = fold_number(printed.text)
    target = _read(printed._replace(text=pointed)) if pointed != printed.text else None
    if target is None or target.kind not in {"quantitative", "change"} or "unknown_unit" in target.remarks:
        return None
    return target.model_copy(update={"remarks": (*target.remarks, "damaged")})


_OTHER_YEAR = regex.compile(
    r"\((?:(?P<year>(?:19|20)[0-9]{2})年?度?|上一?年度?|去年|前一?年度?|往年|基期|基年)[^()0-9≥≤=<>±]{0,8}[0-9][0-9.,]*[^()0-9]{0,6}\)$"
)


def _with_note(printed: Printed) -> Target | None:
    """≥95%(2022:90%): what a bracket says of another year is no bound of this one."""
    match = _OTHER_YEAR.search(printed.text) if printed.text.endswith(")") else None
    if match is None or (match["year"] and int(match["year"]) == printed.year):
        return None
    target = _read(printed._replace(text=printed.text[: match.start()]))
    return target if target.value is not None else None


def _led(printed: Printed) -> Target | None:
    """满意度达到90%以上, 每人每月500元, 较上年增长10%以上, 城区≥95%: words, then one amount."""
    found = split_lead(printed.text)
    if found is None:
        return None
    lead_text, amount = found
    lead = read_lead(lead_text) if lead_text else PLAIN
    if lead is None:
        return None
    if lead == PLAIN:
        return _quantity(printed, amount)
    return _with_lead(printed, lead_text, lead, amount)


def _with_lead(printed: Printed, lead_text: str, lead: Lead, amount: Amount) -> Target:
    is_bound = amount.operator is not None or (amount.unit is not None and amount.unit.is_known)
    if lead.role in {"condition", "conditional change"} or (lead.role == "scope" and not is_bound):
        part = _part(printed)
        kind = "change" if lead.role == "conditional change" else "quantitative"
        return _compound_of(printed, (_target(part, amount, kind, goes=lead.goes, baseline=lead.baseline),))
    kind = "change" if lead.role == "change" else "quantitative"
    target = _target(printed, _divided(amount, lead.per), kind, goes=lead.goes, baseline=lead.baseline)
    if lead.role == "scope" and amount.is_signed and polarity(lead_text):  # 有效保障≤30(天): two targets in one cell
        return target.model_copy(update={"remarks": (*target.remarks, "unread")})
    return target


def _part(printed: Printed) -> Printed:
    """A part of a compound has its own clause as raw text."""
    return printed._replace(raw=printed.text)


def _divided(amount: Amount, words: tuple[str, ...]) -> Amount:
    """每人每月500元 is 500 元/人·月, and so is 每人500元/月."""
    if not words or not amount.unit or amount.unit.dimension == "ratio" or amount.unit.symbol == "":
        return amount
    printed = per(amount.printed, words)
    unit = read_unit(printed)
    return amount if unit is None else amount._replace(printed=printed, unit=unit)


# --- cells that are no amount -----------------------------------------------------------------------------------------


def _missing(printed: Printed) -> Target | None:
    """Nothing, a dash, stars, a masked number, or a unit whose number was never filled in (domain rule 8)."""
    return Target(raw=printed.raw, kind="missing") if is_missing(printed.text) else None


_ANY_NUMBER = regex.compile(r"[0-9零〇一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟]")


def _named(printed: Printed) -> Target | None:
    """Text with no number, or whose numbers count nothing: 二级以上, 5A级, 7×24小时, GB/T 19001-2016 (rule 8)."""
    text = printed.text
    if not _ANY_NUMBER.search(text):
        return _text(printed) if _is_only_text(text) else None
    return _text(printed) if counts_nothing(text) else None


_ZERO_WORD = regex.compile(r"^(?:无|没有|未|不发生|杜绝|零|0)")


def _is_only_text(text: str) -> bool:
    return not _ZERO_WORD.match(text) and not TIME.search(text) and not _RELATIVE.search(text)


_ZERO = regex.compile(
    rf"零|\p{{Han}}{{1,12}}为零|(?P<no>零|0|无|没有|未发生|不发生|未出现|杜绝|未产生|没有发生)(?P<which>[\p{{Han}}、]{{0,14}}?)(?:{one_of(EVENTS)}|增长|新增|排放)(?:发生|现象|情况|记录|行为|问题|事件|出现)?"
)
_NOTHING = Amount("=", Decimal(0), None, "", None)


def _zero(printed: Printed) -> Target | None:
    """零事故, 无重大投诉, 无重大事故 are = 0 of what they name (domain rule 8)."""
    match = _ZERO.fullmatch(printed.text)
    if match is None:
        return None
    no, which = match["no"], match["which"] or ""
    if no == "0" and is_bare_unit(which):  # 0起事故 has a unit
        return None
    return _target(printed, _NOTHING, "change" if printed.text.endswith("增长") else "quantitative")


def _deadline(printed: Printed) -> Target | None:
    """A deadline by the last day of what is named; a day that the calendar does not have (2月30日) is damage."""
    deadline = read_deadline(printed.text, printed.year)
    if deadline is None:
        return None
    span = deadline.span
    return Target(raw=printed.raw, kind="deadline", deadline=span and span.last, remarks=() if span else ("damaged",))


# --- several amounts --------------------------------------------------------------------------------------------------

_NUMBERING = regex.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[.)])(?=[^0-9])")


def _compound(printed: Printed) -> Target | None:
    """城区≥95%，农村≥90%; 一类50元/天、二类30元/天: several clauses, of which some hold amounts (domain rule 9)."""
    clauses = [clause for clause in CLAUSE_BREAK.split(printed.text) if clause]
    amounts = _with_conditions(clauses)
    parts = tuple(part for clause in amounts if (part := _clause(clause, printed.year)))
    if not parts:
        return None
    if len(amounts) == 1 and amounts[0].endswith(clauses[-1]):  # one bound, and what comes before it is its condition
        return _again(printed, parts[0])
    compound = _compound_of(printed, tuple(inner for part in parts for inner in part.parts or (part,)))
    return compound.model_copy(update={"remarks": ("unread",)}) if _is_run_on(printed.text, clauses[0]) else compound


def _is_run_on(text: str, first: str) -> bool:
    """Whether words follow a bare bound at once (≥8000(册)待核实改为7000): it is no clause beside others.

    Clauses beside one another each name what they bound (城区≥95%农村≥90%), or a separator parts them.
    """
    follows = text[len(first) : len(first) + 1]
    return first[:1] in SIGNS and text.startswith(first) and _WORD.match(follows) is not None


_WORD = regex.compile(r"\p{L}")


def _with_conditions(clauses: list[str]) -> list[str]:
    """A clause without a number is the condition of the next: 一般案件，比法定时间90天缩短30%."""
    joined: list[str] = []
    waiting = ""
    for clause in clauses:
        waiting = f"{waiting},{clause}" if waiting else clause
        if HAS_DIGIT.search(clause) or _ANY_NUMBER.search(clause):
            joined.append(waiting)
            waiting = ""
    return joined


def _clause(text: str, year: int | None) -> Target | None:
    """One clause by itself; None where it is text."""
    own = _NUMBERING.sub("", text)
    printed = Printed(text, own, year)
    for rule in (_bound, _deadline, _zero, _led):
        if target := rule(printed):
            return target
    return None


def _again(printed: Printed, target: Target) -> Target:
    """The meaning of a clause for the whole cell, which differs by a full stop or a number before it."""
    return target.model_copy(update={"raw": printed.raw})


def _compound_of(printed: Printed, parts: tuple[Target, ...]) -> Target:
    return Target(raw=printed.raw, kind="compound", parts=parts)


# --- text -------------------------------------------------------------------------------------------------------------

_RELATIVE = regex.compile(
    rf"(?:(?P<sign>{SIGN})|与|同|和)(?P<baseline>(?:上一?年度?|去年|前一?年|上年同期|去年同期|往年|上期|(?:19|20)[0-9]{{2}}年|\p{{Han}}{{0,8}}平均(?:水平|值|数))[^,;0-9]{{0,6}}?)(?:水平|持平|一致|标准)?"
)
_AGAINST = regex.compile(
    r"(?:比|较|相比)(?P<baseline>上一?年度?|去年|前一?年度?|上年同期|去年同期|往年|以往|前期|之前|[0-9]{4}年)"
)


def _text(printed: Printed) -> Target:
    """What stays text, with its tone, what it is compared with, and a remark where the characters look damaged."""
    text = printed.text
    against = _AGAINST.search(text)
    return Target(
        raw=printed.raw,
        kind="qualitative",
        baseline=against["baseline"] if against else None,
        polarity=polarity(text),
        remarks=("damaged",) if looks_damaged(text) else (),
    )


def _unread(printed: Printed) -> Target:
    """What no rule understands; with digits it should have been a value (two values in one cell)."""
    target = _text(printed)
    if target.remarks or not HAS_DIGIT.search(printed.text):
        return _with_doubts(target, printed.text)
    return target.model_copy(update={"remarks": ("unread",)})


def _relative(printed: Printed) -> Target | None:
    """不低于上年水平, 与上年持平: relative to something, without a number (domain rule 6)."""
    match = _RELATIVE.fullmatch(printed.text)
    if match is None:
        return None
    operator = BEFORE[match["sign"]] if match["sign"] else None
    return Target(raw=printed.raw, kind="change", operator=operator, baseline=match["baseline"])


_Rule = Callable[[Printed], Target | None]
_RULES: tuple[_Rule, ...] = (
    _bound,
    _missing,
    _with_point,
    _with_note,
    _named,
    _deadline,
    _zero,
    _relative,
    _led,
    _compound,
)
