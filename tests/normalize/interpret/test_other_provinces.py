"""Shapes that forms of other provinces have: each is read, or told, as a person reads it."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.interpret.declaration import Interpretation, Surroundings, interpret
from perftable_etl.records import Declaration
from tests.normalize.grids import LEFT, UP, Rows, document, form, grid, line
from tests.normalize.reader import LAYOUTS, labelled, understand, with_unread

TITLE = "2025年度项目支出绩效目标表"
NAME = ["项目名称", "河道养护", LEFT, LEFT, LEFT]
HEADS = ["一级指标", "二级指标", "三级指标", "年度指标值", "备注"]
ROW = ["产出指标", "数量指标", "巡查次数", "≥12次", ""]


def read(rows: Rows, *headings: str) -> Interpretation:
    """What a form means that no layout claims."""
    return interpret(labelled(form(rows, *(headings or (TITLE, "单位：万元")))), LAYOUTS.generic, 1, Surroundings())


def declaration(*rows: list[str]) -> Declaration:
    return read([NAME, *rows, HEADS, ROW]).declaration


def told(found: Interpretation) -> list[str]:
    return [finding.code for finding in found.findings if finding.severity != "info"]


def amounts(found: Declaration) -> list[str]:
    return [f"{one.phase} {one.source} {one.amount:f}" for one in found.amounts]


def others(found: Declaration) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in found.other_fields]


def test_names_in_the_column_of_level_2_stand_beside_a_level_a_column_too_high() -> None:
    heads = ["绩效指标", "一级指标", "二级指标", "绩效标准", "当年预期实现值"]
    rows = [
        [UP, "数量指标", "巡查次数", "反映巡查情况", "≥12次"],
        [UP, UP, "清淤长度", "反映清淤情况", "3公里"],
        [UP, "成本指标", "成本控制率", "反映成本情况", "不超预算"],
        [UP, "满意度指标", "居民满意度", "反映居民评价", "≥90%"],
    ]
    found = read([NAME, heads, *rows])
    levels = [(one.level1, one.level2, one.level3) for one in found.declaration.indicators]
    assert levels == [
        ("产出指标", "数量指标", "巡查次数"),
        ("产出指标", "数量指标", "清淤长度"),
        ("成本指标", None, "成本控制率"),
        ("满意度指标", "服务对象满意度指标", "居民满意度"),
    ]
    assert told(found) == []


def test_a_note_below_the_table_goes_on_to_its_end() -> None:
    note = "注：1.一级指标分值共100分。 其他资金包括：社会投入"
    found = read([NAME, HEADS, ROW, [note, LEFT, LEFT, LEFT, LEFT]])
    assert others(found.declaration) == [("注", "1.一级指标分值共100分。其他资金包括：社会投入")]
    assert told(found) == []


@pytest.mark.parametrize("head", ["得分系数（%）", "得分计算方法"])
def test_what_points_are_computed_by_is_no_score(head: str) -> None:
    heads = ["指标名称", "指标值", "实际完成值", head, "指标得分（分）"]
    (row,) = read([NAME, heads, ["巡查次数", "≥12次", "15次", "100", "20"]]).declaration.indicators
    assert row.score == 20


def test_several_level_2_names_outside_the_catalogue_are_another_schemes() -> None:
    rows = [
        ["产出指标", "重点任务落实", "巡查次数", "≥12次", ""],
        [UP, "职能目标达成", "清淤长度", "≥3公里", ""],
        ["效益指标", "职能成效", "受益人数", "≥3万人", ""],
    ]
    assert told(read([NAME, HEADS, *rows])) == []
    assert told(read([NAME, HEADS, ROW, *rows[2:]])) == ["level2_unknown"]


@pytest.mark.parametrize("head", ["内容", "指标内容"])
def test_what_stands_between_sign_and_unit_is_the_number(head: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "运算符号", head, "度量单位"]
    row = ["产出指标", "数量指标", "巡查次数", ">=", "12", "次"]
    found = read([["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT], heads, row])
    assert [one.target.raw for one in found.declaration.indicators] == [">=12次"]


def test_a_goal_that_names_no_time_beside_the_years_is_that_of_all_years() -> None:
    found = declaration(
        ["总体绩效目标", "水质达标", LEFT, LEFT, LEFT], ["年度绩效目标", "清淤三公里", LEFT, LEFT, LEFT]
    )
    assert (found.overall_goal, found.annual_goal) == ("水质达标", "清淤三公里")
    assert declaration(["总体绩效目标", "水质达标", LEFT, LEFT, LEFT]).annual_goal == "水质达标"


def test_a_goal_may_be_printed_in_several_rows() -> None:
    found = declaration(
        ["年度履职目标", "目标1：河道整洁。", LEFT, LEFT, LEFT], [UP, "目标2：水质达标。", LEFT, LEFT, LEFT]
    )
    assert found.annual_goal == "目标1：河道整洁。目标2：水质达标。"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["中期市财政预算（万元）", "90", "本年度申请市财政预算资金（万元）", "30", ""]], ["total all", "year all"]),
        ([["项目总金额（万元）", "90", "本年度项目金额（万元）", "30", ""]], ["total all", "year all"]),
        ([["实施周期金额", "90", LEFT, LEFT, LEFT], ["2025年金额", "30", LEFT, LEFT, LEFT]], ["total all", "year all"]),
        ([["当年预算", "30", LEFT, LEFT, LEFT]], ["year all"]),
        ([["主管部门", "水务局", "项目资金（万元）", "30", LEFT]], ["year all"]),
    ],
)
def test_money_is_known_by_its_time(rows: list[list[str]], expected: list[str]) -> None:
    scales = {"total": 900000, "year": 300000}
    assert amounts(declaration(*rows)) == [f"{one} {scales[one.split()[0]]}" for one in expected]


def test_sums_stand_for_the_block_and_for_the_part_beside_them() -> None:
    found = read(
        [
            NAME,
            ["项目资金", "合计", LEFT, "30", LEFT],
            [UP, "一般公共预算拨款", "小计", "30", LEFT],
            [UP, UP, "市本级", "20", LEFT],
            [UP, UP, "中央补助", "10", LEFT],
            [UP, "其他资金", LEFT, "", LEFT],
            HEADS,
            ROW,
        ]
    )
    assert amounts(found.declaration) == [
        "year all 300000",
        "year general_budget 300000",
        "year municipal 200000",
        "year central 100000",
    ]
    assert told(found) == []


def test_the_name_of_a_list_may_stand_before_its_first_label() -> None:
    found = declaration(
        ["部门预算总额", "30", LEFT, LEFT, LEFT],
        ["1、资金来源：（1）政府预算资金", "20", LEFT, LEFT, LEFT],
        ["（2）单位资金", "10", LEFT, LEFT, LEFT],
    )
    assert amounts(found) == ["year all 300000", "year fiscal 200000", "year own 100000"]


def test_a_figure_that_words_follow_is_no_amount() -> None:
    found = read([NAME, ["年度资金总额", "2025年河道资金38.75万元（专项资金37万元）", LEFT, LEFT, LEFT], HEADS, ROW])
    assert amounts(found.declaration) == []
    assert "not_money" in told(found)


def test_one_label_and_a_wider_value_are_a_pair() -> None:
    rows = [["主管部门", "水务局", LEFT, LEFT, LEFT], ["2.实施内容及过程", "按月巡查", LEFT, LEFT, LEFT]]
    assert others(declaration(*rows)) == [("2.实施内容及过程", "按月巡查")]


@pytest.mark.parametrize("year", ["预算年度：2025", "年度：2025年", "（2025年度）"])
def test_a_year_may_stand_behind_its_label(year: str) -> None:
    assert read([NAME, HEADS, ROW], "项目支出绩效目标表", year).declaration.fiscal_year == 2025


def test_a_project_of_one_year_says_its_year() -> None:
    rows = [NAME, ["项目期限", "2025年1月1日至2025年12月31日", LEFT, LEFT, LEFT], HEADS, ROW]
    found = read(rows, "项目支出绩效目标表")
    assert found.declaration.fiscal_year == 2025
    assert told(found) == []


def test_a_labelled_line_may_stand_between_a_title_and_a_table_that_is_told() -> None:
    rows = [["专项", "河道养护", "", ""], ["甲", "乙", "丙", "丁"], ["投入", "目标1", "按期", "100%"]]
    printed = document([line("2025年财政支出项目绩效目标表"), line("主管部门名称：水务局", y=70), grid(rows)])
    found = with_unread(understand(printed), printed)
    assert [finding.code for finding in found.all_findings] == ["unread_passage"]
