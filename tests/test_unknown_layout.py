"""A form of an invented province, whose labels no layout has: it is told, and nothing of it is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from perftable_etl import parse
from perftable_etl.records import Outcome
from tests.disturbances.invention import Draft, disclosure, draft_of, pen
from tests.disturbances.leaves import leaves, written
from tests.drawing.flatten import Tabbed, tabbed_forms
from tests.drawing.layouts import LAYOUTS
from tests.drawing.province import HEADS, Province, province_form

LAYOUT_FILES = Path(__file__).parents[1] / "src" / "perftable_etl" / "normalize" / "layouts"
PROVINCES = (
    Province(),
    Province(columns=("weight", "sign", "value", "unit")),
    Province(columns=("value", "unit", "sign", "weight"), money="专项资金\n(万元)"),
)


def drawn(seed: int, province: Province) -> Draft:
    chance = Random(seed)
    invented = disclosure(chance, "municipal-2025", projects=2, rows=range(5, 14))
    forms = tuple(province_form(project, invented.fiscal_year, province) for project in invented.projects)
    return replace(draft_of(invented, LAYOUTS["municipal-2025"], pen(chance)), forms=forms)


def assert_told(outcome: Outcome) -> None:
    """A person hears of it, with the page, and no record is made up."""
    assert outcome.declarations == ()
    assert outcome.status == "review"
    told = [finding for finding in outcome.findings if finding.severity != "info"]
    assert any(finding.place is not None and finding.place.page == 1 for finding in told)


def test_no_layout_has_its_labels() -> None:
    known = "".join(path.read_text("utf-8") for path in LAYOUT_FILES.glob("*.toml"))
    form = province_form(drawn(0, PROVINCES[0]).disclosure.projects[0], 2026)
    labels = {cell.text for cell in form.table.cells if cell.column == 0 and cell.text}
    assert not [label for label in (*labels, *HEADS.values(), *form.heading[:1]) if f'"{label}"' in known]


@pytest.mark.parametrize("province", PROVINCES, ids=["first", "second", "third"])
@pytest.mark.parametrize("seed", range(3))
def test_pdf(seed: int, province: Province, tmp_path: Path) -> None:
    path = tmp_path / "province.pdf"
    path.write_bytes(written(leaves(drawn(seed, province))))
    assert_told(parse(path))


@pytest.mark.parametrize("province", PROVINCES, ids=["first", "second", "third"])
@pytest.mark.parametrize("seed", range(3))
def test_text(seed: int, province: Province, tmp_path: Path) -> None:
    draft = drawn(seed, province)
    path = tmp_path / "province.txt"
    path.write_text(tabbed_forms(draft.disclosure.title, draft.forms, Tabbed()), "utf-8")
    assert_told(parse(path))
