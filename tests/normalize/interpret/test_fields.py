"""The labelled part of a form: which unit an amount counts in, and dates as departments print them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perftable_etl.normalize.interpret.declaration import Interpretation
from perftable_etl.records import Funding
from tests.normalize.grids import form, whole_form
from tests.normalize.reader import read_form

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def read(*headings: str, **texts: str) -> Interpretation:
    """What a whole form means with some of its texts replaced."""
    rows = [[texts.get(text.partition("\n")[0], text) for text in row] for row in whole_form(ROW)]
    return read_form(form(rows, *headings))


def funds(annual: int, fiscal: int, carried: int) -> Funding:
    return Funding(
        annual_funds=Decimal(annual),
        annual_fiscal_appropriation=Decimal(fiscal),
        annual_carryover_funds=Decimal(carried),
    )


IN_TEN_THOUSANDS = funds(3_000_000, 2_000_000, 1_000_000)
ANNUAL = "年度资金申请总额"
FISCAL = "其中：当年财政拨款"


@pytest.mark.parametrize(
    ("headings", "labels", "expected"),
    [
        ((), {}, funds(300, 200, 100)),
        (("单位：元",), {}, funds(300, 200, 100)),
        (("单位：万元",), {"项目资金": "项目资金"}, IN_TEN_THOUSANDS),
        (("金额单位：人民币万元",), {"项目资金": "项目资金"}, IN_TEN_THOUSANDS),
        ((), {"项目资金": "项目资金\n（万元）"}, IN_TEN_THOUSANDS),
        # The unit in the label of one amount is that of the others, unless something else names one.
        ((), {"项目资金": "项目资金", ANNUAL: f"{ANNUAL}（万元）"}, IN_TEN_THOUSANDS),
        ((), {"项目资金": "项目资金", "项目资金总额": "项目资金总额（万元）"}, IN_TEN_THOUSANDS),
        ((), {ANNUAL: f"{ANNUAL}（万元）"}, funds(3_000_000, 200, 100)),
        (("单位：万元",), {"项目资金": "项目资金", FISCAL: f"{FISCAL}（元）"}, funds(3_000_000, 200, 1_000_000)),
        # The amount itself says it best.
        ((), {"300.00": "0.03万元"}, funds(300, 200, 100)),
    ],
)
def test_an_amount_counts_in_the_unit_printed_nearest(
    headings: tuple[str, ...], labels: dict[str, str], expected: Funding
) -> None:
    assert read(*headings, **labels).declaration.funding == expected


def test_every_printed_amount_is_kept_with_its_label() -> None:
    found = read("单位：万元", **{"项目资金": "项目资金", FISCAL: f"{FISCAL}（元）"}).declaration
    assert [(amount.phase, amount.source, amount.amount, amount.raw, amount.label_raw) for amount in found.amounts] == [
        ("year", "all", Decimal(3_000_000), "300.00", ANNUAL),
        ("year", "fiscal", Decimal(200), "200.00", f"{FISCAL}（元）"),
        ("year", "carryover", Decimal(1_000_000), "100.00", "上年结转资金"),
    ]
    assert {amount.place for amount in found.amounts} <= {source.place for source in found.sources}


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2024.1.1-2024.12.31", "2024.1.1-2024.12.31", date(2024, 1, 1), date(2024, 12, 31)),
        ("2026/1/1", "长期", date(2026, 1, 1), None),
        ("长期", "长期", None, None),
        ("", "/", None, None),
    ],
)
def test_dates_take_the_end_of_a_period_that_they_ask_for(
    start: str, end: str, first: date | None, last: date | None
) -> None:
    found = read(**{"2025-01-01": start, "2025-12-31": end})
    assert (found.declaration.start_date, found.declaration.end_date) == (first, last)
    assert found.findings == ()
    assert found.accounted == found.characters


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2024.1-2024.12", "2024.1-2024.12", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年1月至12月", "2024年1月至12月", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年1月", "2024年12月", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024", "2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024年初", "2024年底", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_day_that_is_not_printed_is_told(start: str, end: str, first: date, last: date) -> None:
    found = read(**{"2025-01-01": start, "2025-12-31": end})
    assert (found.declaration.start_date, found.declaration.end_date) == (first, last)
    assert [(finding.code, finding.severity, finding.raw) for finding in found.findings] == [
        ("day_inferred", "warning", start),
        ("day_inferred", "warning", end),
    ]
    assert "the last day" in found.findings[1].message
    assert all(finding.place for finding in found.findings)
    assert found.accounted == found.characters


@pytest.mark.parametrize("text", ["12月31日", "待定", "2024-13-01"])
def test_a_date_that_says_no_day_is_told(text: str) -> None:
    found = read(**{"2025-12-31": text})
    assert found.declaration.end_date is None
    assert "not_a_date" in [finding.code for finding in found.findings]
