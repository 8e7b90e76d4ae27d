"""Tabbed text becomes the grid that it was copied from, in each way of leaving out merged cells."""

from __future__ import annotations

import pytest

from tests.normalize.rebuild.tabbed.texts import drawn, grid, lines_left, rebuilt, told

TOP = ("项目名称→社区阅览室→→→", "项目资金（万元）→年度资金总额：→→→80", "→其中：财政拨款→→→80")
HEAD = "绩效指标→一级指标→二级指标→三级指标→指标值"
ROWS = ("→产出指标→数量指标→图书数量→≥800册", "→→→阅览室数量→=12个", "→→质量指标→验收合格率→≥90%")

WEB_TOP = ("项目名称→社区阅览室", "项目资金（万元）→年度资金总额：→80", "其中：财政拨款→80")
WEB_ROWS = ("产出指标→数量指标→图书数量→≥800册", "阅览室数量→=12个", "质量指标→验收合格率→≥90%")

TABLE = [
    "绩效指标|一级指标|二级指标|三级指标|指标值",
    "^|产出指标|数量指标|图书数量|≥800册",
    "^|·|·|阅览室数量|=12个",
    "^|·|质量指标|验收合格率|≥90%",
]


def test_blanks_are_what_merged_cells_cover() -> None:
    assert drawn(grid(*TOP, HEAD, *ROWS)) == [
        "项目名称|社区阅览室|^|^|^",
        "项目资金（万元）|年度资金总额：|^|^|80",
        "^|其中：财政拨款|^|^|80",
        *TABLE,
    ]


def test_what_a_row_lacks_is_blank_or_goes_on_beside_it() -> None:
    assert drawn(grid(*WEB_TOP, HEAD, *WEB_ROWS)) == [
        "项目名称|社区阅览室|^|^|^",
        "项目资金（万元）|年度资金总额：|^|80|^",
        "^|其中：财政拨款|^|80|^",
        *TABLE,
    ]


def test_a_page_break_may_leave_out_the_side_label_field() -> None:
    assert drawn(grid(*TOP, HEAD, ROWS[0], "→→阅览室数量→=12个", "→质量指标→验收合格率→≥90%"))[3:] == TABLE


def test_levels_do_not_go_on_down() -> None:
    rows = drawn(grid(*TOP, HEAD, *ROWS, "→→经济效益指标→节约资金→≥3万元"))
    assert rows[-1] == "^|·|经济效益指标|节约资金|≥3万元"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("绩效指标→一级指标→二级指标→三级指标→指标值→→", "→产出指标→数量指标→图书数量→≥→800→册"),
        ("绩效指标→一级指标→二级指标→三级指标→指标值", "产出指标→数量指标→图书数量→≥→800→册"),
    ],
    ids=["blank", "missing"],
)
def test_a_head_of_two_rows_parts_its_columns(head: str, row: str) -> None:
    second = "→→→→符号→值→单位" if row.startswith("→") else "符号→值→单位"
    assert drawn(grid(head, second, row)) == [
        "绩效指标|一级指标|二级指标|三级指标|指标值|^|^",
        "^|^|^|^|符号|值|单位",
        "^|产出指标|数量指标|图书数量|≥|800|册",
    ]


def test_places_part_the_targets_and_not_what_explains_the_names() -> None:
    head = "绩效指标→一级指标→二级指标→三级指标→指标解释→区域目标值"
    row = "产出指标→数量指标→图书数量→馆内可借的图书→≥800册→≥300册→≥200册"
    assert drawn(grid(head, "清泉县→望溪县→东门区", row)) == [
        "绩效指标|一级指标|二级指标|三级指标|指标解释|区域目标值|^|^",
        "^|^|^|^|^|清泉县|望溪县|东门区",
        "^|产出指标|数量指标|图书数量|馆内可借的图书|≥800册|≥300册|≥200册",
    ]


def test_a_row_of_pairs_is_not_merged_over_the_money_below_it() -> None:
    rows = "考评周期→按季→是否采购→是", "年度资金总额→90→其中：财政拨款→80→其他资金→10"
    assert drawn(grid(WEB_TOP[0], *rows, HEAD, *WEB_ROWS))[1:3] == [
        "考评周期|按季|^|是否采购|是|^",
        "年度资金总额|90|其中：财政拨款|80|其他资金|10",
    ]


