"""Random disclosures, drawn to PDF or flattened to text, and parsed again, give the records they were drawn from.

Where flattened text does not, that is told.

`HYPOTHESIS_PROFILE=deep` tries many more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.records import Outcome
from tests.comparison import faults
from tests.drawing.flatten import Broken, Tabbed, broken, printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure, DrawnProject, Printed
from tests.drawing.layouts import LAYOUTS, Layout
from tests.drawing.mupdf import Pen, draw
from tests.drawing.web import Web, web
from tests.examples import examples
from tests.strategies import breakings, disclosures, pens, tabbings, variations, webs

MAY_BE_TOLD = 0.12
"""The share of flattened examples that may be told instead of read: without tabs, lines have lost what told some cells
apart. Cells run together on one line, page breaks cut rows."""

ABOUT_VALUES = {"unit_contradicts_name", "target_damaged", "target_unknown_unit", "year_inferred", "dates_outside_year"}
"""Findings on what is printed, however well it is read: random values often have them."""

FLATTENED = examples(25)
DRAWN = examples(45)

every_layout = pytest.mark.parametrize("name", LAYOUTS)


@dataclass(frozen=True, slots=True, repr=False)
class Drawn:
    """What is drawn and how; as a string, only what a person needs to see of it."""

    disclosure: DrawnDisclosure
    layout: Layout
    style: object

    def __str__(self) -> str:
        return "\n".join([self.disclosure.title, *_changed(self), *map(_compact, self.disclosure.projects)])

    def __repr__(self) -> str:
        return f"<{len(self.disclosure.projects)} project(s) in {self.layout.name}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis shows an example."""
        printer.text(repr(self))


def _changed(drawn: Drawn) -> Iterator[str]:
    """How layout and style differ from the plainest."""
    for item, plain in ((drawn.layout, LAYOUTS[drawn.layout.name]), (drawn.style, type(drawn.style)())):
        for field in fields(plain):  # type: ignore[arg-type]  # every style is a dataclass
            value = getattr(item, field.name)
            if value != getattr(plain, field.name):
                yield f"{type(item).__name__}.{field.name} = {value!r}"


def _compact(project: DrawnProject) -> str:
    printed = [getattr(project, field.name) for field in fields(project)]
    header = " | ".join(value.text for value in printed if isinstance(value, Printed) and value.text)
    rows = [f"  {row.level1} | {row.level2} | {row.level3} | {row.target.text}" for row in project.indicators]
    return "\n".join([header, *rows])


@st.composite
def drawings(draw: st.DrawFn, name: str, styles: st.SearchStrategy[Any], *, plain: bool = False) -> Drawn:
    return Drawn(draw(disclosures(name, plain=plain)), draw(variations(name)), draw(styles))


def check(drawn: Drawn, data: bytes, path: Path) -> None:
    """Parses what was drawn: the same records, no more and no fewer, and nothing on the form left over."""
    wrong = faults(parsed(drawn, data, path), drawn.disclosure)
    assert not wrong, "\n".join(wrong)


def parsed(drawn: Drawn, data: bytes, path: Path) -> Outcome:
    """What is read of what was drawn; both are shown where the test fails."""
    note(str(drawn))
    path.write_bytes(data)
    outcome = parse(path)
    note("\n".join(f"{finding.code}: {finding.raw}" for finding in outcome.findings))
    return outcome


def is_exact_or_told(drawn: Drawn, data: bytes, path: Path) -> bool:
    """Whether what was drawn is read exactly. What is not must be told: some finding doubts how the form was read."""
    outcome = parsed(drawn, data, path)
    wrong = faults(outcome, drawn.disclosure)
    assert not wrong or _is_doubted(outcome), "\n".join(["wrong in silence:", *wrong])
    return not wrong


def _is_doubted(outcome: Outcome) -> bool:
    return any(finding.severity != "info" and finding.code not in ABOUT_VALUES for finding in outcome.findings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@every_layout
@DRAWN
@given(data=st.data())
def test_pdf(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, pens()))
    assert isinstance(drawn.style, Pen)
    check(drawn, draw(drawn.disclosure, drawn.style, drawn.layout), folder / "drawn.pdf")


@every_layout
@DRAWN
@given(data=st.data())
def test_web(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, webs()))
    assert isinstance(drawn.style, Web)
    check(drawn, web(drawn.disclosure, drawn.style, drawn.layout), folder / "drawn.html")


@every_layout
@FLATTENED
@given(data=st.data())
def test_tabs(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, tabbings(), plain=True))
    assert isinstance(drawn.style, Tabbed)
    check(drawn, tabbed(drawn.disclosure, drawn.style, drawn.layout).encode(), folder / "tabs.txt")


def share_of_told(is_exact: Callable[[st.DataObject], bool]) -> float:
    """The share of random examples that are told instead of read; where few are tried, two of them say nothing."""
    exact: list[bool] = []

    @FLATTENED
    @given(data=st.data())
    def attempt(data: st.DataObject) -> None:
        exact.append(is_exact(data))

    attempt()
    return exact.count(False) / max(len(exact), 50)


@pytest.mark.hypothesis
@every_layout
def test_broken_lines(name: str, folder: Path) -> None:
    def one(data: st.DataObject) -> bool:
        drawn = data.draw(drawings(name, breakings(), plain=True))
        assert isinstance(drawn.style, Broken)
        text = broken(drawn.disclosure, drawn.style, drawn.layout)
        return is_exact_or_told(drawn, text.encode(), folder / "broken.txt")

    assert share_of_told(one) <= MAY_BE_TOLD


@pytest.mark.hypothesis
@every_layout
def test_printed_lines(name: str, folder: Path) -> None:
    def one(data: st.DataObject) -> bool:
        drawn = data.draw(drawings(name, pens(), plain=True))
        assert isinstance(drawn.style, Pen)
        text = printed_lines(drawn.disclosure, drawn.style, drawn.layout)
        return is_exact_or_told(drawn, text.encode(), folder / "printed.txt")

    assert share_of_told(one) <= MAY_BE_TOLD
