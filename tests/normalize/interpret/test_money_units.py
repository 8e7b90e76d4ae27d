"""In which unit a form's amounts count: printed on the form, else on its document, never a guess in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perftable_etl.document import Block, Document
from perftable_etl.normalize.interpret.money_units import document_unit
from perftable_etl.normalize.reading import Reading
from tests.normalize.grids import Rows, document, grid, line, whole_form
from tests.normalize.reader import understand

TITLE = "望溪镇水务局2025年度项目绩效目标汇总表"
FORM = "财政项目支出绩效目标申报表"
ROW = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
TEN_THOUSAND = Decimal(10_000)


def with_side(side: str) -> Rows:
    """A whole form that prints `side` beside its money."""
    return [[side if text == "项目资金\n（元）" else text for text in row] for row in whole_form(ROW)]


BARE = with_side("项目资金")


def pages(*above: str, forms: int = 2, rows: Rows = BARE) -> Document:
    """A document of forms, a page each, with lines above the first one."""
    first: list[Block] = [line(text, y=20.0 + 15 * n) for n, text in enumerate(above)]
    later: list[list[Block]] = [[line(FORM, page=page, y=20.0), grid(rows, page=page)] for page in range(2, forms + 1)]
    return document([*first, grid(rows)], *later)


def annual(reading: Reading) -> list[Decimal | None]:
    return [declaration.funding.annual_funds for declaration in reading.declarations]


def told(reading: Reading) -> list[tuple[str, int | None]]:
    """The warnings, with the page each is about."""
    warnings = (finding for finding in reading.all_findings if finding.severity != "info")
    return [(finding.code, finding.place and finding.place.page) for finding in warnings]


@pytest.mark.parametrize("unit", ["（金额单位：万元）", "金额单位:万元", "单位：万元", "金额单位：人民币万元"])
def test_the_unit_under_the_documents_title_holds_for_all_its_forms(unit: str) -> None:
    reading = understand(pages(TITLE, unit, FORM))
    assert annual(reading) == [3_000_000, 3_000_000]
    assert told(reading) == []


def test_the_unit_on_the_cover_holds_for_all_forms() -> None:
    cover = [line("望溪镇水务局2025年部门预算", y=200.0), line("金额单位：万元", y=230.0)]
    found = understand(document(cover, [line(FORM, page=2), grid(BARE, page=2)]))
    assert annual(found) == [3_000_000]
    assert told(found) == []


def test_a_forms_own_unit_goes_before_its_documents() -> None:
    reading = understand(pages(TITLE, "金额单位：万元", FORM, rows=with_side("项目资金（元）")))
    assert annual(reading) == [300, 300]
    assert told(reading) == [("money_unit_conflict", 1)]  # the document's line heads the first form too


def test_the_unit_of_one_forms_table_is_not_the_documents() -> None:
    found = pages(TITLE, FORM, "单位：万元")
    assert document_unit(found) is None
    assert told(understand(found)) == [("money_unit_assumed", 2)]


def test_the_unit_of_another_table_is_not_the_documents() -> None:
    other: list[Block] = [line("收支预算总表"), line("单位：万元", y=65.0), grid([["收入", "支出"], ["1", "2"]])]
    assert document_unit(document([line(TITLE), *other])) is None


def test_a_unit_that_is_printed_nowhere_is_told_once_a_form() -> None:
    assert told(understand(pages(TITLE, FORM))) == [("money_unit_assumed", 1), ("money_unit_assumed", 2)]


def test_amounts_that_name_their_own_unit_need_no_other() -> None:
    named = {"300.00": "300万元", "200.00": "200万元", "100.00": "100万元"}
    rows = [[named.get(text, text) for text in row] for row in BARE]
    reading = understand(pages(TITLE, FORM, rows=rows, forms=1))
    assert annual(reading) == [3_000_000]
    assert told(reading) == []


def test_a_form_without_amounts_needs_no_unit() -> None:
    rows = [["" if text in {"300.00", "200.00", "100.00"} else text for text in row] for row in BARE]
    assert told(understand(pages(TITLE, FORM, rows=rows, forms=1))) == [("no_funds", 1)]


@pytest.mark.parametrize(("line_unit", "side"), [("单位：万元", "项目资金（元）"), ("单位：元", "项目资金（万元）")])
def test_a_line_and_a_label_that_differ_are_told(line_unit: str, side: str) -> None:
    assert told(understand(pages(TITLE, FORM, line_unit, rows=with_side(side), forms=1))) == [
        ("money_unit_conflict", 1)
    ]


def test_a_label_that_differs_from_its_block_is_told() -> None:
    rows = [[text.replace("资金申请总额", "资金申请总额（万元）") for text in row] for row in whole_form(ROW)]
    assert told(understand(pages(TITLE, FORM, rows=rows, forms=1)))[0] == ("money_unit_conflict", 1)
