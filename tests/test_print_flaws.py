"""Random forms that are printed or written over in a way that misleads are read exactly or told; sound ones are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.records import FindingCode, Outcome
from tests.comparison import differences, records
from tests.drawing.forms import expected
from tests.drawing.mupdf import draw
from tests.examples import examples
from tests.strategies import disclosures, pens

FEW = examples(15)

_TOLD: frozenset[FindingCode] = frozenset(
    {
        "comment_on_form",
        "lines_apart",
        "lines_close",
        "row_in_two_groups",
        "sign_underlined",
        "text_off_line",
        "text_ruled_through",
        "texts_overlap",
    }
)
_TARGET = re.compile(r"BT /F0 (\S+) Tf 1 0 0 1 (\S+) (\S+) Tm <(?:2265|2264|003d|ff1e)([0-9a-f]+)> Tj ET")
"""A text that begins with ≥, ≤, = or ＞, as the drawing sets it."""

Disturbance = Callable[[pymupdf.Document, pymupdf.Page], bool]
"""Disturbs a page; says whether it could."""


def _edit(page: pymupdf.Page, change: Callable[[str], str]) -> bool:
    (content,) = page.get_contents()
    before: str = page.read_contents().decode()
    page.parent.update_stream(content, change(before).encode(), compress=False)
    return change(before) != before


def struck(_: pymupdf.Document, page: pymupdf.Page) -> bool:
    """A rule through a target."""

    def strike(match: re.Match[str]) -> str:
        size, x, y = (float(match[group]) for group in (1, 2, 3))
        width = size * (1 + len(match[4]) / 8)
        return f"{match[0]}\n0.5 w {x:g} {y + size * 0.35:g} m {x + width:g} {y + size * 0.35:g} l S"

    return _edit(page, lambda content: _TARGET.sub(strike, content, count=1))


def underlined_sign(_: pymupdf.Document, page: pymupdf.Page) -> bool:
    """≥ as > with a line below."""

    def compose(match: re.Match[str]) -> str:
        size, x, y = (float(match[group]) for group in (1, 2, 3))
        shown = f"BT /F0 {match[1]} Tf 1 0 0 1 {match[2]} {match[3]} Tm <003e{match[4]}> Tj ET"
        return f"{shown}\n0.5 w {x:g} {y - 0.12 * size:g} m {x + size / 2:g} {y - 0.12 * size:g} l S"

    return _edit(page, lambda content: _TARGET.sub(compose, content, count=1))


def commented(_: pymupdf.Document, page: pymupdf.Page) -> bool:
    """A typewriter's text over a target."""
    match = _TARGET.search(page.read_contents().decode())
    if match:
        x, y = float(match[2]), page.rect.height - float(match[3])
        page.add_freetext_annot(pymupdf.Rect(x + 20, y - 11, x + 60, y + 3), "7000", fontsize=7)
    return match is not None


def noted(_: pymupdf.Document, page: pymupdf.Page) -> bool:
    """Sticky notes and marks all over the page."""
    for y in range(80, 700, 90):
        page.add_text_annot((100 + y / 3, y), "compare")
        page.add_highlight_annot(pymupdf.Rect(100, y, 300, y + 12))
    return False


def bordered(_: pymupdf.Document, page: pymupdf.Page) -> bool:
    """A border around the page."""
    for inset in (24, 28):
        x0, y0, x1, y1 = page.rect
        page.draw_rect(pymupdf.Rect(x0 + inset, y0 + inset, x1 - inset, y1 - inset), color=(0, 0, 0), width=0.5)
    return False


DISTURBANCES: dict[str, Disturbance] = {
    disturb.__name__: disturb for disturb in (struck, underlined_sign, commented, noted, bordered)
}

layouts = st.sampled_from(("municipal-2025", "district-2026"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn") / "drawn.pdf"


def _parsed(data: bytes, path: Path) -> Outcome:
    path.write_bytes(data)
    return parse(path)


def _pages_told(outcome: Outcome) -> set[int]:
    return {finding.place.page for finding in outcome.findings if finding.code in _TOLD and finding.place}


@pytest.mark.parametrize("name", DISTURBANCES)
@FEW
@given(data=st.data())
def test_a_disturbed_page_is_read_exactly_or_told(name: str, path: Path, data: st.DataObject) -> None:
    disclosure, pen = data.draw(layouts.flatmap(disclosures)), data.draw(pens())
    with pymupdf.open("pdf", draw(disclosure, pen)) as document:
        told = {page.number + 1 for page in document if DISTURBANCES[name](document, page)}
        outcome = _parsed(document.tobytes(), path)
    assert told == _pages_told(outcome)
    if not told or name == "commented":
        wanted = expected(disclosure)
        found = records(outcome)
        assert not differences(found["projects"], wanted["projects"])


@examples(30)
@given(data=st.data())
def test_sound_pages_have_no_flaws(path: Path, data: st.DataObject) -> None:
    disclosure, pen = data.draw(layouts.flatmap(disclosures)), data.draw(pens())
    assert not _pages_told(_parsed(draw(disclosure, pen), path))
