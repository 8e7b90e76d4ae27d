"""The shapes of indicator tables: whatever the order of their columns, each cell ends in the field that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.normalize.grids import LEFT, UP
from tests.normalize.interpret.tables import read_table

LEVELS = ["一级指标", "二级指标", "三级指标"]
OUTPUT = ["产出指标", "数量指标"]


def test_a_head_over_sign_number_and_unit_is_that_of_one_target() -> None:
    read = read_table(
        [
            ["绩效指标", *LEVELS, "预期指标值", LEFT, LEFT, "实际完成值", "自评得分", LEFT],
            [UP, UP, UP, UP, "符号", "值", "单位", UP, "单项指标得分", "权重占比(%)"],
            [UP, *OUTPUT, "巡查次数", ">=", "12", "次", "13", "9.5", "10"],
            [UP, UP, "质量指标", "合格率", "定性", "优", "无", "优", "10", "10"],
        ]
    )
    first, second = read.indicators
    assert read.leaves == [("巡查次数", ">=12次"), ("合格率", "定性优无")]
    assert (first.target.operator, first.target.value, first.target.unit) == (">=", Decimal(12), "次")
    assert (first.weight, first.score, first.actual and first.actual.value) == (
        Decimal(10),
        Decimal("9.5"),
        Decimal(13),
    )
    assert (second.level1, second.level2, second.target.kind) == ("产出指标", "质量指标", "qualitative")
    pieces = [(source.field, source.raw) for source in first.sources if source.field == "target"]
    assert pieces == [("target", ">="), ("target", "12"), ("target", "次")]
    assert read.warnings == []


def test_a_header_of_two_rows_without_merged_heads() -> None:
    read = read_table(
        [
            ["绩效指标", LEFT, LEFT, "年度指标值", LEFT, LEFT, "分值"],
            [*LEVELS, "指标性质", "指标值", "度量单位", ""],
            [*OUTPUT, "巡查次数", "≧", "12", "次", "10"],
        ]
    )
    assert read.leaves == [("巡查次数", "≧12次")]
    assert read.indicators[0].weight == 10
    assert read.warnings == []


def test_an_unknown_head_beside_the_pieces_of_a_target_is_of_no_place() -> None:
    read = read_table(
        [
            [*LEVELS, "年度指标值", LEFT, LEFT],
            [UP, UP, UP, "比较号", "指标值", "量纲"],
            [*OUTPUT, "巡查次数", "≥", "12", "次"],
            [UP, UP, "检查次数", "≥", "13", "次"],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次"), ("检查次数", "≥13次")]
    assert [row.area for row in read.indicators] == [None, None]


@pytest.mark.parametrize("further", [[], ["分值"], ["分值", "备注"]])
def test_a_label_may_stand_over_the_levels(further: list[str]) -> None:
    beside = ["指标值", *further]
    read = read_table(
        [
            ["绩效指标", LEFT, LEFT, *beside],
            [*LEVELS, *(UP for _ in beside)],
            [*OUTPUT, "巡查次数", "≥12次", *("10" for _ in further)],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次")]
    assert read.warnings == []


def test_levels_may_be_missing_and_heads_without_their_noun() -> None:
    short = read_table([["一级", "二级", "三级", "年度数值"], [*OUTPUT, "巡查次数", "≥12次"]])
    assert [(row.level1, row.level2) for row in short.indicators] == [("产出指标", "数量指标")]
    second_only = read_table([["二级指标", "指标内容", "指标值"], ["数量指标", "巡查次数", "≥12次"]])
    assert [(row.level1, row.level1_raw) for row in second_only.indicators] == [("产出指标", "")]
    none = read_table([["指标名称", "计量单位", "指标性质", "指标值"], ["巡查次数", "次", "≥", "12"]])
    assert none.leaves == [("巡查次数", "≥12次")]
    assert (none.indicators[0].level1, none.indicators[0].level2) == (None, None)
    assert short.warnings == second_only.warnings == none.warnings == []


def test_an_unknown_column_shifts_nothing_and_is_told_once() -> None:
    read = read_table(
        [
            [*LEVELS, "责任科室", "指标值", "分值"],
            [*OUTPUT, "巡查次数", "办公室", "≥12次", "10"],
            [UP, UP, "检查次数", "财务科", "≥13次", "20"],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次"), ("检查次数", "≥13次")]
    assert [row.weight for row in read.indicators] == [10, 20]
    assert read.warnings == [("unknown_cell", "办公室")]
    assert "责任科室" in read.findings[-1].message


def test_the_column_of_signs_is_told_by_its_signs() -> None:
    read = read_table(
        [
            ["三级指标", "指标性质", "指标方向", "指标值", "计量单位"],
            ["巡查次数", "正向", "大于等于", "12", "次"],
            ["投诉次数", "反向", "小于等于", "3", "次"],
            ["开展情况", "定性", "", "良好", ""],
        ]
    )
    assert [(row.target.operator, row.direction) for row in read.indicators] == [
        (">=", "higher"),
        ("<=", "lower"),
        (None, None),
    ]
    assert read.warnings == []


def test_points_may_stand_before_the_target_and_remarks_anywhere() -> None:
    read = read_table(
        [
            [*LEVELS, "分值", "指标值", "全年完成值", "得分", "未完成原因分析", "备注", "评价标准"],
            [*OUTPUT, "巡查次数", "20", "≥12次", "10次", "16", "疫情影响", "按季度", "每少一次扣1分"],
        ]
    )
    (row,) = read.indicators
    assert (row.weight, row.score, row.reason, row.remark) == (
        Decimal(20),
        Decimal(16),
        "疫情影响",
        "按季度；每少一次扣1分",
    )
    assert (row.target.value, row.actual and row.actual.raw) == (Decimal(12), "10次")
    assert read.warnings == []


def test_points_that_are_no_number_are_told() -> None:
    read = read_table([[*LEVELS, "指标值", "得分"], [*OUTPUT, "巡查次数", "≥12次", "优"]])
    assert read.indicators[0].score is None


def test_rows_that_sum_up_and_notes_are_no_indicators() -> None:
    read = read_table(
        [
            [*LEVELS, "指标值", "实际完成值", "分值", "得分"],
            [*OUTPUT, "巡查次数", "≥12次", "13次", "10", "9"],
            ["合计", LEFT, LEFT, LEFT, LEFT, "10", "9"],
            ["其他需要说明事项", LEFT, "无", LEFT, LEFT, LEFT, LEFT],
            ["填报人", "张三", "联系电话", "80000000", LEFT, LEFT, LEFT],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次")]
    (table,) = read.tables
    assert (table.rows, table.totals, table.end_row) == ((1,), (2,), 3)


def test_names_that_were_left_open_are_no_indicators() -> None:
    read = read_table(
        [
            [*LEVELS, "指标值", "分值"],
            [*OUTPUT, "指标1：巡查次数", "≥12次", "10"],
            [UP, UP, "指标2：", "", ""],
            [UP, UP, "……", "/", ""],
            [UP, "质量指标", "指标1：/", "", "/"],
            [UP, "时效指标", "指标2：", "", "5"],
        ]
    )
    assert read.leaves == [("指标1：巡查次数", "≥12次")]
    assert [raw for _, raw in read.warnings] == []


def test_a_note_begins_in_the_column_of_the_side_label() -> None:
    read = read_table(
        [
            ["绩效指标", "指标内容", LEFT, "指标值"],
            [UP, "巡查次数", LEFT, "≥12次"],
            ["其他需要说明的问题", LEFT, "本项目为延续性项目", LEFT],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次")]


def test_a_note_may_have_the_columns_of_a_name_and_a_target() -> None:
    read = read_table([["指标内容", "指标值"], ["巡查次数", "≥12次"], ["其他需要说明的问题", "本项目为延续性项目"]])
    assert read.leaves == [("巡查次数", "≥12次")]


def test_a_note_fills_all_columns_beside_the_names() -> None:
    read = read_table(
        [
            ["指标内容", "分值", "指标值", "得分"],
            ["巡查次数", "10", "≥12次", "9"],
            ["其他需要说明的问题", "本项目为延续性项目", LEFT, LEFT],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次")]


def test_tables_side_by_side_are_for_two_times() -> None:
    read = read_table(
        [
            ["总体目标", "中期目标", LEFT, LEFT, LEFT, "年度目标", LEFT, LEFT],
            ["绩效指标", *LEVELS, "指标值", "二级指标", "三级指标", "指标值"],
            [UP, *OUTPUT, "巡查次数", "≥36次", "数量指标", "巡查次数", "≥12次"],
            [UP, UP, "质量指标", "合格率", "≥95%", "质量指标", "", ""],
        ]
    )
    assert [(row.phase, row.level2, *leaf) for row, leaf in zip(read.indicators, read.leaves, strict=True)] == [
        ("total", "数量指标", "巡查次数", "≥36次"),
        ("total", "质量指标", "合格率", "≥95%"),
        ("year", "数量指标", "巡查次数", "≥12次"),
    ]
    assert [row.ordinal for row in read.indicators] == [1, 2, 3]
    assert read.warnings == []


def test_one_of_two_tables_may_be_empty() -> None:
    read = read_table(
        [
            ["", "中期目标", LEFT, LEFT, LEFT, "年度目标", LEFT, LEFT],
            ["绩效指标", *LEVELS, "指标值", "二级指标", "三级指标", "指标值"],
            [UP, *OUTPUT, "", "", "数量指标", "巡查次数", "≥12次"],
        ]
    )
    assert [(row.phase, row.level1) for row in read.indicators] == [("year", "产出指标")]


def test_tables_one_below_the_other_are_for_two_times() -> None:
    header = [*LEVELS, "指标值"]
    read = read_table(
        [
            ["长期绩效指标", *header],
            [UP, *OUTPUT, "巡查次数", "≥36次"],
            ["年度绩效指标", *header],
            [UP, *OUTPUT, "巡查次数", "≥12次"],
            [UP, UP, "质量指标", "合格率", "≥95%"],
        ]
    )
    assert [(row.phase, row.level3) for row in read.indicators] == [
        ("total", "巡查次数"),
        ("year", "巡查次数"),
        ("year", "合格率"),
    ]
    assert read.warnings == []


def test_a_repeated_header_goes_on_with_the_table() -> None:
    header = [*LEVELS, "指标值"]
    read = read_table([header, [*OUTPUT, "巡查次数", "≥12次"], header, ["", "", "检查次数", "≥13次"]])
    assert [(row.ordinal, row.level2) for row in read.indicators] == [(1, "数量指标"), (2, "数量指标")]
    assert len(read.tables) == 1


def test_several_columns_of_targets_give_a_row_each() -> None:
    halves = read_table(
        [
            [*LEVELS, "指标值", LEFT, "分值"],
            [UP, UP, UP, "半年", "全年", UP],
            [*OUTPUT, "巡查次数", "≥6次", "≥12次", "10"],
        ]
    )
    assert [(row.phase, row.target.raw, row.weight) for row in halves.indicators] == [
        ("half_year", "≥6次", Decimal(10)),
        ("year", "≥12次", Decimal(10)),
    ]
    counties = read_table([[*LEVELS, "甲县", "乙区", "指标值"], [*OUTPUT, "巡查次数", "≥6次", "≥7次", "≥13次"]])
    assert [(row.area, row.target.raw) for row in counties.indicators] == [
        ("甲县", "≥6次"),
        ("乙区", "≥7次"),
        (None, "≥13次"),
    ]
    assert len(read_table([[*LEVELS, "甲县", "乙区"], [*OUTPUT, "巡查次数", "≥6次", "≥7次"]]).indicators) == 2
    villages = read_table(
        [
            ["一级", *LEVELS[1:], "指标解释", "符号", "望溪镇清泉村", "东门街道办"],
            [*OUTPUT, "合格率（%）", "说明", "≥", "90", "95"],
        ]
    )
    assert [(row.area, row.target.raw) for row in villages.indicators] == [
        ("望溪镇清泉村", "≥90"),
        ("东门街道办", "≥95"),
    ]
    under_one = read_table(
        [
            [*LEVELS, "年度指标值", LEFT],
            [UP, UP, UP, "甲县", "乙区"],
            [*OUTPUT, "巡查次数", "≥6次", "≥7次"],
        ]
    )
    assert [(row.area, row.target.raw, row.phase) for row in under_one.indicators] == [
        ("甲县", "≥6次", "year"),
        ("乙区", "≥7次", "year"),
    ]
    assert halves.warnings == under_one.warnings == []


def test_places_alone_may_head_the_targets() -> None:
    read = read_table([["指标内容", "青岚区", "云栖区"], ["巡查次数", "≥12次", "≥13次"]])
    assert [(row.area, row.target.raw) for row in read.indicators] == [("青岚区", "≥12次"), ("云栖区", "≥13次")]


def test_the_target_of_the_whole_life_beside_the_years_is_a_remark() -> None:
    read = read_table([[*LEVELS, "实施周期指标值", "年度指标值"], [*OUTPUT, "巡查次数", "≥36次", "≥12次"]])
    (row,) = read.indicators
    assert (row.phase, row.target.raw, row.remark) == ("year", "≥12次", "实施周期指标值：≥36次")
    alone = read_table([[*LEVELS, "实施周期指标值"], [*OUTPUT, "巡查次数", "≥36次"]])
    assert [row.phase for row in alone.indicators] == ["total"]


@pytest.mark.parametrize(
    ("heads", "row", "remark"),
    [
        (("年初目标值", "全年预计完成值"), ("≥12次", "≥13次"), "全年预计完成值：≥13次"),
        (("年度指标值", "全年目标"), ("≥12次", "≥13次"), "全年目标：≥13次"),
        (("上年指标值", "预期当年实现值"), ("10次", "≥12次"), "上年指标值：10次"),
        (("一季度", "全年指标值"), ("3次", "≥12次"), "一季度：3次"),
    ],
)
def test_beside_the_years_target_another_is_a_remark(heads: Sequence[str], row: Sequence[str], remark: str) -> None:
    read = read_table([[*LEVELS, *heads], [*OUTPUT, "巡查次数", *row]])
    assert [(one.phase, one.area, one.target.raw, one.remark) for one in read.indicators] == [
        ("year", None, "≥12次", remark)
    ]
    assert read.warnings == []


def test_heads_among_the_rows_that_are_not_all_known_are_no_row() -> None:
    rows = [["三级指标", "指标值"], ["巡查次数", "≥12次"], ["衡算类目", "指标值"], ["知晓率", "≥90%"]]
    read = read_table(rows)
    assert read.leaves == [("巡查次数", "≥12次"), ("知晓率", "≥90%")]
    assert read.warnings == [("unknown_cell", "衡算类目")]


def test_a_row_of_sums_is_no_row_whatever_its_label() -> None:
    rows = [
        ["三级指标", "指标值", "分值", "得分"],
        ["巡查次数", "≥12次", "20", "18"],
        ["知晓率", "≥90%", "30", "30"],
        ["全部", "", "50", "48"],
    ]
    assert read_table(rows).leaves == [("巡查次数", "≥12次"), ("知晓率", "≥90%")]
    other = read_table([*rows[:3], ["全部", "", "50", "47"]])
    assert other.leaves[2:] == [("全部", "")]


def test_of_two_tables_each_says_what_time_it_is_for_or_it_is_told() -> None:
    first, second = (
        [[side, *LEVELS, "指标值"], [UP, *OUTPUT, name, "≥12次"]]
        for side, name in (("远景", "甲"), ("年度绩效指标", "乙"))
    )
    assert read_table([*first, *second]).warnings == [("unknown_cell", "远景")]
    assert read_table(first).warnings == []


def test_columns_of_ticks_say_their_heads() -> None:
    rows = [
        [*LEVELS, "指标值", "核心指标", "已完成", "未完成"],
        [*OUTPUT, "巡查次数", "≥12次", "√", "√", ""],
        [*OUTPUT, "出动人次", "≥100人次", "", "", "✓"],
    ]
    read = read_table(rows)
    assert [(row.actual, row.remark) for row in read.indicators] == [
        (None, "核心指标：√；已完成：√"),
        (None, "未完成：✓"),
    ]
    assert read.warnings == []


def test_one_column_of_ticks_alone_may_say_what_was_reached() -> None:
    (row,) = read_table([[*LEVELS, "指标值", "完成情况"], [*OUTPUT, "巡查次数", "≥12次", "√"]]).indicators
    assert row.actual is not None
    assert (row.actual.raw, row.remark) == ("√", None)


def test_unknown_heads_below_that_of_the_target_are_told_by_what_they_hold() -> None:
    """They are no places: signs and units are pieces of one target."""
    rows = [
        [*LEVELS, "年度指标值", LEFT, LEFT],
        [UP, UP, UP, "量纲", "定额", "比较号"],
        [*OUTPUT, "巡查次数", "次", "12", "≥"],
        [*OUTPUT, "河道整洁", "", "整洁", "定性"],
    ]
    assert [(row.area, row.target.raw) for row in read_table(rows).indicators] == [(None, "≥12次"), (None, "定性整洁")]


def test_a_column_of_names_that_holds_levels_is_described_by_another() -> None:
    read = read_table(
        [
            ["指标类型", "指标名称", "指标值", "指标描述"],
            ["产出指标", "数量指标", "≥12次", "巡查次数"],
            [UP, "质量指标", "≥95%", "合格率"],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次"), ("合格率", "≥95%")]
    assert [(row.level1, row.level2) for row in read.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]
    assert read.warnings == []


def test_one_column_may_hold_names_of_both_levels() -> None:
    read = read_table(
        [
            ["指标类型", "指标名称", "指标性质", "指标值", "计量单位"],
            ["数量指标", "巡查次数", "≥", "12", "次"],
            ["效益类指标", "就业率", "≥", "95", "%"],
        ]
    )
    assert [(row.level1, row.level2) for row in read.indicators] == [("产出指标", "数量指标"), ("效益指标", None)]
    assert read.warnings == []


def test_levels_may_be_told_by_what_their_columns_hold() -> None:
    read = read_table(
        [
            ["评价指标", "评价内容", "指标名称", "指标说明", "目标值", "分值"],
            ["项目年度绩效目标", "产出数量指标", "巡查次数", "达到目标值", "12", "10"],
            [UP, "质量指标", "合格率", "达到目标值", "95%", "10"],
        ]
    )
    assert [(row.level2, row.level3, row.remark) for row in read.indicators] == [
        ("数量指标", "巡查次数", "达到目标值"),
        ("质量指标", "合格率", "达到目标值"),
    ]
    assert read.warnings == []


def test_what_is_measured_may_stand_below_any_head() -> None:
    read = read_table(
        [
            ["一级指标", "二级指标", "衡量事项", "指标值"],
            [*OUTPUT, "巡查次数", "≥12次"],
            [UP, UP, "检查次数", "≥13次"],
        ]
    )
    assert read.leaves == [("巡查次数", "≥12次"), ("检查次数", "≥13次")]
    assert read.warnings == []


def test_levels_alone_may_have_points() -> None:
    read = read_table(
        [
            ["一级指标", "二级指标", "分值", "得分"],
            ["产出指标", "数量指标", "20", "18"],
            [UP, "质量指标", "30", "30"],
            ["总分", LEFT, "50", "48"],
        ]
    )
    assert [(row.level2, row.level3, row.weight, row.score) for row in read.indicators] == [
        ("数量指标", "数量指标", Decimal(20), Decimal(18)),
        ("质量指标", "质量指标", Decimal(30), Decimal(30)),
    ]
    assert read.warnings == []


def test_a_label_beside_the_rows_heads_no_column() -> None:
    read = read_table(
        [
            ["年度绩效目标值1（80分）", *LEVELS, "年初目标值(A)", "得分"],
            [UP, *OUTPUT, "巡查次数", "12次", "10"],
            [UP, UP, UP, "检查次数", "13次", "10"],
            [UP, UP, UP, "整改次数", "13次", "10"],
        ]
    )
    assert [name for name, _ in read.leaves] == ["巡查次数", "检查次数", "整改次数"]
    assert [row.score for row in read.indicators] == [10, 10, 10]


def test_a_head_may_stand_over_several_cells() -> None:
    read = read_table(
        [
            ["一级指标", "二级指标", "三级指标", LEFT, "指标值", LEFT, LEFT],
            [*OUTPUT, "覆盖率", "享受人数占应享受人数的比例", "≥", "98", "%"],
            [UP, UP, "培训", "场次", "≥", "5", "场"],
            [UP, UP, UP, "人数", "≥", "50", "人"],
        ]
    )
    assert read.leaves == [("覆盖率", "≥98%"), ("培训场次", "≥5场"), ("培训人数", "≥50人")]
    assert read.indicators[0].remark == "享受人数占应享受人数的比例"
    assert read.warnings == []


def test_money_and_tasks_are_no_indicators() -> None:
    money = [
        ["", LEFT, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", LEFT, "0", "12", "12", "10", "100%", "10"],
    ]
    tasks = [["名称", "主要实施内容", "拟投入的资金（万元）", "期望达到的目标"], ["巡查", "巡查河道", "12", "河道整洁"]]
    assert read_table(money).tables == read_table(tasks).tables == ()


def test_satisfaction_is_printed_under_benefits_too_often_to_be_told() -> None:
    level2 = "社会公众或服务对象满意度指标"
    read = read_table([[*LEVELS, "指标值"], ["效益指标", level2, "群众满意度", "≥90%"]])
    assert [(row.level1, row.level2) for row in read.indicators] == [("满意度指标", "服务对象满意度指标")]
    assert read.warnings == []
    assert "level1_differs" in [finding.code for finding in read.findings]
