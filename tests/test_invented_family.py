"""A family that the package does not know is read exactly by one TOML file; without it, it is told and not loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.normalize.layouts.collection import read_layouts
from perftable_etl.records import Outcome
from tests.comparison import differences, records
from tests.drawing.flatten import broken_forms, printed_text, tabbed_forms
from tests.drawing.forms import DrawnDisclosure, expected
from tests.drawing.mupdf import draw_forms
from tests.drawing.province import Column, Province, province_form, split_target
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
DRAWN = examples(25)


@st.composite
def provinces(draw: st.DrawFn) -> Province:
    money = draw(st.sampled_from(("专项资金（万元）", "专项资金\n(万元)")))
    return Province("省级财政专项绩效目标表", money, draw(st.sampled_from(ORDERS)))


def forms(drawn: DrawnDisclosure, province: Province) -> list[DrawnForm]:
    return [province_form(project, drawn.fiscal_year, province) for project in drawn.projects]


def meant(drawn: DrawnDisclosure) -> dict[str, Any]:
    """What the province prints of a disclosure: no category, no whole life, and targets in pieces."""
    record: dict[str, Any] = expected(drawn)
    for project, printed in zip(record["projects"], drawn.projects, strict=True):
        project |= dict.fromkeys(
            ("category", "overall_goal", "total_funds", "total_fiscal_funds", "total_other_funds")
        )
        for indicator, row in zip(project["indicators"], printed.indicators, strict=True):
            pieces = split_target(row.target)
            indicator["target_raw"] = pieces["sign"] + pieces["value"] + pieces["unit"]
    return record


def assert_exact(outcome: Outcome, drawn: DrawnDisclosure) -> None:
    found = records(outcome)
    if not drawn.title:
        found["title"] = None
    assert differences(found, meant(drawn)) == []
    assert {indicator.weight for form in outcome.declarations for indicator in form.indicators} <= {10}
    told = [finding for finding in outcome.findings if finding.severity != "info"]
    assert [finding for finding in told if finding.code not in ABOUT_VALUES] == []
    assert outcome.coverage == 1.0


@DRAWN
@given(data=st.data())
def test_pages_with_rules(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    drawn, province = data.draw(disclosures("municipal-2025")), data.draw(provinces())
    path = tmp_path_factory.mktemp("province") / "province.pdf"
    path.write_bytes(draw_forms(drawn.title, forms(drawn, province), data.draw(pens())))
    assert_exact(parse(path, layouts=FAMILIES), drawn)
