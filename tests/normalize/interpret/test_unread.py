"""What no form took is told where it looks like part of one, and only there."""

from __future__ import annotations

import pytest

from perftable_etl.document import Document, Grid, Line
from perftable_etl.normalize.interpret.hallmarks import NOTHING, find_hallmarks
from perftable_etl.normalize.reading import Reading
from perftable_etl.records import Finding
from tests.normalize.grids import HEADER, UP, Rows, document, grid, header_rows, line, whole_form
from tests.normalize.reader import VOCABULARY, understand, with_unread

TITLE = "财政项目支出绩效目标申报表"
ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
REST = [["", "效益指标", "社会效益指标", "居民知晓率", "≥90(%)"], [UP, "", "生态效益指标", "水质", "改善"]]
BUDGET: Rows = [["收入", "预算数", "支出"], ["财政拨款收入", "1,200.00", "800.00"]]


def read(printed: Document) -> Reading:
    return with_unread(understand(printed), printed)


def told(printed: Document) -> list[Finding]:
    return [finding for finding in read(printed).all_findings if finding.code == "unread_passage"]


def after_a_form(*rest: Line, rows: Rows = REST) -> Document:
    """A form on the first page, and on the second `rest` above what may be the rest of it."""
    return document([line(TITLE), grid(whole_form(ROW))], [*rest, grid(rows, page=2)])


def test_a_form_that_is_taken_whole_has_all_of_its_characters() -> None:
    printed = document([line(TITLE), grid(whole_form(ROW))], [grid(REST, page=2)])
    assert told(printed) == []
    assert read(printed).coverage == 1.0


@pytest.mark.parametrize(
    "printed",
    [
        after_a_form(line(f"{TITLE}（续）", page=2)),
        after_a_form(line("项目支出绩效续表", page=2)),
        after_a_form(line("2025年部门预算明细表", page=2)),
        after_a_form(rows=[[row[0], "", *row[1:]] for row in REST]),
        document([line(TITLE), grid(whole_form(ROW))], [], [grid(REST, page=3)]),
    ],
    ids=["title again", "heading", "heading of another table", "empty column", "empty page"],
)
def test_the_rest_is_of_the_form_whatever_stands_between(printed: Document) -> None:
    (declaration,) = read(printed).declarations
    assert [row.level3 for row in declaration.indicators] == ["巡查次数", "居民知晓率", "水质"]
    assert (told(printed), read(printed).coverage) == ([], 1.0)


@pytest.mark.parametrize("columns", [2, 3])
def test_the_rest_in_too_few_columns_is_told_and_counted(columns: int) -> None:
    printed = after_a_form(rows=[["效益指标", "居民知晓率", "≥90(%)"][-columns:]])
    assert {finding.place.page for finding in read(printed).all_findings if finding.place} >= {2}
    assert any(finding.severity == "warning" for finding in read(printed).all_findings)
    coverage = read(printed).coverage
    assert coverage is not None
    assert coverage < 1.0


def test_a_form_whose_head_is_in_another_file_is_told() -> None:
    printed = document([grid(REST)])
    assert told(printed)
    assert read(printed).coverage == 0.0


def test_levels_beside_each_other_are_enough() -> None:
    """A table may have targets in words only."""
    assert told(document([grid([["产出指标", "数量指标", "巡查", "完成"]])]))
    assert not told(document([line("产出指标"), line("数量指标", y=80.0)]))
    assert not told(document([grid([["数量指标", "质量指标", "巡查", "完成"]])]))


def test_levels_wrapped_over_narrow_lines_are_told() -> None:
    lines = [
        line(text, y=20.0 * n) for n, text in enumerate(["成本", "指标", "经济", "成本", "指标", "照明费用", "优良"])
    ]
    assert len(told(document(lines))) == 1


def test_a_page_with_targets_only_is_told_where_a_form_stands_before() -> None:
    targets = [["年度指标值"], ["≥12(次)"], ["=100(%)"], ["≥90(%)"]]
    heading = line("部门预算明细表", page=2)
    beside = read(after_a_form(heading, rows=targets))
    assert [finding.code for finding in beside.all_findings if finding.place and finding.place.page == 2] == [
        "unknown_cell"
    ]
    assert not told(document([line(TITLE)], [heading, grid(targets, page=2)]))


def test_rows_on_the_page_right_before_a_form_are_told() -> None:
    rows = grid([["", "社会效益指标", "居民知晓", "进一步提升"]])
    form = line(TITLE, page=2), grid(whole_form(ROW), page=2)
    codes = {finding.code for finding in read(document([rows], [*form])).all_findings}
    assert codes >= {"pages_out_of_order", "no_target"}
    assert not told(document([line("社会效益指标 进一步提升")], [*form]))


