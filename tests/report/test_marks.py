"""What is marked on a page: everything that was seen, each thing for what it was taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from perftable_etl.document import Box, Form, Grid, LaidOutPage, Noise, Place
from perftable_etl.pipeline import Examination, examine
from perftable_etl.records import Declaration, Finding, Outcome, Source
from perftable_etl.report.marks import Mark, page_marks
from tests.drawing.redraw import SAMPLES
from tests.normalize.grids import form, line, whole_form
from tests.outcomes import outcome_of, place

ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
BOX = place().box


def marks_of(laid_out: LaidOutPage, outcome: Outcome, *forms: Form) -> list[Mark]:
    return list(page_marks(laid_out.number, Examination(outcome, (laid_out,), forms)))


def finding(code: str, severity: str, where: Place) -> Finding:
    return Finding.model_validate({"code": code, "severity": severity, "message": "", "place": where})


def outcome_with(findings: Sequence[Finding] = (), declarations: Sequence[Declaration] = ()) -> Outcome:
    return outcome_of(findings=tuple(findings), declarations=tuple(declarations))


def test_lines_cells_and_noise_are_marked_for_what_they_are() -> None:
    table = form([["预算数", "12"]]).grid
    laid_out = LaidOutPage(1, (line("说明"), table), noise=(Noise("watermark", "内部资料", Place(1, BOX)),))
    marks = marks_of(laid_out, outcome_with())
    assert [(mark.kind, mark.tag) for mark in marks] == [
        ("noise", "watermark"),
        ("line", ""),
        ("cell", ""),
        ("cell", ""),
    ]
    assert [mark.box for mark in marks[2:]] == [cell.place.box for cell in table.cells]


def test_a_place_is_marked_once_with_all_that_was_found_there() -> None:
    findings = [
        finding("level2_spelling", "info", place(1)),
        finding("no_target", "warning", place(1)),
        finding("no_target", "warning", place(1)),
        finding("level1_inferred", "info", place(1, 99)),
        finding("no_target", "warning", place(2)),
    ]
    assert marks_of(LaidOutPage(1, (form([["预算数", "12"]]).grid,)), outcome_with(findings))[-2:] == [
        Mark("note", place(1, 99).box, "level1_inferred"),
        Mark("doubt", place(1).box, "level2_spelling, no_target"),
    ]


def test_a_table_may_go_on_from_an_earlier_page() -> None:
    """As a table without rules does; a cell cut by the page break is marked on both pages."""
    (whole, cut), places = form([["项目绩效", "目标"]]).grid.cells, (place(1), place(2))
    table = form([["项目绩效", "目标"]]).grid
    cells = (whole._replace(place=place(2, 50)), cut._replace(parts=(("目", places[0]), ("标", places[1]))))
    seen = Examination(outcome_with(), (LaidOutPage(1, (replace(table, cells=cells),)), LaidOutPage(2, ())), ())
    assert list(page_marks(1, seen)) == [Mark("cell", places[0].box)]
    assert list(page_marks(2, seen)) == [Mark("cell", place(2, 50).box), Mark("cell", places[1].box)]


def test_noise_that_is_reported_is_marked_once() -> None:
    laid_out = LaidOutPage(1, (), noise=(Noise("stamp", "公章", place(1)),))
    assert marks_of(laid_out, outcome_with([finding("noise_left_out", "info", place(1))])) == [
        Mark("noise", BOX, "stamp")
    ]


def test_a_finding_on_a_whole_page_lies_under_the_cells() -> None:
    table = form([["预算数", "12"]]).grid
    cell, page = table.cells[0].place, Place(1, Box(0, 0, 600, 800))
    marks = marks_of(
        LaidOutPage(1, (table,)),
        outcome_with([finding("unknown_cell", "error", cell), finding("page_without_text", "error", page)]),
    )
    assert [mark.tag or mark.kind for mark in marks] == ["page_without_text", "cell", "cell", "unknown_cell"]


def test_a_value_has_the_names_of_the_fields_it_became() -> None:
    sources = (Source(field="name", raw="", place=place(1)), Source(field="annual_goal", raw="", place=place(1, 50)))
    declaration = Declaration(ordinal=3, layout="", fiscal_year=None, first_page=1, last_page=1, sources=sources)
    assert [mark.tag for mark in marks_of(LaidOutPage(1, ()), outcome_with((), [declaration]))] == [
        "project 3: name",
        "annual_goal",
    ]


def test_what_a_form_prints_that_is_no_value_is_a_label_unless_it_is_unknown() -> None:
    read = form([*whole_form(ROW), ["备注", "另行说明", "", "", ""]], "财政项目支出绩效目标申报表")
    unknown = next(cell.place for cell in read.grid.cells if cell.text == "另行说明")
    outcome = outcome_with([finding("unknown_cell", "warning", unknown)])
    labelled = [mark.box for mark in marks_of(LaidOutPage(1, ()), outcome, read) if mark.kind == "label"]
    printed = [cell.place.box for cell in read.grid.cells if cell.text and cell.place != unknown]
    assert labelled == [read.heading[0].place.box, *printed]


@pytest.fixture(scope="module", params=["cac-2024.chromium.pdf", "cac-2025.writer.pdf"])
def sample(request: pytest.FixtureRequest) -> Examination:
    return examine(SAMPLES / str(request.param))


def test_every_text_of_a_form_is_a_label_or_a_value(sample: Examination) -> None:
    """Both samples are wholly understood, and cells that a page break cuts are marked on both pages."""
    for laid_out in sample.pages:
        marks = list(page_marks(laid_out.number, sample))
        understood = {mark.box for mark in marks if mark.kind in {"label", "value"}}
        cells = [cell for block in laid_out.blocks if isinstance(block, Grid) for cell in block.cells]
        assert {cell.place.box for cell in cells if cell.text} <= understood
        assert [mark.box for mark in marks if mark.kind == "cell"] == [cell.place.box for cell in cells]


def test_every_row_is_numbered_where_it_stands(sample: Examination) -> None:
    tags = {
        (laid_out.number, mark.box): mark.tag
        for laid_out in sample.pages
        for mark in page_marks(laid_out.number, sample)
        if mark.kind == "value"
    }
    assert all(map(str.isascii, tags.values()))  # the font that comes with Pillow has no Chinese
    for declaration in sample.outcome.declarations:
        for row in declaration.indicators:
            (target,) = (source for source in row.sources if source.field == "target")
            assert tags[target.place] == f"{row.ordinal}: target"
            levels = {tags[source.place] for source in row.sources if source.field in {"level1", "level2"}}
            assert levels <= {"level1", "level2"}
