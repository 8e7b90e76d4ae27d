"""Nothing is lost between the stages, and nothing doubled: characters are counted from page to form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Document, Form, Grid, LaidOutPage, Line, Page
from perftable_etl.extract import mupdf, plaintext, plumber
from perftable_etl.extract.grids import lay_out
from perftable_etl.normalize.rebuild.text import rebuild
from tests.comparison import squeezed
from tests.drawing.flatten import broken, printed_lines, tabbed
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import draw
from tests.drawing.redraw import SAMPLES
from tests.examples import examples
from tests.normalize.reader import VOCABULARY, find_forms
from tests.strategies import breakings, disclosures, pens, tabbings, variations

PDFS = sorted(SAMPLES.glob("*.pdf"))
TEXTS = sorted(SAMPLES.glob("*.txt"))

FLATTENED = examples(8)
DRAWN = examples(15)

every_pdf = pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
every_layout = pytest.mark.parametrize("name", LAYOUTS)


def characters(texts: Iterable[str]) -> Counter[str]:
    return Counter(squeezed("".join(texts)))


def on_page(page: Page) -> Counter[str]:
    return characters(word.text for word in page.words)


def in_blocks(laid_out: LaidOutPage) -> Counter[str]:
    lines = [block.text for block in laid_out.blocks if isinstance(block, Line)]
    return characters(lines) + characters(text for grid in grids(laid_out) for text in texts(grid))


def grids(laid_out: LaidOutPage) -> list[Grid]:
    return [block for block in laid_out.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells]


def on_form(form: Form) -> Counter[str]:
    return characters([*texts(form.grid), *(cell.text for cell in form.repeats)])


def printed(data: bytes) -> list[Page]:
    return list(mupdf.read_pages(data))


def check_pages(pages: list[Page]) -> Document:
    """Every character of a page is in its lines and cells, once."""
    all_laid_out = tuple(map(lay_out, pages))
    for page, laid_out in zip(pages, all_laid_out, strict=True):
        assert in_blocks(laid_out) == on_page(page)
    return Document(all_laid_out)


def on_grids(document: Document) -> Counter[str]:
    return characters(text for laid_out in document.pages for grid in grids(laid_out) for text in texts(grid))


def on_forms(document: Document) -> Counter[str]:
    """What the forms' stitched grids hold, and the headers that were printed again."""
    return sum(map(on_form, find_forms(document)), Counter[str]())


def on_document(document: Document) -> Counter[str]:
    return sum(map(in_blocks, document.pages), Counter[str]())


@every_pdf
def test_samples_keep_every_character(path: Path) -> None:
    check_pages(printed(path.read_bytes()))


@every_pdf
def test_samples_keep_every_character_with_the_second_reader(path: Path) -> None:
    check_pages(list(plumber.read_pages(path.read_bytes(), range(1, 1000))))


@pytest.mark.parametrize("path", [path for path in PDFS if path.name.startswith("cac")], ids=lambda path: path.name)
def test_seams_of_samples_keep_every_character(path: Path) -> None:
    """These have no tables but their forms. Calc prints a merged label on both sides of a break, clipped on one."""
    document = check_pages(printed(path.read_bytes()))
    assert not on_forms(document) - on_grids(document)
    assert on_grids(document) - on_forms(document) in (Counter(), Counter("项目"))


@every_layout
@DRAWN
@given(data=st.data())
def test_drawn_pages_and_seams_keep_every_character(name: str, data: st.DataObject) -> None:
    """All but the second printing of a merged label, or of a header that ends one page and begins the next."""
    disclosure, layout, pen = data.draw(disclosures(name)), data.draw(variations(name)), data.draw(pens())
    document = check_pages(printed(draw(disclosure, pen, layout)))
    if pen.preface:
        return  # it has tables that are no forms
    assert not on_forms(document) - on_grids(document)
    if pen.page_break != "reprinted" and not pen.repeat_columns:
        assert on_forms(document) == on_grids(document)


def rebuilt(text: str) -> tuple[Document, Document]:
    document = Document(plaintext.read_text(text.encode()).pages)
    return document, rebuild(document, VOCABULARY).document


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_rebuilt_samples_keep_every_character(path: Path) -> None:
    before, after = rebuilt(path.read_text("utf-8-sig"))
    assert on_document(after) == on_document(before)


@every_layout
@FLATTENED
@given(data=st.data())
def test_rebuilt_tabs_keep_every_character(name: str, data: st.DataObject) -> None:
    disclosure, layout, style = data.draw(disclosures(name)), data.draw(variations(name)), data.draw(tabbings())
    before, after = rebuilt(tabbed(disclosure, style, layout))
    assert on_document(after) == on_document(before)


@every_layout
@FLATTENED
@given(data=st.data())
def test_rebuilt_broken_lines_keep_every_character(name: str, data: st.DataObject) -> None:
    disclosure, layout, style = data.draw(disclosures(name)), data.draw(variations(name)), data.draw(breakings())
    before, after = rebuilt(broken(disclosure, style, layout))
    assert on_document(after) == on_document(before)


@every_layout
@FLATTENED
@given(data=st.data())
def test_rebuilt_printed_lines_keep_every_character(name: str, data: st.DataObject) -> None:
    """All but the header of the indicator table, where a page prints it again."""
    disclosure, layout = data.draw(disclosures(name)), data.draw(variations(name))
    pen = replace(data.draw(pens()), repeat_columns=False)
    before, after = rebuilt(printed_lines(disclosure, pen, layout))
    assert on_document(after) == on_document(before)
