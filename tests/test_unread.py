"""Random forms whose pages were disturbed on their way: what is no longer read is told, on the page it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.records import Finding, Outcome
from tests.comparison import differences, records
from tests.drawing.disturb import DISTURBANCES, disturbed, page_count, without_first_page
from tests.drawing.flatten import Tabbed, tabbed
from tests.drawing.forms import DrawnDisclosure, expected
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import Pen, draw
from tests.drawing.sources import source
from tests.examples import examples
from tests.strategies import disclosures, variations

FEW = examples(4)


every_layout = pytest.mark.parametrize("name", LAYOUTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("disturbed")


def warnings(outcome: Outcome) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.severity != "info"]


def is_exact(outcome: Outcome, disclosure: DrawnDisclosure) -> bool:
    return not differences(records(outcome)["projects"], expected(disclosure)["projects"])


def one_long_form(disclosure: DrawnDisclosure) -> DrawnDisclosure:
    """The project with the most rows alone, so that its form goes over pages."""
    longest = max(disclosure.projects, key=lambda project: len(project.indicators))
    return replace(disclosure, projects=(longest,))


@every_layout
def test_the_second_file_of_a_form(name: str, folder: Path) -> None:
    """Rows with levels beside them, and no head: they are unread, or of a project whose name is missing."""
    disclosure = one_long_form(source("district-2026" if name.startswith("district") else "cac-2025"))
    path = folder / "second.pdf"
    path.write_bytes(without_first_page(draw(disclosure, Pen(font_size=14.0), LAYOUTS[name])))
    assert {finding.code for finding in warnings(parse(path))} & {"unread_passage", "no_project_name"}


@pytest.mark.parametrize("kind", DISTURBANCES)
@FEW
@given(data=st.data(), name=st.sampled_from(list(LAYOUTS)))
def test_pages(kind: str, name: str, folder: Path, data: st.DataObject) -> None:
    """The records are exact, or a warning says on which page to look."""
    disclosure = one_long_form(data.draw(disclosures(name)))
    drawn = draw(disclosure, Pen(font_size=14.0), data.draw(variations(name)))
    assume(page_count(drawn) > 1)
    path = folder / "disturbed.pdf"
    path.write_bytes(disturbed(drawn, DISTURBANCES[kind]))
    outcome = parse(path)
    assert is_exact(outcome, disclosure) or any(finding.place for finding in warnings(outcome))


def as_csv(text: str) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in line.split("\t")) for line in text.split("\n"))


def as_markdown(text: str) -> str:
    return "\n".join(f"| {line} |".replace("\t", " | ") for line in text.split("\n"))


def as_box(text: str) -> str:
    return "\n".join(f"│{line}│\n├───┤".replace("\t", "│") for line in text.split("\n"))


def as_html(text: str) -> str:
    rows = "".join(f"<tr><td>{line}</td></tr>".replace("\t", "</td><td>") for line in text.split("\n"))
    return f"<html><body><table>{rows}</table></body></html>"


@pytest.mark.parametrize("drawn_as", [as_csv, as_markdown, as_box, as_html])
@FEW
@given(data=st.data(), name=st.sampled_from(list(LAYOUTS)))
def test_tables_in_text(drawn_as: Callable[[str], str], name: str, folder: Path, data: st.DataObject) -> None:
    disclosure = data.draw(disclosures(name, plain=True))
    path = folder / "table.txt"
    path.write_text(drawn_as(tabbed(disclosure, Tabbed(), data.draw(variations(name)))), "utf-8")
    outcome = parse(path)
    assert is_exact(outcome, disclosure) or warnings(outcome)
    assert not [finding for finding in outcome.findings if "rules" in finding.message]
