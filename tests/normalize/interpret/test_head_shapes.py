"""What forms say above their indicator tables, in shapes that no layout describes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.normalize.grids import HEADER, LEFT, UP, form
from tests.normalize.reader import read_form

NAME = ["项目名称", "河道养护", LEFT, "主管部门", "水务局"]
ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def test_an_unknown_head_beside_a_goal_is_not_its_text() -> None:
    goals = [
        ["年度总体目标", "年初设定目标", LEFT, "达成的情形", LEFT],
        [UP, "河道整洁干净。", LEFT, "河道已经整洁。", LEFT],
    ]
    read = read_form(form([NAME, *goals, HEADER, ROW])).declaration
    assert read.annual_goal == "河道整洁干净。"
    assert [(other.label, other.value) for other in read.other_fields] == [("达成的情形", "河道已经整洁。")]


def test_a_goal_beside_its_label_stays_what_it_is() -> None:
    goals = [["绩效目标", "年度绩效目标", "河道整洁", LEFT, LEFT], [UP, "实施计划", "分三期", LEFT, LEFT]]
    assert read_form(form([NAME, *goals, HEADER, ROW])).declaration.annual_goal == "河道整洁"


@pytest.mark.parametrize("side", ["绩效目标", "项目绩效目标"])
def test_one_text_beside_a_goals_side_is_the_goal_where_no_label_has_it(side: str) -> None:
    goal = [side, "三座水闸按时修好，两岸不再积水。", LEFT, LEFT, LEFT]
    assert read_form(form([NAME, goal, HEADER, ROW])).declaration.annual_goal == "三座水闸按时修好，两岸不再积水。"
    labelled = ["年度总体目标", "河道整洁。", LEFT, LEFT, LEFT]
    assert read_form(form([NAME, goal, labelled, HEADER, ROW])).declaration.annual_goal == "河道整洁。"


def test_the_heads_of_the_table_below_are_no_text_of_a_goal() -> None:
    goals = [["绩效目标", "长期目标", LEFT, "年度目标", LEFT], [UP, "河道整洁。", LEFT, "水闸修好。", LEFT]]
    table = [["", "三级指标", LEFT, "年度指标值", LEFT], ["绩效指标", "巡查次数", LEFT, "≥12(次)", LEFT]]
    read = read_form(form([NAME, *goals, *table])).declaration
    assert (read.overall_goal, read.annual_goal) == ("河道整洁。", "水闸修好。")


def test_a_heading_that_names_a_goal_has_no_text_of_its_own() -> None:
    goals = [["年度绩效目标", LEFT, LEFT, LEFT, LEFT], ["*年度绩效总目标", "河道整洁。", LEFT, LEFT, LEFT]]
    assert read_form(form([NAME, *goals, HEADER, ROW])).declaration.annual_goal == "河道整洁。"


def test_the_corner_of_a_matrix_and_a_column_of_words_are_no_money() -> None:
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT],
        ["预算执行情况", "年度预算数（万元）", "年初预算", "调整后预算数", "预算执行数", "原因"],
        [UP, "总额", "30.00", "40.00", "20.00", "年中追加，见说明。"],
        [UP, "其中：财政资金", "30.00", "35.00", "20.00", UP],
        [*HEADER, "备注"],
        [*ROW, ""],
    ]
    read = read_form(form(rows))
    funding = read.declaration.funding
    assert (funding.annual_funds, funding.annual_fiscal_appropriation) == (Decimal(400_000), Decimal(350_000))
    assert "money_unit_assumed" not in [finding.code for finding in read.findings]


def test_what_is_asked_for_stands_beside_what_was_spent_last_year() -> None:
    rows = [
        NAME,
        ["项目资金（万元）", "项目", "上年度安排资金", "本年度申请资金", "测算依据"],
        [UP, "合 计", "3.00", "4.00", "按实测算"],
        [UP, "市级资金", "3.00", "4.00", UP],
        HEADER,
        ROW,
    ]
    amounts = read_form(form(rows)).declaration.amounts
    assert [(amount.phase, amount.source, amount.amount) for amount in amounts] == [
        ("previous", "all", Decimal(30_000)),
        ("year", "all", Decimal(40_000)),
        ("previous", "municipal", Decimal(30_000)),
        ("year", "municipal", Decimal(40_000)),
    ]


def test_a_column_that_sums_up_the_others_is_all_the_money() -> None:
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT, LEFT],
        ["项目资金", "中央（万元）", "其他（万元）", "合计（万元）", "执行数（万元）"],
        [UP, "2.00", "1.00", "3.00", "2.50"],
        HEADER,
        ROW,
    ]
    assert read_form(form(rows)).declaration.funding.annual_funds == Decimal(30_000)


def test_points_beside_columns_of_money_are_known_by_their_wording() -> None:
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT, LEFT],
        ["项目资金", "全年预算数（万元）", "全年执行数（万元）", "分值", "执行率"],
        [UP, "2.00", "1.00", "10", "50%"],
        HEADER,
        ROW,
    ]
    assert "unknown_cell" not in [finding.code for finding in read_form(form(rows)).findings]


def test_a_column_of_money_that_nobody_knows_is_told() -> None:
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT, LEFT],
        ["项目资金", "中央（万元）", "乡里的（万元）", "其他（万元）", "执行数（万元）"],
        [UP, "2.00", "0.70", "1.00", "2.50"],
        HEADER,
        ROW,
    ]
    read = read_form(form(rows))
    assert [finding.raw for finding in read.findings if finding.code == "unknown_cell"] == ["乡里的（万元）\t0.70"]
    assert read.declaration.other_fields == ()


@pytest.mark.parametrize("label", ["预算部门", "主管部门"])
def test_the_one_department_on_a_departments_form_is_what_it_is_of(label: str) -> None:
    rows = [[label, "望溪县水务局", LEFT, LEFT, LEFT], ["年度总体目标", "河道整洁。", LEFT, LEFT, LEFT], HEADER, ROW]
    assert read_form(form(rows, "部门整体支出绩效目标表")).declaration.name == "望溪县水务局"


def test_of_two_departments_none_is_what_a_form_is_of() -> None:
    rows = [
        ["预算单位", "水务局", LEFT, "主管部门", "农业局"],
        ["年度总体目标", "整洁。", LEFT, LEFT, LEFT],
        HEADER,
        ROW,
    ]
    assert read_form(form(rows, "部门整体支出绩效目标表")).declaration.name is None


@pytest.mark.parametrize("printed", [("项目资金（万元）", "2.00"), ("项目资金", "2万元")])
def test_one_amount_beside_a_side_is_all_the_money_where_no_label_has_it(printed: tuple[str, str]) -> None:
    read = read_form(form([NAME, [*printed, LEFT, LEFT, LEFT], HEADER, ROW])).declaration
    assert read.funding.annual_funds == Decimal(20_000)


def test_a_sentence_beside_a_side_of_money_is_no_amount() -> None:
    read = read_form(form([NAME, ["项目资金", "2026年由区里安排", LEFT, LEFT, LEFT], HEADER, ROW])).declaration
    assert read.funding.annual_funds is None


def test_money_without_a_time_is_the_whole_lifes_beside_the_years() -> None:
    rows = [
        NAME,
        ["项目资金", "资金总额", "900万元", "当年资金总额：", "300万元"],
        [UP, "其中：财政拨款", "800万元", "其中：当年财政拨款", "200万元"],
        HEADER,
        ROW,
    ]
    both = read_form(form(rows)).declaration.funding
    assert (both.total_funds, both.total_fiscal_funds) == (Decimal(9_000_000), Decimal(8_000_000))
    assert (both.annual_funds, both.annual_fiscal_appropriation) == (Decimal(3_000_000), Decimal(2_000_000))
    alone = [NAME, ["项目资金", "资金总额", "900万元", LEFT, LEFT], HEADER, ROW]
    single = read_form(form(alone)).declaration.funding
    assert (single.total_funds, single.annual_funds) == (None, Decimal(9_000_000))
