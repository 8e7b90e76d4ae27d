"""The head of forms of any kind: pairs of unknown labels, blocks and matrices of money, goals, results, and tasks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perftable_etl.normalize.interpret.declaration import Interpretation, Surroundings, interpret
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.layouts.titles import project_in_title, title_year
from perftable_etl.records import Declaration
from tests.normalize.grids import LEFT, UP, Rows, form
from tests.normalize.reader import LAYOUTS, labelled

HEADS = ["一级指标", "二级指标", "三级指标", "年度指标值", "备注"]
ROW = ["产出指标", "数量指标", "巡查次数", "≥12次", ""]
NAME = ["项目名称", "河道养护", LEFT, LEFT, LEFT]
TITLE = "2025年度项目支出绩效目标表"


def read(rows: Rows, *headings: str) -> Interpretation:
    """What a form means that no layout claims."""
    return interpret(labelled(form(rows, *(headings or (TITLE, "单位：万元")))), LAYOUTS.generic, 1, Surroundings())


def declaration(*rows: list[str]) -> Declaration:
    return read([NAME, *rows, HEADS, ROW]).declaration


def others(*rows: list[str]) -> list[tuple[str, str]]:
    return [(other.label, other.value) for other in declaration(*rows).other_fields]


def amounts(found: Declaration) -> list[str]:
    return [f"{one.phase} {one.source} {one.amount:f}" for one in found.amounts if one.amount is not None]


def told(found: Interpretation) -> list[str]:
    return [finding.code for finding in found.findings if finding.severity != "info"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["主管部门", "水务局", "归口科室", "农业科", LEFT], [("归口科室", "农业科")]),
        (["归口科室", "农业科", LEFT, LEFT, LEFT], [("归口科室", "农业科")]),
        (["归口科室", "农业科", "项目期", "3年", LEFT], [("归口科室", "农业科"), ("项目期", "3年")]),
        (["基本信息", "编制人数", "750", "下属单位数", "10"], [("编制人数", "750"), ("下属单位数", "10")]),
        (["填报人：张三 联系电话：0210000", LEFT, LEFT, LEFT, LEFT], [("填报人", "张三"), ("联系电话", "0210000")]),
        (["归口科室", "", LEFT, LEFT, LEFT], []),
    ],
)
def test_a_label_that_nobody_knows_is_known_by_its_place(row: list[str], expected: list[tuple[str, str]]) -> None:
    assert others(row) == expected


@pytest.mark.parametrize("text", ["归口科室", "一、基本情况", "是否为专项资金：", "实施（主管）单位", "1、事业收入"])
def test_what_may_be_a_label(text: str) -> None:
    assert may_be_label(text)


@pytest.mark.parametrize("text", ["", "3年", "300.00", "≥12次", "河道整洁。", "2025-01-01", "完成巡查，养护达标"])
def test_what_is_no_label(text: str) -> None:
    assert not may_be_label(text)


def test_a_single_block_is_the_years() -> None:
    found = declaration(
        ["项目资金", "年度资金总额：", LEFT, "80", LEFT],
        [UP, "其中：财政拨款", LEFT, "60", LEFT],
        [UP, "（二）自有资金", LEFT, "20万", LEFT],
    )
    assert amounts(found) == ["year all 800000", "year fiscal 600000", "year own 200000"]
    assert found.funding.annual_funds == Decimal(800_000)
    assert found.funding.annual_fiscal_appropriation == Decimal(600_000)


def test_a_block_led_by_the_whole_life_is_that() -> None:
    found = declaration(
        ["项目资金", "中期资金总额：", "170", "年度资金总额：", "34"],
        [UP, "其中：财政拨款", "170", "其中：财政拨款", "34"],
    )
    assert amounts(found) == ["total all 1700000", "year all 340000", "total fiscal 1700000", "year fiscal 340000"]


def test_a_matrix_gives_each_amount_its_source_and_its_phase() -> None:
    found = declaration(
        ["项目资金", "", "年初预算数", "全年预算数（A）", "全年执行数（B）"],
        [UP, "年度资金总额", "10", "12", "9"],
        [UP, "其中：当年财政拨款", "10", "12", "9"],
    )
    assert amounts(found)[:3] == ["initial all 100000", "adjusted all 120000", "executed all 90000"]
    assert amounts(found)[3:] == ["initial fiscal 100000", "adjusted fiscal 120000", "executed fiscal 90000"]
    assert found.funding.annual_funds == Decimal(120_000)
    assert found.other_fields == ()


def test_a_matrix_may_have_levels_of_government_for_columns() -> None:
    found = declaration(
        ["资金情况", "中央资金", "省级资金", "市级资金", "本级"],
        [UP, "1", "2", "3", "4"],
    )
    assert amounts(found) == [
        "year central 10000", "year provincial 20000", "year municipal 30000", "year county 40000",
    ]  # fmt: skip


def test_an_unknown_row_of_money_is_told_as_one_and_kept() -> None:
    rows = [
        ["项目资金", "", "年初预算数", "全年预算数", "全年执行数"],
        [UP, "年度资金总额", "10", "12", "9"],
        [UP, "社会捐助", "1", "2", "3"],
    ]
    found = read([NAME, *rows, HEADS, ROW])
    assert [finding.raw for finding in found.findings if finding.code == "unknown_cell"] == ["社会捐助\t1\t2\t3"]
    assert [cell.text for cell in found.declaration.unread_cells] == ["社会捐助", "1", "2", "3"]


def test_a_goals_label_beside_goals_only_says_what_they_are() -> None:
    found = declaration(
        ["总体目标", "长期目标", LEFT, "年度目标", LEFT],
        [UP, "三年内达标。", LEFT, "完成养护。", LEFT],
    )
    assert (found.overall_goal, found.annual_goal) == ("三年内达标。", "完成养护。")


def test_what_was_reached_stands_beside_what_was_expected() -> None:
    found = declaration(
        ["年度总体目标", "预期目标", LEFT, "实际完成情况", LEFT],
        [UP, "完成养护。", LEFT, "已完成。", LEFT],
    )
    assert (found.annual_goal, found.actual_goal) == ("完成养护。", "已完成。")


REPORT = ["一级指标", "三级指标", "年度指标值", "分值", "得分"]


def test_a_report_has_its_points_and_grade_in_a_row_that_sums_up() -> None:
    rows = [NAME, REPORT, ["产出指标", "巡查次数", "≥12次", "90", "86"], ["总分", LEFT, LEFT, "100", "96"]]
    found = read(rows).declaration
    assert (found.form_kind, found.score) == ("self_evaluation", Decimal(96))


def test_the_sum_of_weights_is_no_score() -> None:
    heads = ["一级指标", "三级指标", LEFT, "年度指标值", "分值"]
    rows = [NAME, heads, ["产出指标", "巡查次数", LEFT, "≥12次", "90"], ["总分", LEFT, LEFT, LEFT, "100"]]
    assert read(rows).declaration.score is None


def test_a_department_has_tasks_and_is_what_its_form_is_of() -> None:
    rows = [
        ["部门名称", "水务局", LEFT, LEFT, LEFT],
        ["年度主要任务", "任务名称", "主要内容", LEFT, "预算金额（元）"],
        [UP, "养护河道", "巡查与清淤。", LEFT, "300"],
        [UP, "改造管网", "更换旧管。", LEFT, "500"],
        [UP, "金额合计", LEFT, LEFT, "800"],
    ]
    found = read([*rows, HEADS, ROW], "部门整体支出绩效目标表", "单位：元").declaration
    assert (found.form_kind, found.name) == ("department", "水务局")
    assert [(task.name, task.content, task.amount) for task in found.tasks] == [
        ("养护河道", "巡查与清淤。", Decimal(300)),
        ("改造管网", "更换旧管。", Decimal(500)),
    ]


def test_a_period_is_a_start_and_an_end() -> None:
    found = read([NAME, ["项目起止时间", "2025年1月至12月", LEFT, LEFT, LEFT], HEADS, ROW])
    assert (str(found.declaration.start_date), str(found.declaration.end_date)) == ("2025-01-01", "2025-12-31")
    assert told(found) == []


def test_a_label_with_one_wrong_character_names_the_known_one() -> None:
    found = read([NAME, ["主管郎门", "水务局", LEFT, LEFT, LEFT], HEADS, ROW])
    assert told(found) == ["label_nearly_known"]
    assert "主管部门" in next(finding.message for finding in found.findings if finding.code == "label_nearly_known")


@pytest.mark.parametrize(
    ("title", "name", "year"),
    [
        ("雨露计划绩效目标申报表", "雨露计划", None),
        ("2025年农村危房改造补助资金绩效目标表", "农村危房改造补助资金", 2025),
        ("青岚区公安局2022年度辅警人员经费绩效自评工作报告", "辅警人员经费", 2022),
        ("2023年市级部门整体预算绩效目标表", None, 2023),
        ("3、青财社〔2023〕12号下达2024年养护补助绩效目标表", "青财社(2023)12号下达2024年养护补助", 2024),
        ("财政项目支出绩效目标申报表", None, None),
        ("青岚区水务局项目支出绩效目标表", None, None),
    ],
)
def test_a_title_may_name_the_project_and_the_year(title: str, name: str | None, year: int | None) -> None:
    assert (project_in_title(title), title_year(title)) == (name, year)


def test_a_name_in_a_heading_only_is_taken_and_said() -> None:
    found = read([["主管部门", "水务局", LEFT, LEFT, LEFT], HEADS, ROW], "雨露计划绩效目标申报表", "2025年")
    assert found.declaration.name == "雨露计划"
    assert "name_from_heading" in [finding.code for finding in found.findings]


def test_a_lost_label_at_the_top_may_be_the_names() -> None:
    rows = [["事业名称", "河道养护", LEFT, LEFT, LEFT], ["主管部门", "水务局", LEFT, LEFT, LEFT], HEADS, ROW]
    found = read(rows, "雨露计划绩效目标申报表", "2025年")
    assert found.declaration.name is None


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("项目一：河道养护", "河道养护"),
        ("项目：河道养护", "河道养护"),
        ("（二）河道养护经费", "河道养护经费"),
        ("3.河道养护专项", "河道养护专项"),
        ("二、项目支出", None),
        ("（一）部门预算项目", None),
        ("三、做好河道养护，落实专项资金", None),
        ("河道养护经费", None),
    ],
)
def test_a_heading_that_is_no_title_may_name_the_project(heading: str, name: str | None) -> None:
    found = read([HEADS, ROW], TITLE, heading)
    assert found.declaration.name == name
    assert ("name_from_heading" in [finding.code for finding in found.findings]) == (name is not None)
    assert ("unknown_line" in [finding.code for finding in found.findings]) == (name is None)


def test_lines_above_the_table_stand_in_for_what_it_does_not_print() -> None:
    line = "项目名称：河道巡查　　主管部门：青岚区水务局　　联系人：张三"
    alone, beside = (read([*rows, HEADS, ROW], TITLE, line).declaration for rows in ([], [NAME]))
    assert (alone.name, alone.competent_department) == ("河道巡查", "青岚区水务局")
    assert [(other.label, other.value) for other in alone.other_fields] == [("联系人", "张三")]
    assert (beside.name, beside.competent_department) == ("河道养护", "青岚区水务局")
    assert [source.raw for source in alone.sources if source.field == "name"] == ["河道巡查"]


def test_an_unknown_column_of_amounts_beside_tasks_is_told() -> None:
    rows = [
        ["部门名称", "水务局", LEFT, LEFT, LEFT],
        ["年度主要任务", "任务名称", "主要内容", "盘子", "说明文字"],
        [UP, "养护河道", "巡查与清淤。", "300", "按季"],
    ]
    known = [[*rows[1][:3], "总额", "财政拨款"], [UP, "养护河道", "巡查与清淤。", "300", "200"]]
    assert told(read([rows[0], *known, HEADS, ROW], "部门整体支出绩效目标表", "单位：元")) == []
    found = read([*rows, HEADS, ROW], "部门整体支出绩效目标表", "单位：元")
    assert [cell.text for cell in found.declaration.unread_cells] == ["盘子", "300"]
    assert "按季" in found.declaration.tasks[0].raw