def test_names_with_bounds_and_units_are_told_without_any_form() -> None:
    assert told(document([grid([["", "居民知晓率", "≥86(%)"], ["", "讲座知晓率", "=90.00(%)"]])]))
    assert not told(document([grid([["", "居民知晓率", "≥86%"], ["", "讲座知晓率", "90.00(%)"]])]))


@pytest.mark.parametrize(
    "heading", ["项目经费情况说明", "（三）绩效指标说明：数量指标、质量指标", "单位：万元", "注：本表金额≥0"]
)
def test_other_tables_and_prose_around_forms_are_not_told(heading: str) -> None:
    """They are of no form, so they do not count either."""
    printed = document(
        [line(heading), grid(BUDGET)], [line(TITLE, page=2), grid(whole_form(ROW), page=2)],
        [line(heading, page=3), line("收支预算总表", page=3), grid(BUDGET, page=3)],
    )  # fmt: skip
    assert told(printed) == []
    assert read(printed).coverage == 1.0


def test_a_page_that_is_told_to_have_no_rules_is_told_once() -> None:
    lines = [line("\t".join(row).replace("\n", ""), y=20.0 * n) for n, row in enumerate(header_rows())]
    printed = document(lines)
    place = read(printed).unread[0].finding.place
    unruled = Finding(code="form_without_rules", severity="error", message="", place=place)
    assert with_unread(understand(printed).with_findings([unruled]), printed).unread == ()


def test_what_a_rebuilt_line_lost_is_told() -> None:
    source = document([line("产出指标 数量指标 巡查次数 ≥12(次) 另有说明"), line("三级指标", y=80.0)])
    rebuilt = document([grid([ROW[1:]])])
    lost = [unread.finding.raw for unread in with_unread(understand(rebuilt), source).unread]
    assert lost[-1] == "另有说明"
    assert "三级指标" not in "".join(lost)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("一级指标 二级指标 指标值", 1),
        ("产出指标\t≥12(次)", 2),
        ("│数量指标│巡查次数│≥12(次)│", 2),
        ('"数量指标","巡查次数","≥12(次)"', 2),
        ("| 数量指标 | 巡查次数 | &ge;12 |", 2),
        ("<tr><td>数量指标</td><td colspan=2>巡查次数</td></tr>", 1),
        ("辅警人员\t人\t=\t512", 1),
        ("项目名称：甲 主管部门：乙 项目类别：丙", 1),
        ("产出指标、效益指标均已完成", 0),
        ("第3页", 0),
    ],
)
def test_marks_are_found_whatever_parts_them(text: str, kinds: int) -> None:
    marks = find_hallmarks(text, VOCABULARY)
    assert len(list(marks.kinds())) == kinds
    assert (marks == NOTHING) is (kinds == 0)


def test_a_header_alone_that_a_page_prints_again_is_not_told() -> None:
    printed = document([line(TITLE), grid(whole_form(ROW))], [grid([HEADER, *REST], page=2)])
    assert told(printed) == []


def test_a_table_with_heads_worded_otherwise_is_told() -> None:
    rows = [["绩效指标分类", "绩效指标", "描述", "上等", "次等"], ["产出指标", "救助覆盖率", "应救尽救", "100%", "90%"]]
    findings = read(document([line("困难群众救助补助绩效目标表"), grid(rows)])).all_findings
    assert any(finding.severity != "info" for finding in findings)
    assert not told(
        document(
            [line("干部考核表"), grid([["考核指标", "考核内容", "优", "良", "差"], ["纪律", "出勤", "3", "2", "1"]])]
        )
    )


UNKNOWN: Rows = [["事业", "要点", "定额"], ["河道养护", "巡查河段", "九段"]]


def test_a_table_of_unknown_words_below_the_title_of_a_form_is_told() -> None:
    (finding,) = told(document([line("2025年项目支出绩效目标表"), line("单位：万元", y=70), grid(UNKNOWN)]))
    assert "河道养护" in finding.raw


@pytest.mark.parametrize(
    "blocks",
    [
        [line("2025年部门收支预算表"), grid(UNKNOWN)],
        [line("2025年项目支出绩效目标表"), line("本部门没有此项，以下为收支情况。", y=70), grid(UNKNOWN)],
        [line("2025年项目支出绩效目标表"), grid([UNKNOWN[0], ["本表无数据", "", ""]])],
    ],
    ids=["another title", "a sentence between", "nothing in it"],
)
def test_other_tables_of_unknown_words_are_not(blocks: list[Line | Grid]) -> None:
    assert told(document(blocks)) == []
