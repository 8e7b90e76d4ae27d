from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from perftable_etl import parse
from perftable_etl.document import Form
from tests.comparison import differences, records
from tests.drawing.forms import expected
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import Pen, draw
from tests.drawing.sources import source
from tests.normalize.grids import LEFT, UP, document, grid, header_rows, line, texts, whole_form
from tests.normalize.reader import find_forms, read_form

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
TITLE, YEAR = "财政项目支出绩效目标申报表", "（2025年度）"


def names(forms: list[Form]) -> list[str]:
    pairs = [list(pairwise(form.grid.cells)) for form in forms]
    return [next(after.text for before, after in cells if before.text == "项目名称") for cells in pairs]


def test_a_form_takes_its_title_and_year_from_the_lines_above() -> None:
    lines = [line("部门概况", y=10), line(TITLE, y=40), line(YEAR, y=60)]
    (form,) = find_forms(document([*lines, grid(whole_form(ROW))]))
    assert [line.text for line in form.heading] == [TITLE, YEAR]


def test_title_and_year_may_be_rows_of_the_table() -> None:
    rows = [[TITLE, LEFT, LEFT, LEFT, LEFT], [YEAR, LEFT, LEFT, LEFT, LEFT], *whole_form(ROW)]
    (form,) = find_forms(document([grid(rows)]))
    assert form.grid.cells[0].text == TITLE
    assert form.grid.row_count == len(rows)


def test_forms_that_share_a_table_are_cut_apart_above_their_titles() -> None:
    rows = [*whole_form(ROW), [TITLE, LEFT, LEFT, LEFT, LEFT], *whole_form(ROW, name="绿化养护")]
    first, second = find_forms(document([grid(rows)]))
    assert names([first, second]) == ["河道养护", "绿化养护"]
    assert second.grid.cells[0].text == TITLE


def test_several_forms_share_a_page() -> None:
    blocks = [grid(whole_form(ROW, name=name), top=100 + 300 * n) for n, name in enumerate(("一期", "二期", "三期"))]
    assert names(find_forms(document(blocks))) == ["一期", "二期", "三期"]


def test_a_form_may_begin_at_the_foot_of_a_page_and_go_on_over_the_next() -> None:
    rows = whole_form(ROW)
    pages = [[grid(whole_form(ROW, name="一期")), grid(rows[:4], top=600)], [grid(rows[4:], page=2)]]
    first, second = find_forms(document(*pages))
    assert (first.pages[-1], second.pages[0], second.pages[-1]) == (1, 1, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "项目名称", "项目资金总额", "绩效目标"], ["1", "河道养护", "300.00", "见附表"]],
        [["项目名称", "主管部门", "项目资金总额", "年度总体目标"], ["河道养护", "水务局", "300.00", "见附表"]],
        [["项目名称", "河道养护"], ["预算数", "300.00"]],
        [["收入", "预算数"], ["财政拨款", "300.00"]],
        [["指标名称", "单位", "2024年"], ["受理案件", "件", "300"]],
        [["项目资金总额", "财政资金", "年度资金总额"], ["上年结转资金", "其他资金", "财政拨款"], ["1", "2", "3"]],
        [
            ["项目名称", "项目类别", "主管部门", "实施单位", "项目资金总额", "年度绩效目标"],
            ["河道养护", "特定目标类", "水务局", "水务局", "300.00", "见附表"],
        ],
    ],
    ids=["summary", "summary with many labels", "two labels", "no label", "statistics", "accounts", "list of projects"],
)
@pytest.mark.parametrize("heading", ["项目经费情况说明", "2025年项目支出绩效目标汇总表"])
def test_tables_that_only_mention_projects_are_no_forms(heading: str, rows: list[list[str]]) -> None:
    assert find_forms(document([line(heading), grid(rows)])) == []


HEADS = ["指标名称", "年度指标值", "备注"]


