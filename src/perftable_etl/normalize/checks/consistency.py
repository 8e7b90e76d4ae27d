"""What a declaration must agree with itself on. A check never changes a value; it reports."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from perftable_etl.document import Place
from perftable_etl.fields import MoneySource, Phase
from perftable_etl.messages import Message
from perftable_etl.normalize.checks.cut_rows import suspect_cuts
from perftable_etl.normalize.checks.levels import check_tree
from perftable_etl.normalize.checks.page_order import check_page_order
from perftable_etl.normalize.layouts.collection import GENERIC
from perftable_etl.normalize.values.money import parse_money
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.units import Dimension, read_unit
from perftable_etl.records import (
    FIELDS,
    Amount,
    Declaration,
    FieldName,
    Finding,
    FindingCode,
    Funding,
    Indicator,
    Remark,
    Severity,
)

# What an indicator's name ends in -> the dimensions its unit may have. Rests on what the last word of a Chinese noun
# phrase names: a rate is a ratio, a number of times is counted, a duration is measured in time.
_AMOUNT: frozenset[Dimension] = frozenset(
    {"count", "length", "area", "volume", "mass", "energy", "data", "score", "money", "time"}
)
_EXPECTED: tuple[tuple[str, frozenset[Dimension]], ...] = (
    (r"(?<![频汇利税费功])率|比例|占比|比重|百分比", frozenset({"ratio", "points"})),
    (r"满意度|知晓度|认可度", frozenset({"ratio", "points", "score"})),
    (r"次数|人数|人次|户数|件数|个数|场数|场次|篇数|套数|家数|份数|数量|总量", _AMOUNT),
    (r"天数|时间|时长|时限|工期|周期", frozenset({"time"})),
    (r"频率|频次", frozenset({"count"})),
)
_NAME_END = regex.compile(
    rf"(?:{'|'.join(f'(?P<rule{number}>{ending})' for number, (ending, _) in enumerate(_EXPECTED))})"
    r"(?:\([^()]*\)|（[^（）]*）)?$"
)
_COMPLETION = regex.compile(r"(?:完成|达标|合格|到位|验收)(?:情况)?$")
_HUNDRED = Decimal(100)
_FREQUENCY_UNIT = regex.compile(r"^(?:次|期|场|件|份)(?:/|$)|^次$")


def check(declaration: Declaration) -> Iterator[Finding]:
    """The findings on one declaration."""
    yield from _check_fields(declaration)
    yield from _check_sums(declaration)
    yield from _check_dates(declaration)
    yield from _check_duplicates(declaration)
    yield from suspect_cuts(declaration)
    yield from check_page_order(declaration)
    yield from check_tree(declaration)
    for indicator in declaration.indicators:
        yield from _check_indicator(declaration, indicator)


def _finding(
    declaration: Declaration,
    code: FindingCode,
    severity: Severity,
    message: str,
    *,
    field: FieldName | None = None,
    indicator: Indicator | None = None,
) -> Finding:
    """A finding placed at the field or the indicator it is about."""
    source = next((source for source in declaration.sources if source.field == field), None)
    place: Place | None = indicator.place if indicator else source.place if source else None
    raw = indicator.target.raw if indicator else source.raw if source else ""
    return Finding(
        code=code,
        severity=severity,
        message=message,
        raw=raw,
        place=place,
        project=declaration.ordinal,
        indicator=indicator.ordinal if indicator else None,
    )


def _check_fields(declaration: Declaration) -> Iterator[Finding]:
    if declaration.name is None:
        yield _finding(declaration, "no_project_name", "error", "the form has no project name (项目名称)")
    if not declaration.indicators:
        yield _finding(declaration, "no_indicators", "error", "the form has no indicators; compare it with the page")
    if declaration.fiscal_year is None and declaration.layout != GENERIC:
        yield _finding(declaration, "no_fiscal_year", "warning", "the form has no fiscal year")
    has_funds = declaration.funding.annual_funds is not None or declaration.funding.total_funds is not None
    if not has_funds and declaration.layout != GENERIC:
        yield _finding(declaration, "no_funds", "warning", "the form has neither annual nor total funds")


def _check_sums(declaration: Declaration) -> Iterator[Finding]:
    for whole, parts in _BLOCKS.items():
        amounts = tuple(FIELDS[part].of(declaration) for part in parts)
        further = _further_parts(declaration, whole, has_fiscal=amounts[0] is not None)
        yield from _check_sum(declaration, whole, FIELDS[whole].of(declaration), (*amounts, *further))
    yield from _check_unit_of_blocks(declaration, declaration.funding)


def _further_parts(declaration: Declaration, whole: FieldName, *, has_fiscal: bool) -> tuple[Decimal | None, ...]:
    """The amounts beside the fields of a block that are parts of it: the budgets and levels that fiscal funds are of.

    Where the form prints those together as fiscal funds, they are parts of these.
    """
    leading = next(
        (one for one in declaration.amounts if one.source == "all" and _leads(one, declaration, whole)), None
    )
    phase = leading.phase if leading else None
    of_phase = [one for one in declaration.amounts if one.phase == phase]
    outside, budgets, levels = ([one.amount or Decimal() for one in of_phase if one.source in own] for own in _PARTS)
    if has_fiscal:
        return tuple(outside)
    are_same = bool(levels) and sum(levels) in {*budgets, sum(budgets)}
    return (*outside, *budgets, *(() if are_same else levels))


def _leads(amount: Amount, declaration: Declaration, whole: FieldName) -> bool:
    is_total = whole == "total_funds"
    return amount.amount == FIELDS[whole].of(declaration) and (amount.phase == "total") == is_total


_OUTSIDE: tuple[MoneySource, ...] = ("own", "fiscal_account")
_BUDGETS: tuple[MoneySource, ...] = ("general_budget", "government_fund", "state_capital")
_LEVELS: tuple[MoneySource, ...] = ("central", "provincial", "municipal", "county")
_PARTS = (_OUTSIDE, _BUDGETS, _LEVELS)
"""What a block is made of beside its fields: fiscal funds by budget, or by level of government, or both ways."""


def _block(phase: Phase) -> tuple[FieldName, ...]:
    """The amounts of one block of money, the whole first."""
    return tuple(name for name, field in FIELDS.items() if field.printed.money and field.printed.money.phase == phase)


_BLOCKS = {whole: parts for whole, *parts in (_block("year"), _block("total"))}
"""The amounts that are the sum of others, and those others."""


def _check_sum(
    declaration: Declaration, field: FieldName, whole: Decimal | None, parts: tuple[Decimal | None, ...]
) -> Iterator[Finding]:
    """A whole that is not the sum of its parts, where the form prints both."""
    printed = [part for part in parts if part is not None]
    if (
        whole is None
        or not printed
        or sum(printed) == whole
        or whole - sum(printed) in _other_parts(declaration, field)
    ):
        return
    message = Message(
        "{field} {whole:,} is not the sum of its parts, {parts:,}", field=field, whole=whole, parts=sum(printed)
    )
    if _adds_up_in_another_unit(whole, printed):
        then = "{what}; one amount may be in 万元 instead of 元, or the reverse; check the unit on the page"
        yield _finding(declaration, "unit_of_money_doubtful", "warning", Message(then, what=message), field=field)
    else:
        yield _finding(declaration, "sum_differs", "warning", message, field=field)


def _other_parts(declaration: Declaration, whole: FieldName) -> set[Decimal]:
    """The amounts that no field of a block stands for, and all of those that are recorded: they may be parts of it."""
    recorded = [one.amount for one in declaration.amounts if one.source == "other" and one.amount]
    own = FIELDS[_BLOCKS[whole][-1]].of(declaration)
    if own in recorded:
        recorded.remove(own)
    return {*recorded, sum(recorded, Decimal()), *_unknown_parts(declaration)} - {Decimal()}


def _unknown_parts(declaration: Declaration) -> set[Decimal]:
    """The amounts beside labels that no source stands for (事业收入), in the unit that the others count in."""
    read = next((one for one in declaration.amounts if one.amount and parse_money(one.raw)), None)
    printed = parse_money(read.raw) if read else None
    if read is None or not read.amount or not printed:
        return set()
    unit = read.amount / printed
    return {part for other in declaration.other_fields if (part := parse_money(other.value, unit))}


_TEN_THOUSAND = Decimal(10**4)


def _adds_up_in_another_unit(whole: Decimal, parts: list[Decimal]) -> bool:
    """Whether the sum would be right with the whole, or one of the parts, 10,000 times as large or as small."""
    total = sum(parts)
    return _differs_by_unit(whole, total) or any(_differs_by_unit(part, whole - total + part) for part in parts)


def _differs_by_unit(one: Decimal, other: Decimal | int) -> bool:
    return one != 0 and other in {one * _TEN_THOUSAND, one / _TEN_THOUSAND}


def _check_unit_of_blocks(declaration: Declaration, funding: Funding) -> Iterator[Finding]:
    """Total and annual funds of a project of one year are the same amount; not so if one is printed in 万元."""
    total, annual = funding.total_funds, funding.annual_funds
    if total is not None and annual is not None and _differs_by_unit(total, annual):
        message = Message(
            "total_funds {total:,} and annual_funds {annual:,} are one amount in 万元 and in 元; check them",
            total=total,
            annual=annual,
        )
        yield _finding(declaration, "unit_of_money_doubtful", "warning", message, field="total_funds")


def _check_dates(declaration: Declaration) -> Iterator[Finding]:
    start, end, year = declaration.start_date, declaration.end_date, declaration.fiscal_year
    if start and end and start > end:
        message = Message("the project ends ({end}) before it starts ({start})", end=end, start=start)
        yield _finding(declaration, "dates_reversed", "warning", message, field="end_date")
    elif year and ((start and start.year > year) or (end and end.year < year)):
        message = Message(
            "the project runs from {start} to {end}, outside the fiscal year {year}", start=start, end=end, year=year
        )
        yield _finding(declaration, "dates_outside_year", "warning", message, field="start_date")


def _check_duplicates(declaration: Declaration) -> Iterator[Finding]:
    seen: set[tuple[str | None, ...]] = set()
    for one in declaration.indicators:
        row = (one.phase, one.area, one.level2, one.level3, one.target.raw)
        if row not in seen:
            seen.add(row)
        else:
            message = Message("the form has the same row above: {name}", name=one.level3)
            yield _finding(declaration, "duplicate_row", "warning", message, indicator=one)


def _check_indicator(declaration: Declaration, indicator: Indicator) -> Iterator[Finding]:
    for remark in indicator.target.remarks:
        code, severity, message = _REMARKS[remark]
        yield _finding(declaration, code, severity, message, indicator=indicator)
    if indicator.target.kind == "quantitative" and indicator.target.base_unit:
        yield from _check_unit(declaration, indicator, indicator.target.base_unit)


_REMARKS: dict[Remark, tuple[FindingCode, Severity, str]] = {
    "damaged": (
        "target_damaged",
        "warning",
        "the target looks damaged by scanning or copying; compare it with the page",
    ),
    "unit_missing": (
        "target_unit_missing",
        "warning",
        "the target's unit is incomplete: it does not say what is counted; compare it with the page",
    ),
    "unknown_unit": ("target_unknown_unit", "info", "the target's unit is not in the lexicon; it is kept as printed"),
    "unread": (
        "target_unread",
        "warning",
        "the target has digits or a sign, but cannot be read as a value; compare it with the page",
    ),
}


class _NameEnd(NamedTuple):
    """What the end of a name says of its unit: the dimensions that it may have, and whether a work is completed."""

    dimensions: frozenset[Dimension] | None
    is_completion: bool


@remembered(16384)
def _dimensions_of(name: str) -> _NameEnd:
    match = _NAME_END.search(name)
    dimensions = _EXPECTED[int(str(match.lastgroup).removeprefix("rule"))][1] if match else None
    return _NameEnd(dimensions, _COMPLETION.search(name) is not None)


def _check_unit(declaration: Declaration, indicator: Indicator, printed: str) -> Iterator[Finding]:
    """A unit that contradicts the indicator's name: a number of times in percent, a rate in items."""
    unit = read_unit(printed)
    if unit is None or not unit.is_known:
        return
    expected, is_completion = _dimensions_of(indicator.level3)
    completed = is_completion and indicator.target.value == _HUNDRED
    if (expected and unit.dimension not in expected) or (completed and unit.dimension == "count"):
        message = Message(
            "the unit {unit} contradicts the name {name}", unit=indicator.target.unit, name=indicator.level3
        )
        yield _finding(declaration, "unit_contradicts_name", "warning", message, indicator=indicator)
    elif indicator.level3.endswith(("频率", "频次")) and not _FREQUENCY_UNIT.search(unit.symbol):
        message = Message(
            "the unit {unit} gives no frequency, as {name} needs", unit=indicator.target.unit, name=indicator.level3
        )
        yield _finding(declaration, "unit_contradicts_name", "warning", message, indicator=indicator)
