"""Random disclosures are fit to be drawn: complete on the page and consistent in themselves."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawing.forms import DrawnDisclosure, Printed, expected
from tests.drawing.layouts import LAYOUTS, forms
from tests.drawing.mupdf import draw
from tests.examples import examples
from tests.strategies import disclosures, pens, variations

FEW = examples(25)
any_disclosure = st.sampled_from(sorted(LAYOUTS)).flatmap(disclosures)


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


@pytest.mark.parametrize("name", LAYOUTS)
@FEW
@given(data=st.data())
def test_every_character_is_drawn(name: str, data: st.DataObject) -> None:
    disclosure = data.draw(disclosures(name))
    layout = data.draw(variations(name))
    pen = data.draw(pens())
    cells = "".join(cell.text for form in forms(disclosure, layout) for cell in form.table.cells)
    with pymupdf.open("pdf", draw(disclosure, pen, layout)) as document:
        printed = characters("".join(page.get_text() for page in document))
    assert not characters(disclosure.title + cells) - printed


@FEW
@given(disclosure=any_disclosure)
def test_sums_add_up(disclosure: DrawnDisclosure) -> None:
    for project in disclosure.projects:
        parts = (project.annual_fiscal_appropriation, project.annual_carryover_funds, project.annual_other_funds)
        assert amount(project.annual_funds) == sum(map(amount, parts))
        assert amount(project.total_funds) == amount(project.total_fiscal_funds) + amount(project.total_other_funds)


def amount(printed: Printed) -> Decimal:
    return Decimal(printed.means or 0)


@FEW
@given(disclosure=any_disclosure)
def test_expected_records_keep_the_order(disclosure: DrawnDisclosure) -> None:
    records = expected(disclosure)["projects"]
    assert isinstance(records, list)
    assert [record["name"] for record in records] == [project.name.means for project in disclosure.projects]
