"""Names of blocks, sections and columns of labels, and lists of amounts: known by their shape, whatever they say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from perftable_etl.normalize.checks.consistency import check
from perftable_etl.normalize.interpret.declaration import Interpretation
from tests.normalize.grids import HEADER, LEFT, UP, form
from tests.normalize.reader import read_generic

NAME = ["项目名称", "河道养护", LEFT, "主管部门", "水务局"]
ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
SECTION = ["基本情形", LEFT, LEFT, LEFT, LEFT]


def read(*rows: Sequence[str]) -> Interpretation:
    return read_generic(form([NAME, *rows, HEADER, ROW], "2025年度项目绩效目标表", "单位：万元"))


def told(result: Interpretation) -> list[str]:
    return [f"{finding.code}: {finding.raw}" for finding in result.findings if finding.severity != "info"]


def amounts(result: Interpretation) -> list[tuple[str, str, Decimal | None]]:
    return [(one.phase, one.source, one.amount) for one in result.declaration.amounts]


def others(result: Interpretation) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in result.declaration.other_fields]


def test_a_cell_as_wide_as_the_table_names_a_section() -> None:
    result = read(SECTION, ["项目类别", "特定目标类", LEFT, "项目性质", "延续"])
    assert (told(result), result.declaration.unread_cells) == ([], ())


def test_a_text_as_wide_as_the_table_is_told() -> None:
    assert told(read(["本项目由三个乡镇一起实施。", LEFT, LEFT, LEFT, LEFT])) != []


def test_amounts_in_one_column_below_their_head() -> None:
    rows = [
        ["钱款由来10分", "来源", LEFT, "金额", LEFT],
        [UP, "合计", LEFT, "30.00", LEFT],
        [UP, "1.一般公共预算拨款", LEFT, "20.00", LEFT],
        [UP, "2.经营所得", LEFT, "10.00", LEFT],
        [UP, "3.捐赠所得", LEFT, "", LEFT],
    ]
    result = read(["项目总投资", "90.00", LEFT, "项目期", "三年"], *rows)
    assert amounts(result) == [
        ("total", "all", Decimal(900000)),
        ("year", "all", Decimal(300000)),
        ("year", "general_budget", Decimal(200000)),
    ]
    assert others(result) == [("项目期", "三年"), ("2.经营所得 金额", "10.00")]
    assert told(result) == []


def test_a_list_of_what_money_is_for_is_no_list_of_sources() -> None:
    rows = [
        ["支出明细", "支出名目", LEFT, "金额", LEFT],
        [UP, "合计", LEFT, "30.00", LEFT],
        [UP, "设备费", LEFT, "20.00", LEFT],
        [UP, "人工费", LEFT, "10.00", LEFT],
    ]
    assert amounts(read(*rows)) == []


def test_a_text_that_fills_a_row_beside_its_block_has_that_as_its_label() -> None:
    rows = [["规模与用途", "预算数", LEFT, "20.00", LEFT], [UP, "用于维修水闸", LEFT, LEFT, LEFT]]
    result = read(*rows)
    assert others(result) == [("规模与用途", "用于维修水闸")]
    assert told(result) == []


@pytest.mark.parametrize("label", ["资金性质", "预算资金分类"])
def test_words_of_money_may_be_a_value(label: str) -> None:
    result = read(["项目类别", "特定目标类", LEFT, label, "一般公共预算"])
    assert others(result) == [(label, "一般公共预算")]
    assert told(result) == []


def test_heads_of_an_unknown_list_are_no_pairs() -> None:
    rows = [
        ["实施进度", "实施阶段", LEFT, "起点", "终点"],
        [UP, "1、总体规划", LEFT, "2025.1", "2025.3"],
        [UP, "2、分项施工", LEFT, "2025.4", "2025.9"],
    ]
    result = read(*rows)
    assert ("起点", "终点") not in others(result)
    assert told(result) != []


def test_the_unit_of_money_stands_in_any_label_of_money() -> None:
    rows = [
        NAME,
        ["资金金额（元）", "年度资金总额", LEFT, "", LEFT],
        [UP, "其中：中央补助", LEFT, "300", LEFT],
        HEADER,
        ROW,
    ]
    result = read_generic(form(rows, "2025年度项目绩效目标表"))
    assert amounts(result) == [("year", "central", Decimal(300))]
    assert told(result) == []


@pytest.mark.parametrize(
    ("text", "amount", "codes"),
    [
        ("用于巡查312.50元的补助", Decimal("312.50"), []),
        ("用于巡查312.50元/人的补助", Decimal(3125000), ["money_unit_assumed"]),
    ],
)
def test_a_figure_that_prose_repeats_with_its_unit_has_it(text: str, amount: Decimal, codes: list[str]) -> None:
    rows = [NAME, ["年度资金总额", "312.50", LEFT, LEFT, LEFT], ["测算依据", text, LEFT, LEFT, LEFT], HEADER, ROW]
    result = read_generic(form(rows, "2025年度项目绩效目标表"))
    assert amounts(result) == [("year", "all", amount)]
    assert [line.split(":")[0] for line in told(result)] == codes


def test_a_column_of_words_beside_a_matrix_is_kept() -> None:
    heads = ["预算执行情况", "年度预算数", "年初预算", "全年执行数", "缘由"]
    rows = [heads, [UP, "其中：财政资金", "30.00", "20.00", "年中调减"], [UP, "单位资金", "0.00", "0.00", UP]]
    result = read(*rows)
    assert others(result) == [("缘由", "年中调减")]
    assert told(result) == []


def test_heads_that_part_money_by_what_it_is_for() -> None:
    rows = [
        ["钱款（万元）", "预算支出总额", "基本支出", LEFT, "项目支出"],
        [UP, UP, "合计", "财政拨款", "合计"],
        [UP, "30.00", "10.00", "9.00", "20.00"],
    ]
    result = read(*rows)
    assert amounts(result) == [("year", "all", Decimal(300000))]
    assert others(result) == [("基本支出 合计", "10.00"), ("基本支出 财政拨款", "9.00"), ("项目支出 合计", "20.00")]
    assert told(result) == []


def test_heads_of_two_rows_over_one_of_which_nothing_is_parted() -> None:
    rows = [
        ["项目资金", "年度预算总额", "财政拨款", LEFT, "自有资金"],
        [UP, UP, "一般公共预算", "政府性基金", "单位自筹"],
        [UP, "30.00", "10.00", "15.00", "5.00"],
    ]
    assert {source for _, source, _ in amounts(read(*rows))} >= {"all", "general_budget", "government_fund"}


def test_a_word_that_sums_up_beside_a_label_of_money_is_that_label() -> None:
    rows = [["年度预算", "合计", "30.00", "其中：基本支出", "10.00"], [UP, UP, UP, "项目支出", "20.00"]]
    result = read(*rows)
    assert amounts(result) == [("year", "all", Decimal(300000))]
    assert others(result) == [("其中：基本支出", "10.00"), ("项目支出", "20.00")]
    assert told(result) == []


def test_a_label_may_have_its_points_in_brackets() -> None:
    result = read(["年度资金总额", "30.00", LEFT, "执行率分数（10）", LEFT])
    assert others(result) == [("执行率分数", "10")]
    assert told(result) == []


def test_parts_that_no_source_stands_for_count_in_the_sum() -> None:
    rows = [["年度金额", "30.00", LEFT, "其中：中央补助", "20.00"], ["地方资金", "10.00", LEFT, "项目类别", "专项"]]
    declaration = read(*rows).declaration
    assert [finding.code for finding in check(declaration)] == []
    assert [finding.code for finding in check(read(rows[0]).declaration)] == ["sum_differs"]


def test_what_is_of_governments_above_or_below_is_recorded_as_other_money() -> None:
    rows = [
        ["下达资金总额", "30.00", LEFT, "其中：中央补助", "15.00"],
        ["上级资金", "5.00", LEFT, "地方资金", "8.00"],
        ["其他资金", "2.00", LEFT, "项目类别", "专项"],
    ]
    result = read(*rows)
    assert [(source, str(amount)) for _, source, amount in amounts(result)[2:]] == [
        ("other", "50000.00"),
        ("other", "80000.00"),
        ("other", "20000.00"),
    ]
    assert [one.label_raw for one in result.declaration.amounts[2:4]] == ["上级资金", "地方资金"]
    assert str(result.declaration.funding.annual_other_funds) == "20000.00"
    assert [finding.code for finding in check(result.declaration)] == []


def test_what_a_year_is_expected_to_cost_is_kept_beside_what_it_cost() -> None:
    rows = [
        ["项目资金", "", "年初预算数", "1-7月执行数", "全年预计执行数"],
        [UP, "年度资金总额", "30.00", "10.00", "28.00"],
    ]
    result = read(*rows)
    assert [(phase, source) for phase, source, _ in amounts(result)] == [("initial", "all"), ("executed", "all")]
    assert (others(result), told(result)) == ([("年度资金总额 全年预计执行数", "28.00")], [])


def test_of_two_blocks_side_by_side_that_of_the_year_may_have_lost_its_leading_label() -> None:
    rows = [
        ["资金总额", "90.00", LEFT, "总盘子", "30.00"],
        ["其中：财政拨款", "90.00", LEFT, "其中：当年财政拨款", "30.00"],
    ]
    result = read(*rows)
    assert [(phase, source) for phase, source, _ in amounts(result)] == [("total", "all"), ("total", "fiscal")]
    assert told(result) == ["unknown_cell: 其中：当年财政拨款\t30.00"]


YEARS = [
    ["", "一级指标", "二级指标", "三级指标", "指标值", LEFT, LEFT, "备注"],
    [UP, UP, UP, UP, "2024年", "2025年", "2026年", UP],
    ["绩效指标", "产出指标", "数量指标", "巡查次数", "10次", "12次", "14次", "按季"],
]


def test_of_targets_for_several_years_that_of_the_forms_year_counts() -> None:
    name = ["项目名称", "河道养护", LEFT, LEFT, "主管部门", "水务局", LEFT, LEFT]
    result = read_generic(form([name, *YEARS], "2025年度项目绩效目标表"))
    (row,) = result.declaration.indicators
    assert (row.target.raw, row.area) == ("12次", None)
    assert row.remark == "指标值2024年：10次；指标值2026年：14次；按季"
    assert told(result) == []
    other = read_generic(form([name, *YEARS], "2027年度项目绩效目标表"))
    assert told(other) == ["no_fiscal_year: 指标值\n2024年"]
    assert [row.target.raw for row in other.declaration.indicators] == ["10次"]


def test_what_was_reached_in_another_year_makes_no_report() -> None:
    heads = ["", "一级指标", "二级指标", "三级指标", "2024年完成值", "2025年目标值"]
    rows = [["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT], heads, [*ROW[:4], "10次", "12次"]]
    declaration = read_generic(form(rows, "2025年度项目绩效目标表")).declaration
    (row,) = declaration.indicators
    assert (declaration.form_kind, row.actual, row.target.raw) == ("declaration", None, "12次")
    assert row.remark == "2024年完成值：10次"


@pytest.mark.parametrize(
    "text",
    [
        "资金总额：30.00万元。其中：中央资金20万元，县级资金10万元",
        "总额 30.00 万元（其中：中央资金：20万元；县级资金：10万元）",
    ],
)
def test_several_amounts_in_one_cell(text: str) -> None:
    result = read(["钱款构成", text, LEFT, LEFT, LEFT])
    assert amounts(result) == [
        ("year", "all", Decimal(300000)),
        ("year", "central", Decimal(200000)),
        ("year", "county", Decimal(100000)),
    ]
    assert told(result) == []


def test_amounts_in_a_sentence_are_no_list() -> None:
    result = read(["实施内容", "用20万元修水闸，用10万元修河堤", LEFT, LEFT, LEFT])
    assert amounts(result) == []
    assert others(result) == [("实施内容", "用20万元修水闸，用10万元修河堤")]


def test_two_cells_that_fill_a_row_are_a_pair() -> None:
    rows = [["牵头人员", LEFT, "张三", LEFT, LEFT], ["项目类别", "专项", "项目性质", "延续", LEFT]]
    assert others(read(*rows)) == [("牵头人员", "张三")]


def test_a_row_of_an_indicator_with_words_of_heads_is_no_header() -> None:
    first = ["绩效指标", "可持续影响指标", "长效机制", "完成", "定性"]
    heads = ["", "二级指标", "指标内容", "目标值", "符号"]
    result = read_generic(
        form([NAME, heads, first, heads, ["", "质量指标", "巡查合格率", "90%", "≥"]], "项目绩效目标表")
    )
    assert [(row.level3, row.target.raw) for row in result.declaration.indicators] == [
        ("长效机制", "定性完成"),
        ("巡查合格率", "≥90%"),
    ]


def test_a_row_of_pairs_above_a_matrix_heads_no_columns() -> None:
    """They are as wide as several of its columns, and so is what names a block of it."""
    rows = [
        ["项目性质", "延续", LEFT, "归口单位", LEFT, "河长办公室", LEFT],
        ["项目资金", "", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        [UP, "年度资金总额", "30.00", "30.00", "30.00", "100%", "10"],
    ]
    heads = [*HEADER, "分值", "得分"]
    name = ["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT, LEFT]
    result = read_generic(form([name, *rows, heads, [*ROW, "10", "10"]], "2025年度项目绩效自评表", "单位：万元"))
    assert (told(result), others(result)[0]) == ([], ("归口单位", "河长办公室"))
    assert result.declaration.nature == "延续"


def test_a_row_and_a_column_of_a_matrix_make_no_label_that_is_nearly_known() -> None:
    rows = [
        ["项目资金", "", "全年预算数", "全年执行数", "得分"],
        [UP, "总额", "30.00", "30.00", "9"],
    ]
    assert told(read(*rows)) == []


def test_points_for_levels_name_their_rows_by_them() -> None:
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT],
        ["一级指标", "二级指标", "分值", "得分"],
        ["产出指标", "数量指标", "20", "20"],
        [UP, "质量指标", "30", "28"],
    ]
    result = read_generic(form(rows, "2025年度项目支出绩效自评表"))
    assert [(row.level1, row.level2, row.level3, row.score) for row in result.declaration.indicators] == [
        ("产出指标", "数量指标", "数量指标", Decimal(20)),
        ("产出指标", "质量指标", "质量指标", Decimal(28)),
    ]
    assert [finding.code for finding in check(result.declaration) if finding.severity != "info"] == []


def test_the_heads_of_unknown_columns_are_kept_with_what_stands_below() -> None:
    name = ["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT]
    matrix = [
        ["项目资金", "", "年初预算数", "全年预算数", "盘子", LEFT],
        [UP, "年度资金总额", "30.00", "30.00", "29.00", LEFT],
    ]
    rows = [name, *matrix, [*HEADER, "点位"], [*ROW, "三号桥"]]
    unread = read_generic(form(rows, "2025年度项目绩效目标表", "单位：万元")).declaration.unread_cells
    assert [cell.text for cell in unread] == ["盘子", "29.00", "点位", "三号桥"]


def test_the_unit_of_an_indicator_is_not_that_of_money() -> None:
    heads = ["", "一级指标", "二级指标", "三级指标", "目标值", "实际完成值"]
    rows = [
        ["项目名称", "河道养护", LEFT, LEFT, LEFT, LEFT],
        ["年度资金总额", "1,601,400.00", LEFT, LEFT, LEFT, LEFT],
        heads,
        ["绩效指标", "产出指标", "数量指标", "节约资金", "7466.5", "7466.5万元"],
    ]
    assert told(read_generic(form(rows, "2025年度项目支出绩效自评表"))) == ["money_unit_assumed: 1,601,400.00"]
