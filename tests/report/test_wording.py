from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perftable_etl.records import Target
from perftable_etl.report.wording import counts, few, money, percent, span, understood
from tests.outcomes import COMPOUND, QUANTITATIVE


def quantity(raw: str, **fields: object) -> Target:
    return Target.model_validate({"raw": raw, "kind": "quantitative"} | fields)


def test_only_what_is_complete_reads_100_percent() -> None:
    assert [percent(share) for share in (1.0, 0.99999, 0.5, None)] == ["100.0 %", "99.9 %", "50.0 %", "—"]


def test_money_is_grouped_and_a_blank_is_no_zero() -> None:
    assert money(Decimal("1234567.5")) == "1,234,567.50 元"
    assert money(Decimal(0)) == "0.00 元"
    assert money(None) == "—"


def test_what_something_takes_is_one_or_a_range() -> None:
    assert (span("page", 2, 2), span("sheet", 2, 4)) == ("page 2", "sheets 2–4")


def test_zeros_are_not_counted_out() -> None:
    assert counts((2, "new"), (0, "changed"), (1, "failed")) == "2 new, 1 failed"


TARGETS = (
    (QUANTITATIVE.target, "≤ 1.10 万元/次 (11000 元/次)"),
    (COMPOUND.target, "compound: ≥ 95 %; ≥ 90 %"),
    (quantity("985米", value=985, unit="米", base_value=985, base_unit="米"), "985 米"),
    (quantity("5～8场", operator="between", value=5, value_upper=8, unit="场"), "5–8 场"),
    (quantity("100亿", operator="=", value="1E+2", unit="亿"), "= 100 亿"),
    (Target(raw="优", kind="qualitative"), "qualitative"),
    (Target(raw="12月底前", kind="deadline", operator="<=", deadline=date(2024, 12, 31)), "deadline by 2024-12-31"),
    (
        Target(raw="较上年增长10%", kind="change", value=Decimal(10), unit="%", baseline="上年", polarity="up"),
        "change up 10 % against 上年",
    ),
    (Target(raw="/", kind="missing"), "missing"),
)


@pytest.mark.parametrize(("target", "words"), TARGETS)
def test_a_target_reads_as_it_was_understood(target: Target, words: str) -> None:
    assert understood(target) == words


def test_of_a_long_list_a_few_are_named() -> None:
    assert few(("a", "b", "c")) == "a, b, c"
    assert few(tuple("abcdef")) == "a, b, c and 3 more"
