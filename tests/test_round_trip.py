"""Random disclosures, drawn to PDF or flattened to text, and parsed again, give the records they were drawn from.

`HYPOTHESIS_PROFILE=deep` tries many more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from perftable_etl import parse
from tests.comparison import differences, records
from tests.drawing.flatten import Broken, Tabbed, broken, printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure, DrawnProject, Printed, expected
from tests.drawing.layouts import LAYOUTS, Layout
from tests.drawing.mupdf import Pen, draw
from tests.strategies import breakings, disclosures, pens, tabbings, variations

# Flattened text has lost what told some cells apart, so not every example can be read. While that is so, the minimal
# ones are looked for only on purpose, with the deep profile: it takes minutes.
STILL_OPEN = pytest.mark.xfail(strict=False, reason="flattened text: some names, values and goals are not told apart")
CUT_LABELS = pytest.mark.xfail(strict=False, reason="a page break within 其中：财政资金 leaves two unknown cells")
UNSHRUNK = (Phase.explicit, Phase.generate)
FLATTENED = settings(max_examples=40, phases=UNSHRUNK, report_multiple_bugs=False)
if settings.get_current_profile_name() == "deep":
    FLATTENED = settings()

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
    note(str(drawn))
    path.write_bytes(data)
    outcome = parse(path)
    note("\n".join(f"{finding.code}: {finding.raw}" for finding in outcome.findings))
    wanted = expected(drawn.disclosure)
    found = records(outcome)
    if not drawn.disclosure.title:
        found["title"] = None  # then the form's own heading stands for it
    wrong = differences(found, wanted)
    if outcome.coverage != 1.0:
        wrong.append(f"coverage is {outcome.coverage}")
    if wrong:
        raise AssertionError("\n".join(wrong))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@CUT_LABELS
@every_layout
@settings(phases=UNSHRUNK)  # only while it is open: a failing example is made small again once this is gone
@given(data=st.data())
def test_pdf(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, pens()))
    assert isinstance(drawn.style, Pen)
    check(drawn, draw(drawn.disclosure, drawn.style, drawn.layout), folder / "drawn.pdf")


@every_layout
@FLATTENED
@given(data=st.data())
def test_tabs(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, tabbings(), plain=True))
    assert isinstance(drawn.style, Tabbed)
    check(drawn, tabbed(drawn.disclosure, drawn.style, drawn.layout).encode(), folder / "tabs.txt")


@STILL_OPEN
@every_layout
@FLATTENED
@given(data=st.data())
def test_broken_lines(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, breakings(), plain=True))
    assert isinstance(drawn.style, Broken)
    check(drawn, broken(drawn.disclosure, drawn.style, drawn.layout).encode(), folder / "broken.txt")


@STILL_OPEN
@every_layout
@FLATTENED
@given(data=st.data())
def test_printed_lines(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, pens(), plain=True))
    assert isinstance(drawn.style, Pen)
    check(drawn, printed_lines(drawn.disclosure, drawn.style, drawn.layout).encode(), folder / "printed.txt")
