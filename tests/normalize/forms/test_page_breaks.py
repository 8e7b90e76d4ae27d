"""Forms over page breaks. Each test names the break, in two grids, and the one grid that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from perftable_etl.document import Form
from tests.normalize.grids import HEADER, LEFT, UP, Rows, document, grid, header_rows, line, texts, whole_form
from tests.normalize.reader import find_forms


def stitched(upper: Sequence[Sequence[str]], lower: Rows, *, is_open: bool = False, shift: float = 0.0) -> Form:
    """The one form that rows on a page and rows on the next are."""
    first = grid(upper, page=1, open_below=is_open)
    second = grid(lower, page=2, open_above=is_open, shift=shift)
    (form,) = find_forms(document([first], [second]))
    return form


def indicator_rows(form: Form) -> list[list[str]]:
    return texts(form)[len(header_rows()) + 1 :]


ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def test_a_closed_row_goes_on_with_the_next() -> None:
    form = stitched(whole_form(ROW), [["", "效益指标", "社会效益指标", "知晓率", "≥90(%)"]])
    assert indicator_rows(form)[1][1:] == ["效益指标", "社会效益指标", "知晓率", "≥90(%)"]
    assert (form.pages[0], form.pages[-1]) == (1, 2)


def test_a_repeated_header_is_dropped_but_kept_in_mind() -> None:
    form = stitched(whole_form(ROW), [HEADER, ["", "", "质量指标", "合格率", "≥98(%)"]])
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率"]
    assert [cell.text for cell in form.repeats] == list(HEADER)


def test_a_merged_label_printed_before_the_break_goes_on() -> None:
    form = stitched(whole_form(ROW), [["", "", "", "出动人次", "≥100(人次)"]])
    assert indicator_rows(form) == [ROW, [UP, UP, UP, "出动人次", "≥100(人次)"]]


def test_a_merged_label_printed_after_the_break_only_begins_before_it() -> None:
    form = stitched(
        whole_form(["", "", "", "巡查次数", "≥12(次)"]),
        [["绩效指标", "产出指标", "数量指标", "出动人次", "≥100(人次)"]],
    )
    assert indicator_rows(form) == [ROW, [UP, UP, UP, "出动人次", "≥100(人次)"]]


def test_a_merged_label_printed_on_both_sides_is_one() -> None:
    form = stitched(whole_form(ROW), [["绩效指标", "产出指标", "数量指标", "出动人次", "≥100(人次)"]])
    assert indicator_rows(form) == [ROW, [UP, UP, UP, "出动人次", "≥100(人次)"]]


def test_a_merged_label_cut_in_two_is_made_whole() -> None:
    form = stitched(
        whole_form(["绩效", "满意度指标", "服务对象满", "居民满意度", "≥90(%)"]),
        [["指标", "", "意度指标", "企业满意度", "≥85(%)"]],
    )
    assert indicator_rows(form)[0][:3] == ["绩效\n指标", "满意度指标", "服务对象满\n意度指标"]


def test_a_merged_label_clipped_on_one_side_and_whole_on_the_other_is_one() -> None:
    """As LibreOffice Calc prints them (samples/cac-2025.calc.pdf, page 2)."""
    rows = header_rows()
    form = stitched(
        [*rows[:7], ["项目", *rows[7][1:]]], [["项目\n绩效\n目标", *rows[8][1:]], HEADER, ROW], is_open=True
    )
    assert [cell.text for cell in form.grid.cells if cell.column == 0 and cell.row == 7] == ["项目\n绩效\n目标"]


def test_the_weight_below_a_merged_label_is_part_of_it() -> None:
    form = stitched(
        whole_form(["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]),
        [["", "（50分）", "", "出动人次", "≥100(人次)"]],
    )
    assert indicator_rows(form)[0][1] == "产出指标\n（50分）"


def test_of_tables_side_by_side_one_may_end_above_the_break() -> None:
    head = [*HEADER, "三级指标", "年度指标值"]
    upper = [*([*row, LEFT, LEFT] for row in header_rows()), head, [*ROW, "出动人次", "≥100(人次)"]]
    form = stitched(upper, [["", "", "质量指标", "合格率", "≥98(%)", "", ""]])
    assert [row[3:] for row in indicator_rows(form)] == [
        [*ROW[3:], "出动人次", "≥100(人次)"],
        ["合格率", "≥98(%)", "", ""],
    ]


def test_the_tail_of_a_name_joins_the_row_above() -> None:
    """内容评估检查工具升级优化和使用 | 支撑服务, as published."""
    form = stitched(
        whole_form(["绩效指标", "产出指标", "数量指标", "内容评估检查工具升级优化和使用", "≥1.00(套)"]),
        [["", "", "", "支撑服务", ""], ["", "", "质量指标", "合格率", "≥98(%)"]],
    )
    rows = indicator_rows(form)
    assert rows[0][3:] == ["内容评估检查工具升级优化和使用\n支撑服务", "≥1.00(套)"]
    assert rows[2][3:] == ["合格率", "≥98(%)"]


def test_the_tail_of_a_target_joins_the_row_above() -> None:
    form = stitched(whole_form([*ROW[:4], "一般案件比法定时间"]), [["", "", "", "", "缩短30%"]])
    assert indicator_rows(form)[0][4] == "一般案件比法定时间\n缩短30%"


@pytest.mark.parametrize(
    ("above", "below"),
    [(("按季填报", ""), ("", "")), (("", ""), ("按季填报", "件")), (("按季填报", "件"), ("", ""))],
    ids=["a remark above", "both below", "both above"],
)
def test_what_not_every_row_has_may_be_blank_beside_the_break(above: tuple[str, str], below: tuple[str, str]) -> None:
    head = [*HEADER, "备注", "度量单位"]
    upper = [*([*row, LEFT, LEFT] for row in header_rows()), head, [*ROW, *above]]
    form = stitched(upper, [["", "", "质量指标", "合格率", "≥98", *below]])
    assert [row[5:] for row in indicator_rows(form)] == [list(above), list(below)]


def test_a_row_that_sums_up_at_the_top_of_a_page_is_one_of_its_own() -> None:
    head = [*HEADER, "分值"]
    upper = [*([*row, LEFT] for row in header_rows()), head, [*ROW, "10"]]
    for total in (["", "", "", "合计", "", "10"], ["合计", LEFT, LEFT, LEFT, "", "10"]):
        form = stitched(upper, [total])
        assert indicator_rows(form)[0][3:] == [*ROW[3:], "10"]


def test_a_row_cut_within_a_bracket_is_one_though_both_cells_go_on() -> None:
    form = stitched(whole_form([*ROW[:3], "走访慰问（含困难家庭、", "≥12(户"]), [["", "", "", "独居老人）次数", "次)"]])
    assert indicator_rows(form)[0][3:] == ["走访慰问（含困难家庭、\n独居老人）次数", "≥12(户\n次)"]


def test_a_row_cut_in_every_column_is_one_where_no_rule_closes_it() -> None:
    form = stitched(
        whole_form([*ROW[:3], "面向企业的", "按规定程序"]), [["", "", "", "专题讲座", "及时归档"]], is_open=True
    )
    assert indicator_rows(form)[0][3:] == ["面向企业的\n专题讲座", "按规定程序\n及时归档"]


def test_two_closed_rows_are_never_joined() -> None:
    form = stitched(whole_form([*ROW[:3], "面向企业的", "优良"]), [["", "", "", "专题讲座", "≥12(场)"]])
    assert [row[3] for row in indicator_rows(form)] == ["面向企业的", "专题讲座"]


def test_a_goal_cut_by_the_break_goes_on() -> None:
    rows = header_rows()
    form = stitched(
        [*rows[:8], [UP, "", LEFT, "完成河道巡查，", LEFT]], [["", "", LEFT, "做到河道整洁。", LEFT], HEADER, ROW]
    )
    assert "完成河道巡查，\n做到河道整洁。" in [cell.text for cell in form.grid.cells]


def test_a_header_value_cut_by_the_break_goes_on() -> None:
    rows = header_rows()
    form = stitched(
        [*rows[:1], ["项目类别", "特定", LEFT, "主管部门", "水务"]], [["", "目标类", LEFT, "", "局"], *rows[2:]]
    )
    assert {"特定\n目标类", "水务\n局"} <= {cell.text for cell in form.grid.cells}


def test_a_next_row_with_labels_of_its_own_is_no_tail() -> None:
    rows = header_rows()
    assert len(texts(stitched(rows[:3], [*rows[3:], HEADER, ROW]))) == len(rows) + 2


@pytest.mark.parametrize("is_open", [False, True])
def test_a_blank_amount_stays_blank_beside_the_break(is_open: bool) -> None:
    rows = header_rows()
    rows[4] = [UP, "其中：财政资金", "", "其中：当年财政拨款", "200.00"]
    rows[5] = ["", "其他资金", "5.00", "上年结转资金", ""]
    rows[6] = [UP, "", "", "其他资金", ""]
    form = stitched(rows[:5], [*rows[5:], HEADER, ROW], is_open=is_open)
    assert [[row[2], row[4]] for row in texts(form)[4:6]] == [["", "200.00"], ["5.00", ""]]


def test_equal_amounts_on_both_sides_of_the_break_are_two() -> None:
    rows = header_rows()
    form = stitched(
        [*rows[:5], [UP, "", "", "上年结转资金", "0.00"]], [["", "其他资金", "", "其他资金", "0.00"], HEADER, ROW]
    )
    assert [row[4] for row in texts(form)[5:7]] == ["0.00", "0.00"]


def test_a_label_merged_over_rows_and_cut_in_two_is_made_whole() -> None:
    rows = header_rows()
    upper = [*rows[:4], [UP, "其中：财政", "4.00", "其中：当年财政拨款", "200.00"]]
    lower = [["", "资金", "", "上年结转资金", "100.00"], [UP, "其他资金", "", "其他资金", ""], HEADER, ROW]
    form = stitched(upper, lower, is_open=True)
    assert [row[1] for row in texts(form)[4:6]] == ["其中：财政\n资金", UP]


@pytest.mark.parametrize("shift", [-30.0, 12.0])
def test_a_page_may_be_shifted_sideways(shift: float) -> None:
    """Mirrored margins."""
    form = stitched(whole_form(ROW), [["", "", "质量指标", "合格率", "≥98(%)"]], shift=shift)
    assert indicator_rows(form)[1][2:] == ["质量指标", "合格率", "≥98(%)"]


def test_columns_that_a_page_does_not_draw_are_no_columns_lost() -> None:
    """The rows on the next page have no side label and no level 1: two boundaries fewer, the rest where they were."""
    lower = grid([["质量指标", "合格率", "≥98(%)"]], page=2, shift=200.0)
    (form,) = find_forms(document([grid(whole_form(ROW))], [lower]))
    assert indicator_rows(form)[1][2:] == ["质量指标", "合格率", "≥98(%)"]


def test_a_form_over_three_pages_is_one() -> None:
    pages = [
        [grid(whole_form(ROW), page=1)],
        [grid([["", "", "质量指标", "合格率", "≥98(%)"]], page=2)],
        [grid([["", "", "时效指标", "及时率", "≥99(%)"]], page=3)],
    ]
    (form,) = find_forms(document(*pages))
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率", "及时率"]
    assert (form.pages[0], form.pages[-1]) == (1, 3)


def test_a_form_with_a_title_and_heads_of_its_own_is_not_taken_in() -> None:
    other = grid([HEADER, ["", "", "质量指标", "合格率", "≥98(%)"]], page=2)
    first, second = find_forms(document([grid(whole_form(ROW))], [line("其他绩效目标申报表", page=2), other]))
    assert (first.pages[-1], second.pages[0]) == (1, 2)


@pytest.mark.parametrize("heading", ["项目绩效目标申报表（续）", "2025年部门预算公开表", "其他绩效目标申报表"])
def test_rows_without_a_head_go_on_below_any_heading(heading: str) -> None:
    rest = grid([["", "", "质量指标", "合格率", "≥98(%)"]], page=2)
    (form,) = find_forms(document([grid(whole_form(ROW))], [line(heading, page=2), rest]))
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率"]


def test_rows_without_a_head_go_on_after_a_page_of_something_else() -> None:
    other = grid([["收入", "预算数"], ["财政拨款", "1"]], page=2)
    rest = grid([["", "", "质量指标", "合格率", "≥98(%)"]], page=4)
    (form,) = find_forms(document([grid(whole_form(ROW))], [other], [line("（此页无正文）", page=3)], [rest]))
    assert (form.pages[0], form.pages[-1]) == (1, 4)


def test_rows_of_groups_that_a_form_has_are_not_of_it() -> None:
    other = grid([["", "产出指标", "数量指标", "合格率", "≥98(%)"]], page=4)
    rows = [ROW, ["", "效益指标", "社会效益指标", "知晓率", "≥90(%)"]]
    (form,) = find_forms(document([grid(whole_form(*rows))], [line("（此页无正文）", page=2)], [], [other]))
    assert form.pages[-1] == 1


def test_a_page_that_stands_before_its_form_goes_on_with_it() -> None:
    rest = grid([["", "", "质量指标", "合格率", "≥98(%)"]], page=1)
    (form,) = find_forms(document([rest], [grid(whole_form(ROW), page=2)]))
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率"]
    assert (form.pages[0], form.pages[-1]) == (1, 2)


def test_a_page_printed_twice_is_read_once() -> None:
    rows = [["", "", "质量指标", "合格率", "≥98(%)"]]
    (form,) = find_forms(document([grid(whole_form(ROW))], [grid(rows, page=2)], [grid(rows, page=3)]))
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率"]
    assert {cell.place.page for cell in form.repeats} == {3}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_rows_repeated_at_the_top_say_nothing_more(count: int) -> None:
    rest = ["", "", "质量指标", "合格率", "≥98(%)"]
    form = stitched(whole_form(ROW), [*whole_form(ROW)[:count], rest])
    assert [row[3] for row in indicator_rows(form)] == ["巡查次数", "合格率"]


def test_columns_of_other_widths_are_told_by_their_order() -> None:
    rest = grid([["", "", "质量指标", "合格率", "≥98(%)"]], page=2)
    rest = replace(rest, boundaries=(0.0, 60.0, 150.0, 230.0, 420.0, 500.0))
    (form,) = find_forms(document([grid(whole_form(ROW))], [rest]))
    assert indicator_rows(form)[1][2:] == ["质量指标", "合格率", "≥98(%)"]


def test_a_table_of_other_columns_is_not_taken_in() -> None:
    other = grid([["收入", "预算数", "支出"], ["财政拨款", "1", "2"]], page=2)
    other = replace(other, boundaries=(0.0, 130.0, 270.0, 500.0))
    (form,) = find_forms(document([grid(whole_form(ROW))], [other]))
    assert form.pages[-1] == 1


@pytest.mark.parametrize(("side", "repeats"), [("年度绩效指标", 0), ("中期绩效指标", 5)])
def test_a_header_beside_another_time_is_that_of_another_table(side: str, repeats: int) -> None:
    upper = [*header_rows(), ["中期绩效指标", *HEADER[1:]], ["", *ROW[1:]]]
    form = stitched(upper, [[side, *HEADER[1:]], ["", *ROW[1:]]])
    assert len(form.repeats) == repeats


def test_notes_below_the_last_rows_may_have_columns_of_their_own() -> None:
    rows = [["", "", "质量指标", LEFT, "合格率", "≥98(%)"], ["其他说明", LEFT, LEFT, "无", LEFT, LEFT]]
    lower = replace(grid(rows, page=2), boundaries=(0.0, 100.0, 200.0, 250.0, 300.0, 400.0, 500.0))
    (form,) = find_forms(document([grid(whole_form(ROW))], [lower]))
    assert form.pages[-1] == 2
    assert [cell.text for cell in form.grid.cells][-2:] == ["其他说明", "无"]


def test_a_page_that_has_only_notes_belongs_to_the_form_before_it() -> None:
    lower = replace(grid([["其他需要说明的问题", "无"]], page=2), boundaries=(0.0, 130.0, 500.0))
    (form,) = find_forms(document([grid(whole_form(ROW))], [lower]))
    assert form.pages[-1] == 2


def test_two_boundaries_near_one_keep_a_column_between_them() -> None:
    """On the second page a rule is doubled, so that its two strokes part a narrow column: it is one of its own."""
    lower = grid([["", "", "质量指标", "合格率", "", "≥98(%)"]], page=2)
    lower = replace(lower, boundaries=(0.0, 100.0, 200.0, 300.0, 399.0, 402.0, 500.0))
    (form,) = find_forms(document([grid(whole_form(ROW))], [lower]))
    assert form.grid.boundaries == (0.0, 100.0, 200.0, 300.0, 400.0, 402.0, 500.0)
    last = [cell for cell in form.grid.cells if cell.row == form.grid.row_count - 1]
    assert [(cell.text, cell.column, cell.end_column) for cell in last[-3:]] == [
        ("合格率", 3, 4), ("", 4, 5), ("≥98(%)", 5, 6)
    ]  # fmt: skip


def test_a_row_whose_target_is_cut_before_its_bracket_goes_on() -> None:
    upper = whole_form([*ROW[:3], "巡查合格", "≥12"])
    form = stitched(upper, [["", "", "", "率", "(%)"], ["", "", "质量指标", "及时率", "≥98(%)"]])
    rows = [["".join(text.split()) for text in row[3:]] for row in indicator_rows(form)]
    assert [row for row in rows if row != [UP, UP]] == [["巡查合格率", "≥12(%)"], ["及时率", "≥98(%)"]]
