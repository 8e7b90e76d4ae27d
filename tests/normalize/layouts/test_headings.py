"""What a printed line says by itself: a title, a year, a unit of money."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.layouts.headings import (
    is_heading,
    is_title,
    read_money_unit,
    read_title,
    read_year,
)

OFFICE = "中共上海市委网络安全和信息化委员会办公室"


@pytest.mark.parametrize(
    "text",
    [
        "财政项目支出绩效目标申报表", "项目支出绩效目标表", "财政项目支出\n绩效目标申报表", "绩效目标申报表（一）",
        "项目支出绩效自评表", "2023年市级部门整体预算绩效目标表", "高中助学金项目绩效评价指标表", "2020年项目申报表",
        "区域绩效目标表", "部门整体支出绩效目标",
    ],
)  # fmt: skip
def test_titles_of_forms(text: str) -> None:
    assert is_title(text)
    assert is_heading(text)


@pytest.mark.parametrize(
    "text", ["绩效目标", "详见绩效目标申报表。", "财政项目支出绩效目标申报表填报说明", "收支预算总表", "绩效工资表", ""]
)
def test_what_is_no_title_of_a_form(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("(2024年度)", 2024), ("（2025年度）", 2025), ("2026年度", 2026), ("（2026）", 2026), ("2025年", 2025),
        ("2025年度预算", None), ("第2025号", None), ("1999年度", None),
    ],
)  # fmt: skip
def test_years(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(("text", "unit"), [("单位：万元", "万元"), ("金额单位:元", "元"), ("实施单位：水务局", None)])
def test_money_units(text: str, unit: str | None) -> None:
    assert read_money_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "organization", "year"),
    [
        (f"{OFFICE}2024年度项目绩效目标汇总表", OFFICE, 2024),
        ("青岚区水务局（本级）2025年项目绩效目标", "青岚区水务局(本级)", 2025),
        ("青岚区绿化和市容管理局2026年度部门预算", "青岚区绿化和市容管理局", 2026),
        ("2025年度部门预算", None, 2025),
        ("提前下达2025年林业资金绩效目标表", None, 2025),
        ("市本级部门2025年项目支出绩效目标表", None, 2025),
    ],
)
def test_a_title_says_whose_and_when(text: str, organization: str | None, year: int) -> None:
    title = read_title(text)
    assert title is not None
    assert (title.organization, title.fiscal_year) == (organization, year)


@pytest.mark.parametrize(
    "text", ["2025年，本局编制了项目绩效目标，详见附表。", "财政项目支出绩效目标申报表", "水务局工作总结"]
)
def test_prose_is_no_title(text: str) -> None:
    assert read_title(text) is None