@pytest.mark.parametrize(
    "rows",
    [
        [["一、基本情况", "项目名称：", "河道养护"], ["绩效指标", *HEADS[:2]], [UP, "巡查次数", "≥12次"]],
        [["专项基本情况", "项目名称", "河道养护"], [UP, "主管部门", "水务局"], HEADS, ["巡查次数", "≥12次", ""]],
        [["项目名称：河道养护", LEFT, LEFT], ["主管部门：水务局", LEFT, LEFT], HEADS, ["巡查次数", "≥12次", ""]],
        [["2025年项目支出绩效自评表", LEFT, LEFT], ["单位", "水务局", ""], HEADS, ["巡查次数", "≥12次", ""]],
    ],
    ids=["a label before the name", "a side label before the name", "labels with their values", "a title alone"],
)
def test_a_form_with_few_known_labels(rows: list[list[str]]) -> None:
    (form,) = find_forms(document([line(TITLE), grid(rows)]))
    assert form.grid.row_count == len(rows)


def test_prose_that_names_labels_is_no_form() -> None:
    prose = [
        "项目名称、实施单位和绩效指标详见文末财政项目支出绩效目标申报表。",
        "项目名称：河道养护",
        "绩效目标：河道整洁",
        TITLE,
    ]
    assert find_forms(document([line(text, y=20.0 * n) for n, text in enumerate(prose)])) == []


def test_a_summary_table_before_the_forms_is_not_part_of_them() -> None:
    summary = grid(
        [["序号", "项目名称", "项目资金总额", "绩效目标", "备注"], ["1", "河道养护", "300.00", "见附表", ""]]
    )
    forms = find_forms(document([summary], [line(TITLE, page=2), grid(whole_form(ROW), page=2)]))
    assert names(forms) == ["河道养护"]
    assert forms[0].pages[0] == 2


def test_a_table_after_the_form_is_not_part_of_it() -> None:
    after = grid([["收入", LEFT, "预算数", LEFT, ""], ["财政拨款", LEFT, "300.00", LEFT, ""]], page=2)
    (form,) = find_forms(document([grid(whole_form(ROW))], [line("收支预算总表", page=2), after]))
    assert form.pages[-1] == 1


def test_a_labelled_part_alone_is_a_form() -> None:
    """One with no indicators is incomplete, not absent: a check says so."""
    assert len(find_forms(document([grid(header_rows())]))) == 1


def test_a_frame_around_two_forms_is_cut_where_the_second_begins() -> None:
    """The frame makes a cell beside both; what it holds stays with the first, and no form's cells leave its rows."""
    first, second = whole_form(ROW), whole_form(ROW, name="档案数字化")
    rows = [[*row, UP] for row in (*first, *second)]
    rows[0][-1] = "页边"
    upper, lower = find_forms(document([grid(rows)]))
    assert texts(upper) == [[*row, "页边" if index == 0 else UP] for index, row in enumerate(first)]
    assert texts(lower) == [[*row, "" if index == 0 else UP] for index, row in enumerate(second)]
    assert read_form(lower, ordinal=2).declaration.name == "档案数字化"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_on_the_last_page_of_a_long_budget(layout: str, tmp_path: Path) -> None:
    """Thirty pages of prose and tables before it yield nothing."""
    disclosure = source("district-2026" if layout.startswith("district") else "cac-2024")
    one = replace(disclosure, title="", organization="", projects=disclosure.projects[:1])
    path = tmp_path / "budget.pdf"
    path.write_bytes(after_many_pages(draw(one, Pen(preface=True), LAYOUTS[layout])))
    outcome = parse(path)
    assert outcome.page_count is not None
    assert outcome.page_count >= 30
    assert not differences(records(outcome)["projects"], expected(one)["projects"])
    assert outcome.declarations[0].first_page == 30
    assert outcome.coverage == 1.0


def after_many_pages(data: bytes) -> bytes:
    """A drawn budget with its first page, the preface, 29 times."""
    with pymupdf.open("pdf", data) as drawn, pymupdf.open() as document:
        for _ in range(28):
            document.insert_pdf(drawn, from_page=0, to_page=0)
        document.insert_pdf(drawn)
        long: bytes = document.tobytes()
        return long


def test_a_table_with_four_heads_of_indicators_is_a_form() -> None:
    header = ["指标名称", "计量单位", "指标性质", "指标值"]
    rows = [header, ["巡查次数", "次", "≥", "12"], ["合格率", "%", "≥", "95"]]
    assert len(find_forms(document([line("2022年度经费绩效自评工作报告"), grid(rows)]))) == 1
    assert find_forms(document([grid([["指标名称", "数值"], ["巡查次数", "12"]])])) == []
