"""Pages on paper in every way: both readers see them as a person does, and the records are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.document import Box, Grid, Page, Raster
from perftable_etl.extract import mupdf, plumber
from perftable_etl.extract.grids import lay_out
from perftable_etl.records import Outcome, Source
from tests.comparison import squeezed
from tests.drawing import geometry
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import PAINTERS, RULED, Pen, RuleStyle, draw
from tests.drawing.sources import source
from tests.examples import examples, usually
from tests.strategies import pens
from tests.test_round_trip import Drawn, check, drawings

Paper = Callable[[bytes], bytes]
Reader = Callable[[bytes], Iterator[Page]]

LEVEL: Mapping[str, Paper] = {
    "plain": geometry.plain,
    "turned_by_viewer_90": partial(geometry.turned_by_viewer, angle=90),
    "turned_by_viewer_180": partial(geometry.turned_by_viewer, angle=180),
    "turned_by_viewer_270": partial(geometry.turned_by_viewer, angle=270),
    "turned_on_its_side_90": partial(geometry.turned_on_its_side, angle=90),
    "turned_on_its_side_180": partial(geometry.turned_on_its_side, angle=180),
    "turned_on_its_side_270": partial(geometry.turned_on_its_side, angle=270),
    "drawn_sideways_90": partial(geometry.drawn_sideways, angle=90),
    "drawn_sideways_180": partial(geometry.drawn_sideways, angle=180),
    "drawn_sideways_270": partial(geometry.drawn_sideways, angle=270),
    "shifted": partial(geometry.shifted, x=-40, y=130),
    "cropped": partial(geometry.cropped, margin=90),
    "half_units": partial(geometry.in_units_of, unit=2),
    "cropped_and_turned": lambda data: geometry.turned_on_its_side(geometry.cropped(data, 90), 90),
    "shifted_in_units": lambda data: geometry.in_units_of(geometry.shifted(data, 30, -50), 1.5),
}
ANGLES = (-3.0, -1.0, -0.4, 0.5, 2.0, 3.0)
EVERY_RULE: tuple[RuleStyle, ...] = tuple(PAINTERS)
ASKEW: Mapping[str, Paper] = {f"askew_{angle}": partial(geometry.askew, angle=angle) for angle in ANGLES}
PAPERS = {**LEVEL, **ASKEW}

DATA = draw(source("cac-2024"), Pen(cut_rows=True, page_break="open"))


def with_plumber(data: bytes) -> Iterator[Page]:
    return plumber.read_pages(data, range(1, 1000))


@cache
def level_pages(read: Reader, data: bytes) -> tuple[Page, ...]:
    """The pages as they lie straight, which many others are held against: the second reader takes a second for them."""
    return tuple(read(data))


both_readers = pytest.mark.parametrize("read", [mupdf.read_pages, with_plumber], ids=["mupdf", "plumber"])


def assert_same_page(found: Page, wanted: Page, within: float) -> None:
    """The same words and rules at the same places, in whatever order."""
    assert (found.width, found.height) == pytest.approx((wanted.width, wanted.height))
    assert sorted(word.text for word in found.words) == sorted(word.text for word in wanted.words)
    assert sorted(found.rules) == [pytest.approx(rule, abs=within) for rule in sorted(wanted.rules)]
    for one, other in zip(sorted(found.words, key=_order), sorted(wanted.words, key=_order), strict=True):
        assert one.box == pytest.approx(other.box, abs=within)


def _order(word: object) -> str:
    return str(word)


@both_readers
@pytest.mark.parametrize("paper", usually(7, LEVEL))
def test_a_page_is_seen_as_a_person_sees_it(paper: str, read: Reader) -> None:
    for found, wanted in zip(read(LEVEL[paper](DATA)), level_pages(read, DATA), strict=True):
        assert_same_page(found, wanted, 0.05)


@pytest.mark.parametrize("paper", LEVEL)
def test_a_page_is_drawn_as_it_is_read(paper: str) -> None:
    (found,), (wanted,) = (list(mupdf.render_pages(data, {2}, 36)) for data in (LEVEL[paper](DATA), DATA))
    assert (found.width, found.height) == (wanted.width, wanted.height)
    assert _difference(found, wanted) < 4


def _difference(one: Raster, other: Raster) -> float:
    """How much the pixels of two images differ on average, of 255; images of another page differ by some 20."""
    return sum(abs(a - b) for a, b in zip(one.samples, other.samples, strict=True)) / len(one.samples)


@both_readers
@pytest.mark.parametrize(
    ("angle", "rules"), usually(6, [*((angle, "lines") for angle in ANGLES), *((2.0, r) for r in RULED)])
)
def test_a_page_askew_is_levelled(angle: float, rules: RuleStyle, read: Reader) -> None:
    data = draw(source("cac-2024"), Pen(rules=rules, form_per_page=True))
    found, wanted = next(read(geometry.askew(data, angle))), level_pages(read, data)[0]
    assert found.skew == pytest.approx(angle, abs=0.01)
    for one, other in zip(grids(replace(found, skew=0.0)), grids(wanted), strict=True):
        assert [cell.text for cell in one.cells] == [cell.text for cell in other.cells]
        for cell, level in zip(one.cells, other.cells, strict=True):
            assert cell.place.box == pytest.approx(level.place.box, abs=0.3)


def grids(page: Page) -> list[Grid]:
    return [block for block in lay_out(page).blocks if isinstance(block, Grid)]


def test_a_slanted_line_on_a_level_page_levels_nothing() -> None:
    """As in a chart: the text says that the page lies straight."""
    with pymupdf.open("pdf", DATA) as document:
        document[0].draw_line((50, 700), (545, 720))
        (page, *_) = mupdf.read_pages(document.tobytes())
    assert page.skew == 0.0


@pytest.mark.parametrize("name", LAYOUTS)
@examples(15)
@given(data=st.data())
def test_records_are_the_same_on_every_paper(name: str, folder: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawings(name, pens()))
    paper = PAPERS[data.draw(st.sampled_from(sorted(PAPERS)))]
    check(drawn, paper(printed(drawn)), folder / "drawn.pdf")


@pytest.mark.parametrize("name", LAYOUTS)
@examples(30)
@given(data=st.data())
def test_a_row_that_the_page_break_cuts_in_every_column_is_read_or_flagged(
    name: str, folder: Path, data: st.DataObject
) -> None:
    drawn = data.draw(drawings(name, pens()))
    style = replace(drawn.style, cut_rows=True, page_break="sliced", narrow=True, font_size=10.5)  # type: ignore[type-var]
    drawn = replace(drawn, style=style)
    try:
        check(drawn, printed(drawn), folder / "cut.pdf")
    except AssertionError:
        # Where the cut takes a whole form's rows from their header, their cells are told instead.
        told = {finding.code for finding in parse(folder / "cut.pdf").findings}
        assert told & {"row_perhaps_cut", "unknown_cell"}


@pytest.mark.parametrize("name", LAYOUTS)
@examples(6)
@given(data=st.data())
def test_the_box_of_a_value_on_a_page_askew_has_the_value_in_it(name: str, folder: Path, data: st.DataObject) -> None:
    drawn, angle = data.draw(drawings(name, pens(EVERY_RULE))), data.draw(st.sampled_from(ANGLES))
    path = folder / "askew.pdf"
    path.write_bytes(geometry.askew(printed(drawn), angle))
    with pymupdf.open(path) as document:
        pages = [page.get_text("rawdict")["blocks"] for page in document]
    sources = [source for source in sources_of(parse(path)) if source.raw]
    assert sources
    for found in sources:
        assert Counter(squeezed(found.raw)) <= characters_in(found.place.box, pages[found.place.page - 1])


def printed(drawn: Drawn) -> bytes:
    assert isinstance(drawn.style, Pen)
    return draw(drawn.disclosure, drawn.style, drawn.layout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("papers")


def sources_of(outcome: Outcome) -> Iterator[Source]:
    for declaration in outcome.declarations:
        yield from declaration.sources
        for indicator in declaration.indicators:
            yield from indicator.sources


def characters_in(box: Box, blocks: list[dict[str, Any]]) -> Counter[str]:
    """The characters on a page as it lies, whose middles are in a box."""
    lines = (line for block in blocks for line in block.get("lines", ()))
    characters = (char for line in lines for span in line["spans"] for char in span["chars"])
    return Counter(char["c"] for char in characters if _is_in(box, char["bbox"]))


def _is_in(box: Box, inner: tuple[float, float, float, float]) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
