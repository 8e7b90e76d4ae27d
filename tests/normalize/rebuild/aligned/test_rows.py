"""Which lines of names and targets are one row."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.normalize.rebuild.aligned.rows import Column, Setting, read_rows
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Floor, Passage
from tests.normalize.rebuild.aligned.pages import PITCH, passage, stacked

NAME, TARGET = 100.0, 300.0
HEADS = passage("三级指标", 140, 0), passage("指标值", 340, 0)


def rows(
    names: Sequence[Passage], targets: Sequence[Passage], setting: Setting = "middle", floors: Sequence[Floor] = ()
) -> list[tuple[str, str]]:
    pages = stacked(floors=floors)
    columns = [Column.below(head, lines, pages) for head, lines in zip(HEADS, (names, targets), strict=True)]
    return [texts(row.cells) for row in read_rows(columns, [0], pages, setting)]


def texts(cells: Sequence[Passage | None]) -> tuple[str, str]:
    name, target = (cell.text if cell else "" for cell in cells)
    return name, target


def name(text: str, line: float, page: int = 1) -> Passage:
    return passage(text, NAME, line, page)


def target(text: str, line: float, page: int = 1) -> Passage:
    return passage(text, TARGET, line, page)


def test_lines_of_a_name_go_around_the_middle_of_its_target() -> None:
    names = [name("开展的社会公众满意度调", 1), name("查次数及其他", 2), name("次数", 3)]
    assert rows(names, [target("≥2(次)", 1.5), target("完成", 3)]) == [
        ("开展的社会公众满意度调\n查次数及其他", "≥2(次)"),
        ("次数", "完成"),
    ]


def test_rows_set_from_the_top() -> None:
    names = [name("开展的社会公众满意度调", 1), name("查次数及其他", 2), name("次数", 3)]
    assert rows(names, [target("≥2(次)", 1), target("完成", 3)], "top") == [
        ("开展的社会公众满意度调\n查次数及其他", "≥2(次)"),
        ("次数", "完成"),
    ]


def test_a_target_of_several_lines() -> None:
    targets = [target("按规定程序及时归档并向社", 1), target("会公开", 2), target("≥1(次)", 3)]
    assert rows([name("归档情况", 1.5), name("次数", 3)], targets) == [
        ("归档情况", "按规定程序及时归档并向社\n会公开"),
        ("次数", "≥1(次)"),
    ]


def test_lines_that_end_early_are_rows_of_their_own() -> None:
    assert rows([name("次数", 1), name("人数", 2)], [target("完成", 1), target("达标", 2)]) == [
        ("次数", "完成"),
        ("人数", "达标"),
    ]


def test_an_open_bracket_goes_on() -> None:
    names = [name("走访慰问（含困难家庭、", 1), name("独居老人）", 2)]
    targets = [target("按规定程序及时完成并向社", 1), target("会公开", 2)]
    assert rows(names, targets) == [("走访慰问（含困难家庭、\n独居老人）", "按规定程序及时完成并向社\n会公开")]


def test_a_comparison_begins_a_target() -> None:
    names = [name("开展的社会公众满意度调查", 1), name("开展的社会公众知晓度调查", 2)]
    assert rows(names, [target("≥95.00(%)且持续提高达标", 1), target("≥90.00(%)", 2)]) == [
        ("开展的社会公众满意度调查", "≥95.00(%)且持续提高达标"),
        ("开展的社会公众知晓度调查", "≥90.00(%)"),
    ]


def test_a_rule_parts_rows_whatever_their_lines_look_like() -> None:
    names = [name("开展的社会公众满意度调查", 1), name("开展的社会公众知晓度调查", 2)]
    targets = [target("按规定程序及时完成并向社", 1), target("按规定程序及时完成并向社", 2)]
    floors = [Floor(50, 500, 1.83 * PITCH)]
    assert len(rows(names, targets)) == 1
    assert len(rows(names, targets, floors=floors)) == 2


def test_a_row_that_a_page_break_cuts_keeps_its_target_on_the_first_page() -> None:
    names = [name("次数", 1), name("开展的社会公众满意度调", 2), name("查次数及其他内容和安排", 3), name("等", 4, 2)]
    assert rows(names, [target("完成", 1), target("≥2(次)", 2)]) == [
        ("次数", "完成"),
        ("开展的社会公众满意度调\n查次数及其他内容和安排\n等", "≥2(次)"),
    ]


def test_a_name_without_a_target_is_a_row() -> None:
    assert rows([name("次数", 1), name("人数", 2)], [target("完成", 1)]) == [("次数", "完成"), ("人数", "")]
