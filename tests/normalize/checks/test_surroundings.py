"""What the declarations of one document say together."""

from __future__ import annotations

from dataclasses import replace

from perftable_etl.document import Document, Grid, Line, Noise
from perftable_etl.records import Finding
from tests.normalize.grids import document, grid, line, whole_form
from tests.normalize.reader import understand

TITLE = "财政项目支出绩效目标申报表"
HEAD = "青岚区部门预算公开"
FIRST = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
THEN = ["绩效指标", "效益指标", "社会效益指标", "居民知晓率", "≥90(%)"]


def findings(printed: Document, code: str) -> list[Finding]:
    return [finding for finding in understand(printed).all_findings if finding.code == code]


def page(number: int, *blocks: Line | Grid) -> list[Line | Grid]:
    return [line(TITLE, page=number), *blocks]


def test_a_head_that_is_printed_again_makes_no_second_project_in_silence() -> None:
    reworded = [[{"河道整洁。": "河道整洁"}.get(text, text) for text in row] for row in whole_form(THEN)]
    printed = document(page(1, grid(whole_form(FIRST))), page(2, grid(reworded, page=2)))
    (finding,) = findings(printed, "project_twice")
    assert (finding.severity, finding.project) == ("warning", 2)
    assert finding.place is not None
    assert finding.place.page == 2


def test_a_head_that_is_printed_again_as_it_is_belongs_to_one_form() -> None:
    printed = document(page(1, grid(whole_form(FIRST))), page(2, grid(whole_form(THEN), page=2)))
    (declaration,) = understand(printed).declarations
    assert [row.level3 for row in declaration.indicators] == ["巡查次数", "居民知晓率"]


def test_projects_that_differ_are_two() -> None:
    other_name = document(page(1, grid(whole_form(FIRST))), page(2, grid(whole_form(THEN, name="绿化"), page=2)))
    dearer = [[{"300.00": "900.00"}.get(text, text) for text in row] for row in whole_form(THEN)]
    other_money = document(page(1, grid(whole_form(FIRST))), page(2, grid(dearer, page=2)))
    same_rows = document(page(1, grid(whole_form(FIRST, THEN))), page(2, grid(whole_form(FIRST, THEN), page=2)))
    same_group = document(page(1, grid(whole_form(FIRST))), page(2, grid(whole_form(FIRST), page=2)))
    for printed in (other_name, other_money, same_rows, same_group):
        assert len(understand(printed).declarations) == 2
        assert findings(printed, "project_twice") == []


def test_a_running_head_in_a_row_is_told() -> None:
    rows = whole_form([*FIRST[:3], f"巡查次数\n{HEAD}", FIRST[4]])
    printed = document(page(1, grid(rows)), [line("附注", page=2)])
    head = line(HEAD, page=2)
    pages = tuple(replace(laid_out, noise=(Noise("running_head", HEAD, head.place),)) for laid_out in printed.pages[1:])
    with_head = Document((printed.pages[0], *pages))
    (finding,) = findings(with_head, "head_in_row")
    assert (finding.severity, finding.indicator) == ("warning", 1)
    assert findings(printed, "head_in_row") == []
