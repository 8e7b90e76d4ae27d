"""Text of the page in a row: its number behind a name or a target, half of a bracket."""

from __future__ import annotations

import pytest

from perftable_etl.document import Box, LaidOutPage, Noise, Place
from perftable_etl.normalize.checks.intrusions import find_intrusions, page_number_offsets
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Declaration, Indicator, Source


def row(ordinal: int, name: str, target: str = "≥90(%)", page: int = 3) -> Indicator:
    place = Place(page, Box(100, 20 * ordinal, 200, 20 * ordinal + 20))
    sources = Source(field="level3", raw=name, place=place), Source(field="target", raw=target, place=place)
    return Indicator(
        ordinal=ordinal, level1="产出指标", level2="数量指标", level3=name, level1_raw="", level2_raw="",
        level3_raw=name, target=parse_target(target), place=place, sources=sources,
    )  # fmt: skip


def codes(*rows: Indicator, offsets: frozenset[int] = frozenset({0})) -> list[tuple[str, int | None]]:
    declaration = Declaration(ordinal=1, layout="", fiscal_year=2025, first_page=1, last_page=9, indicators=rows)
    return [(finding.code, finding.indicator) for finding in find_intrusions(declaration, offsets)]


@pytest.mark.parametrize("number", ["-3-", "— 3 —", "第3页", "第 3 页 共 12 页", "- 3 -", "3"])
def test_the_pages_number_behind_its_last_row_is_told(number: str) -> None:
    assert codes(row(1, "巡查次数"), row(2, f"巡查\n次数\n{number}")) == [("page_number_in_row", 2)]
    assert codes(row(1, "巡查次数"), row(2, "巡查次数", f"≥12(次)\n{number}")) == [("page_number_in_row", 2)]


@pytest.mark.parametrize("number", ["-3-", "第3页"])
def test_a_marked_number_is_told_in_any_row_and_without_a_gap(number: str) -> None:
    assert codes(row(1, f"巡查次数{number}"), row(2, "合格率")) == [("page_number_in_row", 1)]


@pytest.mark.parametrize("name", ["阶段 2", "PM2.5", "巡查\n4", "办公楼 3\n号", "第3期"])
def test_another_number_is_part_of_the_name(name: str) -> None:
    assert codes(row(1, name)) == []


def test_a_bare_number_above_other_rows_of_its_page_counts_something() -> None:
    assert codes(row(1, "阶段 3"), row(2, "合格率")) == []


def test_pages_that_are_numbered_from_elsewhere() -> None:
    assert codes(row(1, "巡查次数 41"), offsets=frozenset({38})) == [("page_number_in_row", 1)]
    assert codes(row(1, "巡查次数 3"), offsets=frozenset({38})) == []


def test_offsets_follow_from_the_numbers_that_pages_print() -> None:
    box = Box(0, 0, 1, 1)
    printed = [
        LaidOutPage(page, (), noise=(Noise("page_number", f"- {page + 38} -", Place(page, box)),)) for page in (1, 2)
    ]
    assert page_number_offsets(printed) == {38}
    assert page_number_offsets([LaidOutPage(1, (), noise=(Noise("running_head", "7", Place(1, box)),))]) == {0}


@pytest.mark.parametrize(("name", "target"), [("新增图书（含绘本、期刊", "≥90(%)"), ("新增图书", "≥90(%")])
def test_a_bracket_that_never_closes_is_told(name: str, target: str) -> None:
    assert codes(row(1, name, target), row(2, "合格率（含复检）")) == [("bracket_open", 1)]


def test_numbers_of_a_list_close_brackets_that_nothing_opens() -> None:
    assert codes(row(1, "1）巡查次数；2）合格率")) == []


@pytest.mark.parametrize("opened", ["“绿色", "《办法", "【第二批", "「绿色"])
def test_a_quotation_that_never_closes_is_told(opened: str) -> None:
    assert codes(row(1, f"设备更新利用率{opened}")) == [("bracket_open", 1)]
    assert codes(row(1, f"{opened}{ {'“': '”', '《': '》', '【': '】', '「': '」'}[opened[0]] }利用率")) == []


@pytest.mark.parametrize("foot", ["备注", "填报人：", "审核意见", "联系电话"])
def test_what_stands_below_a_table_is_no_name(foot: str) -> None:
    assert codes(row(1, "巡查次数"), row(2, foot, "按批复数填列")) == [("foot_in_row", 2)]
