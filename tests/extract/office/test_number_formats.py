"""Numbers show what spreadsheets show: percentages, dates, amounts, and what formats add to them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.extract.office.number_formats import BUILT_IN, show_number, show_text
from tests.examples import examples

ACCOUNTING = BUILT_IN[43]

SHOWN = [
    ("1", "0%", "100%"),
    ("0.955", "0.0%", "95.5%"),
    ("0.98", "0.00%", "98.00%"),
    ("44561", "yyyy/m/d", "2021/12/31"),
    ("44561", BUILT_IN[14], "2021/12/31"),
    ("44561", BUILT_IN[31], "2021年12月31日"),
    ("44561", "yyyy\\-mm\\-dd;@", "2021-12-31"),
    ("44561", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二一年十二月三十一日"),
    ("44561", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2021年12月31日"),
    ("44561.75", "yyyy/m/d\\ h:mm", "2021/12/31 18:00"),
    ("44561", "aaaa", "星期五"),
    ("0.5", "h:mm AM/PM", "12:00 PM"),
    ("0.75", "上午/下午h:mm", "下午6:00"),
    ("1.5", "[h]:mm", "36:00"),
    ("1", "yyyy-mm-dd", "1900-01-01"),
    ("-1", "yyyy-mm-dd", "#######"),
    ("1234567.891", "#,##0.00", "1,234,567.89"),
    ("0", ACCOUNTING, "-"),
    ("-1234.5", ACCOUNTING, "-1,234.50"),
    ("1000000", "#,##0.00_);[Red]\\(#,##0.00\\)", "1,000,000.00"),
    ("-7", "0;(0)", "(7)"),
    ("12345", "0!.0000", "1.2345"),
    ("12345678", "0.00,,", "12.35"),
    ("20000000", 'G/通用格式"元"', "20000000元"),
    ("105", '0"人次"', "105人次"),
    ("0.9", '"≥"0%', "≥90%"),
    ("2024", '0000"年"', "2024年"),
    ("5", "000", "005"),
    ("13800138000", "000-0000-0000", "138-0013-8000"),
    ("0.1", "General", "0.1"),
    ("0.30000000000000004", "General", "0.3"),
    ("123456789012", "General", "1.23457E+11"),
    ("0.3333333333333333", "General", "0.333333333"),
    ("12345678.123456", "General", "12345678.12"),
    ("0.0000000001", "General", "1E-10"),
    ("-5", "General", "-5"),
    ("1.005", "0.00", "1.01"),
    ("2.675", "0.00", "2.68"),
    ("1.5", "# ?/?", "1 1/2"),
    ("123456", "0.00E+00", "1.23E+05"),
    ("12", "[DBNum1]General", "十二"),
    ("105", "[DBNum2][$-804]General", "壹佰零伍"),
    ("3", "[>=100]0.0;[>=10]0.00;0.000", "3.000"),
    ("0.5", "#.##", ".5"),
    ("0", "#", ""),
    ("5", ";;;", ""),
    ("98", "0_ ", "98"),
    ("1e300", "0", "1" + "0" * 300),
    ("1e400", "0", "1" + "0" * 400),
    ("1e4000", "0", "1E+4000"),
]


@pytest.mark.parametrize(("stored", "code", "shown"), SHOWN)
def test_a_number_shows_what_its_format_makes_of_it(stored: str, code: str, shown: str) -> None:
    assert show_number(Decimal(stored), code) == shown


def test_dates_of_the_macintosh_count_from_1904() -> None:
    assert show_number(Decimal(43099), "yyyy/m/d", from_1904=True) == "2021/12/31"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("优", ACCOUNTING, "优"), ("10", '@"元"', "10元"), ("x", ";;;", ""), ("x", "0.00", "x"), ("x", "General", "x")],
)
def test_a_text_shows_itself_unless_a_format_changes_it(text: str, code: str, shown: str) -> None:
    assert show_text(text, code).strip() == shown


@examples(200)
@given(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%E+-/@ymdhs[]"\\_*;GeneralDBNum1>=<5年$-804', max_size=24),
)
def test_every_code_shows_something(stored: Decimal, code: str) -> None:
    assert isinstance(show_number(stored, code), str)
    assert isinstance(show_text("x", code), str)


@examples(100)
@given(st.integers(0, 10**9), st.integers(0, 99))
def test_an_amount_shows_its_cents_and_groups(whole: int, cents: int) -> None:
    assert show_number(Decimal(f"{whole}.{cents:02d}"), "#,##0.00") == f"{whole:,}.{cents:02d}"
