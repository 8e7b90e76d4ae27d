"""Dates and periods of header fields and deadlines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.normalize.values.dates import is_open, names_day, parse_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-01-01", "2024-01-01", "2024-01-01"),
        ("2026/1/1", "2026-01-01", "2026-01-01"),
        ("2024.1.1", "2024-01-01", "2024-01-01"),
        ("20240101", "2024-01-01", "2024-01-01"),
        ("2024年1月1日", "2024-01-01", "2024-01-01"),
        ("2024 年 1 月 1 日", "2024-01-01", "2024-01-01"),
        ("２０２４年１月１日", "2024-01-01", "2024-01-01"),
        ("2024-01-\n01", "2024-01-01", "2024-01-01"),
        ("2024-01-01 00:00:00", "2024-01-01", "2024-01-01"),
        ("二〇二四年十二月三十一日", "2024-12-31", "2024-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2024.2", "2024-02-01", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024年度", "2024-01-01", "2024-12-31"),
        ("2024.1-2024.12", "2024-01-01", "2024-12-31"),
        ("2024.1.1-12.31", "2024-01-01", "2024-12-31"),
        ("2024年1月至12月", "2024-01-01", "2024-12-31"),
        ("2024年1月-2025年6月", "2024-01-01", "2025-06-30"),
        ("2024-01-01至2024-12-31", "2024-01-01", "2024-12-31"),
        ("2024年1月1日-12月31日", "2024-01-01", "2024-12-31"),
        ("2024/1/1~2024/12/31", "2024-01-01", "2024-12-31"),
        ("2024-2026年", "2024-01-01", "2026-12-31"),
        ("2024年第三季度", "2024-07-01", "2024-09-30"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024年12月底", "2024-12-01", "2024-12-31"),
        ("2024年6月中旬", "2024-06-11", "2024-06-20"),
    ],
)
def test_spans(text: str, first: str, last: str) -> None:
    assert parse_date(text) == date.fromisoformat(first)
    assert parse_date(text, end=True) == date.fromisoformat(last)


@pytest.mark.parametrize("mark", list("-‐‑–—−－./∕⁄．․·。"))
def test_any_mark_parts_year_month_and_day(mark: str) -> None:
    assert parse_date(f"2025{mark}01{mark}31") == date(2025, 1, 31)
    assert parse_date(f"２０２５{mark}1{mark}31", end=True) == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-01-01", True, True),
        ("20240101", True, True),
        ("二〇二四年一月一日", True, True),
        ("2024年1月1日起", True, True),
        ("2024-01-01 00:00:00", True, True),
        ("2024年1月1日至12月31日", True, True),
        ("2024-01-01至2024-12-31", True, True),
        ("2024年1月1日-2025年6月", True, False),
        ("2024年1月-2025年6月30日", False, True),
        ("2024年1月至12月", False, False),
        ("2024.1-2024.12", False, False),
        ("2024", False, False),
        ("2024-2026", False, False),
        ("2024年1月", False, False),
        ("2024年初", False, False),
        ("2024年12月底", False, False),
        ("2024年6月中旬", False, False),
        ("2024年第一季度", False, False),
    ],
)
def test_a_day_is_printed_or_only_what_it_lies_in(text: str, first: bool, last: bool) -> None:
    assert names_day(text) == first
    assert names_day(text, end=True) == last


def test_the_year_of_the_form_stands_in() -> None:
    assert parse_date("1月1日", year=2024) == date(2024, 1, 1)
    assert parse_date("12月", year=2024, end=True) == date(2024, 12, 31)
    assert parse_date("年初", year=2024) == date(2024, 1, 1)
    assert parse_date("2024年年中", end=True) == date(2024, 6, 30)


@pytest.mark.parametrize("text", ["1月1日", "12月底", "年初", "第三季度"])
def test_a_day_without_any_year_is_refused(text: str) -> None:
    assert parse_date(text) is None
    assert not is_open(text)


@pytest.mark.parametrize("text", ["", "  ", "/", "—", "——", "无", "长期", "常年", "经常性"])
def test_blank_and_open_ends(text: str) -> None:
    assert parse_date(text) is None
    assert parse_date(text, end=True) is None
    assert is_open(text)


@pytest.mark.parametrize("text", ["项目名称", "2024-13-01", "2024年2月30日", "3000000", "一次性", "12345678"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert not is_open(text)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d"]),
)
def test_every_day_reads_back(day: date, style: str) -> None:
    assert parse_date(day.strftime(style)) == day


@given(st.text(max_size=30), st.booleans())
def test_text_is_a_date_or_refused(text: str, end: bool) -> None:
    assert parse_date(text, year=2024, end=end) is None or not is_open(text)