@pytest.mark.parametrize(
    ("pairs", "below"),
    [
        pytest.param("项目负责人→张三→项目编号→310017", "年度资金总额→199.66", id="the second label is known"),
        pytest.param(
            "归口科室→社保科→立项依据→市政府纪要", "年度资金总额→9→其中：财政拨款→5→其他资金→4", id="none is known"
        ),
    ],
)
def test_a_row_of_pairs_is_no_block_beside_the_money_below_it(pairs: str, below: str) -> None:
    drawing = drawn(grid("项目名称→社区阅览室", pairs, below, HEAD, *WEB_ROWS))
    printed = [text for text in drawing[1].split("|") if text != "^"]
    assert [printed, drawing[2].split("|")[0]] == [pairs.split("→"), "年度资金总额"]


def test_a_row_that_sums_up_goes_on_beside_the_label_of_its_block() -> None:
    money = "资金情况→资金申请（万元）→项 目→上年度安排资金→本年度申请资金", "合 计→40→30", "区级资金→40→30"
    assert drawn(grid(WEB_TOP[0], *money, HEAD, *WEB_ROWS))[1:4] == [
        "资金情况|资金申请（万元）|项 目|上年度安排资金|本年度申请资金",
        "^|^|合 计|40|30",
        "^|^|区级资金|40|30",
    ]


def test_two_tables_side_by_side_lack_the_same_levels() -> None:
    head = "绩效指标→一级指标→二级指标→三级指标→指标值→二级指标→三级指标→指标值"
    goals = "总体目标→中期目标→年度目标", "三年建成36个阅览室，方便居民就近借阅。→保障12个阅览室正常开放。"
    first = "产出指标→数量指标→图书数量→≥800册→数量指标→图书数量→≥300册"
    rows = drawn(grid(*WEB_TOP, *goals, head, first, "阅览室数量→=36个→阅览室数量→=12个"))
    assert rows[3] == "总体目标|中期目标|^|^|^|年度目标|^|^"
    assert rows[-1] == "^|·|·|阅览室数量|=36个|·|阅览室数量|=12个"


def test_a_quoted_cell_goes_over_lines() -> None:
    name = '→→→"阅览室\n开放数量"→=12个'
    assert drawn(grid(*TOP, HEAD, ROWS[0], *name.split("\n")))[-1] == "^|·|·|阅览室\n开放数量|=12个"


@pytest.mark.parametrize("broken", [("→→→阅览室", "开放数量→=12个"), ("→→→阅览室→", "开放数量")])
def test_a_row_that_a_line_break_in_a_cell_has_broken_is_told(broken: tuple[str, str]) -> None:
    assert told(*TOP, HEAD, ROWS[0], *broken, ROWS[2]) != []


def test_a_line_without_tabs_goes_on_the_value_above_it() -> None:
    goal = "年度目标→保障阅览室开放，→→→", "读者满意度达到90%以上。"
    assert drawn(grid(*TOP, *goal, HEAD, *ROWS))[3] == "年度目标|保障阅览室开放，\n读者满意度达到90%以上。|^|^|^"


def test_lines_of_the_page_are_left_out_and_others_told() -> None:
    lines = *TOP, HEAD, ROWS[0], "第 1 页 共 2 页", "内部资料", *ROWS[1:]
    assert drawn(grid(*lines))[3:] == TABLE
    assert lines_left(*lines) == ["第 1 页 共 2 页", "内部资料"]
    assert told(*lines) == ["row_doubtful 内部资料"]


@pytest.mark.parametrize("again", ["（2025年度）→→→→", "续表→→→→", "→→→→第 2 页"])
def test_what_the_head_of_a_page_has_is_no_row(again: str) -> None:
    assert drawn(grid(*TOP, HEAD, *ROWS[:2], again, ROWS[2]))[3:] == TABLE


def test_a_row_that_fits_in_two_ways_is_told() -> None:
    assert told(*TOP, HEAD, *ROWS) == []
    assert told(*TOP, HEAD, *ROWS, "→→→借阅次数→≥5次→≥6次") == ["row_doubtful 借阅次数 ≥5次 ≥6次"]


def test_a_title_that_rows_follow_ends_no_table() -> None:
    assert drawn(grid(*TOP, HEAD, ROWS[0], "项目支出绩效目标表", *ROWS[1:]))[3:] == TABLE


def test_notes_and_totals_below_the_rows_are_no_indicators() -> None:
    head = "绩效指标→一级指标→二级指标→三级指标→指标值→分值"
    rows = (f"{row}→10" for row in WEB_ROWS)
    below = drawn(grid(*WEB_TOP, head, *rows, "总分→30", "其他需要说明的问题→无"))[-2:]
    assert below == ["总分|^|^|^|^|30", "其他需要说明的问题|^|^|^|^|无"]


