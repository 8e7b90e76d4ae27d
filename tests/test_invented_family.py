"""A family that the package does not know is read exactly by one TOML file; without it, it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.normalize.layouts.collection import read_layouts
from perftable_etl.records import Funding, Outcome
from tests.comparison import differences, records
from tests.drawing.flatten import broken_forms, printed_text, tabbed_forms
from tests.drawing.forms import PROJECT_COLUMNS, DrawnDisclosure, expected
from tests.drawing.mupdf import Pen, RuleStyle, draw_forms
from tests.drawing.province import IN_TARGET, Column, Province, province_form, split_target
from tests.drawing.table import DrawnForm
from tests.examples import examples
from tests.strategies import breakings, disclosures, pens, tabbings
from tests.test_round_trip import ABOUT_VALUES

FAMILIES = read_layouts(Path(__file__).parent / "families")
ORDERS: tuple[tuple[Column, ...], ...] = (
    ("sign", "value", "unit", "weight"),
    ("value", "unit", "sign", "weight"),
    ("weight", "unit", "sign", "value"),
)
AMOUNTS = [column for column in PROJECT_COLUMNS if column in Funding.model_fields]
DRAWN, REBUILT = examples(25), examples(10)
Style = Callable[[st.DataObject, str, list[DrawnForm]], tuple[str, bytes]]


@st.composite
def provinces(draw: st.DrawFn) -> Province:
    money = draw(st.sampled_from(("专项资金（万元）", "专项资金\n(万元)")))
    return Province("省级财政专项绩效目标表", money, draw(st.sampled_from(ORDERS)))


@st.composite
def wide_provinces(draw: st.DrawFn) -> Province:
    """Provinces that print more: a column of remarks, anywhere beside the target's, and a head over those."""
    order = list(draw(st.sampled_from(ORDERS)))
    places = [n for n in range(len(order) + 1) if not {*order[n - 1 : n + 1]} <= IN_TARGET or n in (0, len(order))]
    order.insert(draw(st.sampled_from(places)), "remark")
    over = draw(st.sampled_from(("", "预期指标值", "年度\n指标值")))
    return replace(draw(provinces()), columns=tuple(order), over=over)


def forms(drawn: DrawnDisclosure, province: Province) -> list[DrawnForm]:
    return [province_form(project, drawn.fiscal_year, province) for project in drawn.projects]


def meant(drawn: DrawnDisclosure) -> dict[str, Any]:
    """What the province prints of a disclosure: no category, no whole life, and targets in pieces."""
    record: dict[str, Any] = expected(drawn)
    for project, printed in zip(record["projects"], drawn.projects, strict=True):
        project.update(
            dict.fromkeys(("category", "overall_goal", "total_funds", "total_fiscal_funds", "total_other_funds"))
        )
        for indicator, row in zip(project["indicators"], printed.indicators, strict=True):
            pieces = split_target(row.target)
            indicator["target_raw"] = pieces["sign"] + pieces["value"] + pieces["unit"]
    return record


def same_digits(record: dict[str, Any]) -> dict[str, Any]:
    """A record with its amounts without the zeros that a change of units leaves behind."""
    for project in record["projects"]:
        project.update({key: f"{Decimal(project[key]):.2f}" for key in AMOUNTS if project[key]})
    return record


def assert_exact(outcome: Outcome, drawn: DrawnDisclosure) -> None:
    found = records(outcome)
    if not drawn.title:
        found["title"] = None
    assert differences(same_digits(found), same_digits(meant(drawn))) == []
    assert {indicator.weight for form in outcome.declarations for indicator in form.indicators} <= {10}
    told = [finding for finding in outcome.findings if finding.severity != "info"]
    # A row whose cells end in full lines at the foot of a page may go on: a person could not tell either.
    assert [finding for finding in told if finding.code not in {*ABOUT_VALUES, "row_perhaps_cut"}] == []
    assert outcome.coverage == 1.0


def assert_read_exactly(
    data: st.DataObject, style: Style, folder: Path, printed: st.SearchStrategy[Province] | None = None
) -> None:
    drawn, province = (
        data.draw(disclosures("municipal-2025", plain=style is not ruled)),
        data.draw(provinces() if printed is None else printed),
    )
    path, content = style(data, drawn.title, forms(drawn, province))
    (folder / path).write_bytes(content)
    assert_exact(parse(folder / path, layouts=FAMILIES), drawn)


def ruled(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
    return "ruled.pdf", draw_forms(title, drawn, data.draw(pens()))


def unruled(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
    return "unruled.pdf", draw_forms(title, drawn, data.draw(pens(("none",))))


def with_header_once(rules: RuleStyle) -> Style:
    """Pages of which only the first of each form has the header, and has it whole."""

    def drawn_once(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
        pen = replace(data.draw(pens((rules,))), repeat_columns=False, form_per_page=True, first_y=60.0)
        return f"{rules}.pdf", draw_forms(title, drawn, pen)

    return drawn_once


def with_tabs(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
    return "tabs.txt", tabbed_forms(title, drawn, data.draw(tabbings())).encode()


def with_broken_lines(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
    return "broken.txt", broken_forms(title, drawn, data.draw(breakings())).encode()


def with_printed_lines(data: st.DataObject, title: str, drawn: list[DrawnForm]) -> tuple[str, bytes]:
    return "printed.txt", printed_text(draw_forms(title, drawn, Pen())).encode()


@DRAWN
@given(data=st.data())
def test_pages_with_rules(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_read_exactly(data, ruled, tmp_path_factory.mktemp("province"))


@DRAWN
@given(data=st.data())
def test_pages_without_rules(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_read_exactly(data, unruled, tmp_path_factory.mktemp("province"))


@pytest.mark.parametrize("rules", ["lines", "none"])
@REBUILT
@given(data=st.data())
def test_more_columns_and_heads(
    rules: RuleStyle, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_read_exactly(data, with_header_once(rules), tmp_path_factory.mktemp("province"), wide_provinces())


@pytest.mark.parametrize(
    "style",
    [
        with_tabs,
        with_broken_lines,
        with_printed_lines,
    ],
)
@REBUILT
@given(data=st.data())
def test_text(style: Style, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_read_exactly(data, style, tmp_path_factory.mktemp("province"))


@DRAWN
@given(data=st.data())
def test_without_its_file_it_is_told(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn, province = data.draw(disclosures("municipal-2025")), data.draw(provinces())
    path = tmp_path_factory.mktemp("province") / "province.pdf"
    path.write_bytes(draw_forms(drawn.title, forms(drawn, province), data.draw(pens())))
    outcome = parse(path)
    assert outcome.status == "review"
    assert [finding for finding in outcome.findings if finding.severity != "info" and finding.place]
    assert {declaration.layout for declaration in outcome.declarations} <= {"generic"}
