"""Each check has a case that it reports and a near one that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from perftable_etl.document import Box, Place
from perftable_etl.normalize.checks.consistency import check
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Declaration, Finding, Funding, Indicator, Source

PLACE = Place(1, Box(0, 0, 10, 10))


def indicator(name: str, target: str, *, ordinal: int = 1, level2: str = "数量指标") -> Indicator:
    return Indicator(
        ordinal=ordinal,
        level1="产出指标",
        level2=level2,
        level3=name,
        level1_raw="产出指标",
        level2_raw=level2,
        level3_raw=name,
        target=parse_target(target),
        place=PLACE,
    )


SOUND = Declaration(
    ordinal=3,
    layout="test",
    fiscal_year=2025,
    first_page=1,
    last_page=1,
    name="河道养护",
    start_date=date(2025, 1, 1),
    end_date=date(2025, 12, 31),
    funding=Funding(annual_funds=Decimal(3), annual_fiscal_appropriation=Decimal(2), annual_other_funds=Decimal(1)),
    indicators=(indicator("巡查次数", "≥12(次)"),),
    sources=(Source(field="annual_funds", raw="3.00", place=PLACE),),
)


def findings(**changes: object) -> list[Finding]:
    return list(check(SOUND.model_copy(update=changes)))


def codes(**changes: object) -> list[str]:
    return [finding.code for finding in findings(**changes)]


def test_a_sound_declaration_has_no_findings() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"name": None}, "no_project_name", "error"),
        ({"indicators": ()}, "no_indicators", "error"),
        ({"fiscal_year": None}, "no_fiscal_year", "warning"),
        ({"funding": Funding()}, "no_funds", "warning"),
    ],
)
def test_what_every_form_has_is_missed(changes: dict[str, object], code: str, severity: str) -> None:
    (finding,) = findings(**changes)
    assert (finding.code, finding.severity, finding.project) == (code, severity, 3)


def test_total_funds_alone_are_funds() -> None:
    assert codes(funding=Funding(total_funds=Decimal(5))) == []


def funds(**amounts: str) -> Funding:
    return Funding.model_validate(amounts)


@pytest.mark.parametrize(
    ("funding", "code"),
    [
        (funds(annual_funds="3", annual_fiscal_appropriation="2"), "sum_differs"),
        (funds(annual_funds="3", annual_fiscal_appropriation="2", annual_carryover_funds="1"), None),
        (funds(annual_funds="3.00", annual_fiscal_appropriation="2.99", annual_other_funds="0.01"), None),
        (funds(annual_funds="3"), None),
        (funds(annual_funds="3", total_funds="5", total_fiscal_funds="4"), "sum_differs"),
        (funds(annual_funds="3", total_funds="5", total_fiscal_funds="4", total_other_funds="1"), None),
        (funds(annual_funds="3", total_fiscal_funds="4"), None),
        (funds(annual_funds="0", annual_fiscal_appropriation="0"), None),
    ],
)
def test_sums(funding: Funding, code: str | None) -> None:
    assert codes(funding=funding) == ([code] if code else [])


@pytest.mark.parametrize(
    "funding",
    [
        funds(annual_funds="263.20", annual_fiscal_appropriation="2000000", annual_other_funds="632000"),
        funds(annual_funds="2632000", annual_fiscal_appropriation="263.2"),
        funds(annual_funds="2632000", annual_fiscal_appropriation="2000000", annual_carryover_funds="63.2"),
        funds(annual_funds="263.2", annual_fiscal_appropriation="200", annual_other_funds="632000"),
        funds(total_funds="12.5", total_fiscal_funds="125000", total_other_funds="0"),
        funds(total_funds="50", annual_funds="500000"),
        funds(total_funds="500000", annual_funds="50"),
    ],
)
def test_amounts_in_two_units_are_told_by_their_magnitude(funding: Funding) -> None:
    assert codes(funding=funding) == ["unit_of_money_doubtful"]


@pytest.mark.parametrize(
    "funding",
    [
        funds(annual_funds="263.20", annual_fiscal_appropriation="2000000", annual_other_funds="632001"),
        funds(annual_funds="2632000", annual_fiscal_appropriation="2632"),
        funds(annual_funds="10000", annual_fiscal_appropriation="0"),
    ],
)
def test_other_differences_do_not_come_from_the_unit(funding: Funding) -> None:
    assert codes(funding=funding) == ["sum_differs"]


@pytest.mark.parametrize(
    "funding",
    [
        funds(annual_funds="10001", annual_fiscal_appropriation="10000", annual_other_funds="1"),
        funds(total_funds="0", annual_funds="0"),
        funds(total_funds="600000", annual_funds="50"),
    ],
)
def test_large_and_small_amounts_may_stand_together(funding: Funding) -> None:
    assert codes(funding=funding) == []


def test_a_sum_is_placed_at_the_whole_and_gives_both_amounts() -> None:
    (finding,) = findings(funding=funds(annual_funds="3000", annual_fiscal_appropriation="2000"))
    assert (finding.raw, finding.place) == ("3.00", PLACE)
    assert "3,000" in finding.message
    assert "2,000" in finding.message


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2025, 12, 31), date(2025, 1, 1), "dates_reversed"),
        (date(2025, 1, 1), date(2025, 1, 1), None),
        (date(2026, 1, 1), date(2026, 12, 31), "dates_outside_year"),
        (date(2023, 1, 1), date(2024, 12, 31), "dates_outside_year"),
        (date(2023, 1, 1), date(2027, 12, 31), None),
        (None, date(2024, 12, 31), "dates_outside_year"),
        (None, None, None),
    ],
)
def test_dates(start: date | None, end: date | None, code: str | None) -> None:
    assert codes(start_date=start, end_date=end) == ([code] if code else [])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("巡查次数", "≥12(次)", "数量指标")] * 2, "duplicate_row"),
        ([("巡查次数", "≥12(次)", "数量指标"), ("巡查次数", "≥13(次)", "数量指标")], None),
        ([("巡查次数", "≥12(次)", "数量指标"), ("巡查次数", "≥12(次)", "质量指标")], None),
    ],
)
def test_duplicate_rows(rows: Sequence[tuple[str, str, str]], code: str | None) -> None:
    indicators = tuple(
        indicator(name, target, level2=level2, ordinal=n) for n, (name, target, level2) in enumerate(rows, 1)
    )
    found = findings(indicators=indicators)
    assert [(finding.code, finding.indicator) for finding in found] == ([(code, 2)] if code else [])


@pytest.mark.parametrize(
    ("name", "target", "contradicts"),
    [
        ("检查督导次数", "=100.00(%)", True),
        ("检查督导次数", "≥12(次)", False),
        ("进博会圆满完成", "=100.00(项)", True),
        ("进博会圆满完成", "=100.00(%)", False),
        ("进博会圆满完成", "≥12(项)", False),
        ("系统巡检频率", "≥2.00(周次)", True),
        ("系统巡检频率", "≥2(次/周)", False),
        ("合格率", "≥98(个)", True),
        ("合格率（综合）", "≥98(个)", True),
        ("合格率", "≥98(%)", False),
        ("汇率", "≤7.2(元)", False),
        ("居民满意度", "≥90(%)", False),
        ("居民满意度", "≥90(分)", False),
        ("居民满意度", "≥90(米)", True),
        ("处置时限", "≤5(个工作日)", False),
        ("处置时限", "≤5(次)", True),
        ("绿道长度", "985米", False),
        ("合格率", "优良", False),
    ],
)
def test_units_that_contradict_the_name(name: str, target: str, contradicts: bool) -> None:
    found = findings(indicators=(indicator(name, target),))
    assert [finding.code for finding in found] == (["unit_contradicts_name"] if contradicts else [])
    assert all(finding.raw == target and finding.indicator == 1 for finding in found)


@pytest.mark.parametrize(
    ("target", "code", "severity"),
    [
        ("≥12(呎呎)", "target_unknown_unit", "info"),
        ("292%", "target_damaged", "warning"),
        ("2280次", None, ""),
    ],
)
def test_remarks_on_targets_are_findings(target: str, code: str | None, severity: str) -> None:
    found = findings(indicators=(indicator("巡查", target),))
    assert [(finding.code, finding.severity) for finding in found] == ([(code, severity)] if code else [])
