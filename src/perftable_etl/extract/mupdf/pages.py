"""Pages as MuPDF finds them, as words or as characters, and as images."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any

import pymupdf

from perftable_etl.characters.code_points import printed_words
from perftable_etl.document import Box, Page, Raster, Word
from perftable_etl.extract.drawing import Drawing, Path
from perftable_etl.extract.legibility import legibility
from perftable_etl.extract.mupdf.annotations import take_annotations
from perftable_etl.extract.mupdf.files import FAULTS, attached_files, damage, opened
from perftable_etl.extract.mupdf.texts import Texts, characters_of, words_of
from perftable_etl.extract.mupdf.upright import UprightPage, load_page, read_upright
from perftable_etl.extract.orientation import UPRIGHT
from perftable_etl.extract.reader import EVERY_PAGE, Complain, ignore
from perftable_etl.extract.strokes import on_page
from perftable_etl.extract.styles import is_seen
from perftable_etl.extract.words import Walls
from perftable_etl.geometry.transform import Matrix

_GLANCE_DPI = 24
"""Enough to see whether a page shows anything."""

_ReadWords = Callable[[Texts, Walls], Iterator[Word]]
"""Gives the words of a page, or its characters."""


def read_pages(data: bytes, numbers: Container[int] = EVERY_PAGE, complain: Complain = ignore) -> Iterator[Page]:
    """Those pages of a PDF held in memory whose numbers (from 1) are in `numbers`, as words.

    `complain` hears what MuPDF passed over, once all pages are read. Raises EncryptedFile where a password is needed,
    TruncatedFile where the end of the file is missing, DamagedFile where MuPDF finds no pages in it or cannot read one,
    TooManyPages where it finds more than MOST_PAGES, OutOfMemory where there is not enough, NotPdf where it is
    something else.
    """
    return _read(data, numbers, complain, words_of)


def read_characters(data: bytes, numbers: Container[int], complain: Complain = ignore) -> Iterator[Page]:
    """The same pages with a word for every character: words may run over the gap between two columns."""
    return _read(data, numbers, complain, characters_of)


def _read(data: bytes, numbers: Container[int], complain: Complain, read_words: _ReadWords) -> Iterator[Page]:
    with opened(data, complain) as pdf:
        for index in range(pdf.page_count):
            if index + 1 in numbers:
                yield _read_page(pdf, index, read_words)


def render_pages(data: bytes, numbers: Container[int], dpi: int, complain: Complain = ignore) -> Iterator[Raster]:
    """Images of those pages of a PDF held in memory whose numbers (from 1) are in `numbers`, their text upright.

    A point of `read_pages` is dpi / 72 pixels. Complains and raises as `read_pages` does.
    """
    with opened(data, complain) as pdf:
        for index in range(pdf.page_count):
            if index + 1 in numbers:
                yield _render_page(pdf, index, dpi)


def _read_page(pdf: Any, index: int, read_words: _ReadWords) -> Page:
    try:
        page = load_page(pdf, index)
        annotations = take_annotations(page)
        upright = read_upright(page)
        orientation, paper = upright.orientation, upright.paper
        width, height = orientation.size(*paper)
        drawing = _drawing(page, upright)
        rules = on_page(drawing.rules(), width, height)
        texts = Texts(page, upright, annotations)
        words = printed_words(read_words(texts, Walls(rules)))
        later = annotations.upright(orientation.matrix(*paper)) if any(annotations) else annotations
        is_scan = not any(map(is_seen, words)) and (_is_scanned(page, words) or drawing.has_outlines)
    except FAULTS as error:
        raise damage(f"page {index + 1} cannot be read", error) from error
    return Page(
        index + 1,
        width,
        height,
        words,
        rules,
        is_scan,
        orientation.skew,
        legibility=legibility(words),
        comments=tuple(later.words),
        struck=tuple(later.struck),
        drawn=() if orientation.skew else tuple(drawing.shapes()),
        shades=tuple(drawing.shades()),
        is_patched=texts.is_patched,
        attachments=(*(attached_files(pdf) if index == 0 else ()), *annotations.attachments),
    )


def _render_page(pdf: Any, index: int, dpi: int) -> Raster:
    try:
        page = load_page(pdf, index)
        turns = read_upright(page).orientation.quarters - page.rotation // 90
        matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(turns * 90)
        pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    except FAULTS as error:
        raise damage(f"page {index + 1} cannot be drawn", error) from error
    return Raster(index + 1, pixels.width, pixels.height, pixels.samples, dpi)


def _is_scanned(page: Any, hidden: Sequence[Word]) -> bool:
    """Whether one image covers most of the page, as a scan does, and shows something.

    What was recognised on a scan is hidden behind it. Without that, an image of one colour shows nothing.
    """
    area = page.rect.width * page.rect.height
    is_filled = any(pymupdf.Rect(image["bbox"]).get_area() > area / 2 for image in page.get_image_info())
    return is_filled and (bool(hidden) or not page.get_pixmap(dpi=_GLANCE_DPI).is_unicolor)


def _drawing(page: Any, upright: UprightPage) -> Drawing:
    blocks = upright.blocks
    pictures = [Box(*block[:4]) for block in blocks.images]
    return Drawing(blocks.vectors, blocks.descriptions, pictures, lambda: _paths(page, upright))


def _paths(page: Any, upright: UprightPage) -> Iterator[Path]:
    """The paths a page draws, set upright; get_cdrawings knows them only as they are on the paper."""
    paths: Iterable[Path] = page.get_cdrawings()
    if upright.orientation == UPRIGHT:
        yield from paths
        return
    matrix = upright.orientation.matrix(*upright.paper)
    for path in paths:
        yield {
            "type": path["type"],
            "color": path.get("color"),
            "items": [_turned(item, matrix) for item in path["items"]],
        }


def _turned(item: tuple[Any, ...], matrix: Matrix) -> tuple[Any, ...]:
    """One part of a path turned: a line, a curve, a rectangle or a quadrilateral."""
    if item[0] in {"l", "c"}:
        return (item[0], *(matrix.point(*end) for end in item[1:]))
    if item[0] == "qu":
        return "qu", [matrix.point(*corner) for corner in item[1]]
    return "re", matrix.box(Box(*item[1]))