POINTS_HEAD = "绩效指标→一级指标→二级指标→三级指标→指标值→分值→得分"
POINTS_ROW = "产出指标→数量指标→图书数量→≥800册→100→100"


def test_below_the_sums_stand_labels_with_what_they_say() -> None:
    rows = drawn(grid(*WEB_TOP, POINTS_HEAD, POINTS_ROW, "合计→→100→100", "评价结论→总分100分。", "改进措施→无"))
    assert rows[-2:] == ["评价结论|^|^|^|^|^|总分100分。", "改进措施|^|^|^|^|^|无"]
    assert told(*WEB_TOP, POINTS_HEAD, POINTS_ROW, "合计→→100→100", "评价结论→总分100分。", "改进措施→无") == []


def test_a_label_beside_all_rows_is_none_of_them() -> None:
    signed = "项目负责人：张三→→→财务负责人：李四→→→"
    one = grid(*WEB_TOP, POINTS_HEAD, f"→{POINTS_ROW}", signed)
    assert drawn(one)[-1] == "项目负责人：张三|^|^|财务负责人：李四|^|^|^"
    assert [cell.row_span for cell in one.cells if cell.text == "绩效指标"] == [2]


def test_a_name_left_open_does_not_end_the_table() -> None:
    rows = drawn(grid(*WEB_TOP, POINTS_HEAD, POINTS_ROW, "指标2：→→→", "……→→→", "质量指标→完好率→≥90%→→"))
    assert rows[-2:] == ["^|·|·|……|·|·|·", "^|·|质量指标|完好率|≥90%|·|·"]


def test_money_stands_below_money_though_a_cell_beside_goes_on_down() -> None:
    head = "预算执行情况→年度预算数→年初预算→调整后预算数→预算执行数→原因"
    rows = drawn(
        grid("项目名称→社区阅览室", head, "总额→80→80→80→未说明", "其中：财政资金→80→80→80", POINTS_HEAD, POINTS_ROW)
    )
    assert [row.split("|")[1] for row in rows[1:4]] == ["年度预算数", "总额", "其中：财政资金"]


def test_grades_are_parted_from_the_head_that_has_values_below_it() -> None:
    head = ("绩效指标分类→绩效指标→绩效指标描述→评价标准→标准依据", "优→良→中→差")
    row = "产出指标→覆盖率→是否全部覆盖→100%→90%→80%→<80%→按规定评价"
    rows = drawn(grid("项目名称→社区阅览室", *head, row, "开放天数→一年开放多少天→300→280→250→<250→按记录评价"))
    assert rows[1].split("|")[3:] == ["评价标准", "^", "^", "^", "标准依据"]


@pytest.mark.parametrize("level", ["成本指标(0-20)分", "成本指标（20分）"])
def test_a_level_with_points_is_a_level(level: str) -> None:
    rows = drawn(grid(*WEB_TOP, HEAD, f"→{level}→经济成本指标→单价→≤30元"))
    assert rows[-1] == f"^|{level}|经济成本指标|单价|≤30元"


def test_a_name_that_explains_a_number_is_no_value() -> None:
    rows = drawn(grid(*WEB_TOP, HEAD, *WEB_ROWS, "购书标准（≤**元/册）——最高50元→≤50元/册"))
    assert rows[-1] == "^|·|·|购书标准（≤**元/册）——最高50元|≤50元/册"


def test_a_head_that_may_stand_over_its_columns_in_too_many_ways_is_told() -> None:
    head = "一级指标→二级指标→三级指标→指标值→计量单位→权重→实际值→得分→偏差原因→备注"
    row = "产出指标→数量指标→图书数量→≥800册→" + "→".join("子丑寅卯辰巳午未申酉戌亥天地玄黄")
    (finding,) = rebuilt(head, row).findings
    assert "in more ways than are tried" in finding.message


def test_a_row_that_may_stand_below_a_wide_block_in_too_many_ways_is_told() -> None:
    wide = "项目资金（万元）→年度资金总额：→" + "→".join(map(str, range(1, 17)))
    row = "其中：财政拨款→" + "→".join(map(str, range(1, 8)))
    (finding,) = (one for one in rebuilt(wide, row, HEAD, *WEB_ROWS).findings if one.severity != "info")
    assert "in more ways than are tried" in finding.message
