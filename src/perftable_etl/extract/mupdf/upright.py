"""A page of MuPDF's, its text set upright."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pymupdf

from perftable_etl.document import Box
from perftable_etl.extract.drawing import SLANTED
from perftable_etl.extract.orientation import (
    UPRIGHT,
    Orientation,
    TextDirection,
    are_level,
    find_orientation,
    run_to_the_right,
)
from perftable_etl.quick_tuples import maker

_box = maker(Box)

WordTuples = list[tuple[float, float, float, float, str, int, int, int]]
"""What MuPDF gives of words: box, text, and the numbers of block, line and word."""

TEXT = pymupdf.mupdf.FZ_STEXT_BLOCK_TEXT
IMAGE = pymupdf.mupdf.FZ_STEXT_BLOCK_IMAGE
VECTOR = pymupdf.mupdf.FZ_STEXT_BLOCK_VECTOR
"""The kinds of block that MuPDF's text page has."""

_NO_BOX = [612.0, 792.0]
"""The sides of what MuPDF takes for a page whose boxes leave nothing of it."""

_FEWEST_LINES = 3
"""Texts of one line that tell how a page lies: fewer may be chance."""


# One pass over a page for both its words and its vectors; get_cdrawings would be a second one.
# A character of a font without a map to Unicode is U+FFFD; TEXT_CID_FOR_UNKNOWN_UNICODE would make up another one.
# Images are not decoded for that: they only take their place in the order of painting.
FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_PRESERVE_IMAGES
)


class Blocks(NamedTuple):
    """What MuPDF's text page has, by kind: box, text or description, number in the order of painting, kind.

    `descriptions` are those of the vectors: a page may have thousands of them, but few that are not alike.
    """

    texts: list[tuple[Any, ...]]
    vectors: list[tuple[Any, ...]]
    images: list[tuple[Any, ...]]
    descriptions: set[str]


class UprightPage(NamedTuple):
    """A page whose text stands upright: MuPDF's text page, its blocks and words, and how the paper was turned for it.

    `paper` is the width and the height of the page before /Rotate turned it.
    """

    text_page: Any
    blocks: Blocks
    words: WordTuples
    orientation: Orientation
    paper: tuple[float, float]


def load_page(pdf: Any, index: int) -> Any:
    """A page, shown whole where its crop box shows nothing of it: then the media box holds (ISO 32000-1, 14.11.2)."""
    page = pdf.load_page(index)
    if _sides(page.rect) == _NO_BOX and (_sides(page.cropbox) != _NO_BOX or not page.cropbox.intersects(page.mediabox)):
        page.set_cropbox(page.mediabox)
        page = pdf.load_page(index)
    return page


def _sides(rect: Any) -> list[float]:
    """The shorter and the longer side of a box, whichever way the page is turned."""
    return sorted((rect.width, rect.height))


def read_upright(page: Any) -> UprightPage:
    """A page's text and vectors, read a second time where its text does not stand upright at first."""
    text_page = page.get_textpage(flags=FLAGS)
    blocks, words = _blocks(text_page), text_page.extractWORDS()
    turned_by_viewer = page.rotation // 90
    paper = _paper(page.rect, turned_by_viewer)
    if not turned_by_viewer and _seems_level(words, blocks):
        return UprightPage(text_page, blocks, words, UPRIGHT, paper)
    orientation = find_orientation(_directions(text_page), turned_by_viewer)
    if orientation != UPRIGHT:
        matrix = orientation.matrix(*paper)
        clip = pymupdf.Rect(matrix.box(Box(0, 0, *paper)))
        text_page = page.get_textpage(clip=clip, flags=FLAGS, matrix=pymupdf.Matrix(matrix))
        blocks, words = _blocks(text_page), text_page.extractWORDS()
    return UprightPage(text_page, blocks, words, orientation, paper)


def _blocks(text_page: Any) -> Blocks:
    kinds: dict[int, list[tuple[Any, ...]]] = {TEXT: [], VECTOR: [], IMAGE: []}
    for kind, blocks in groupby(text_page.extractBLOCKS(), key=itemgetter(6)):
        kinds.setdefault(kind, []).extend(blocks)
    vectors = kinds[VECTOR]
    return Blocks(kinds[TEXT], vectors, kinds[IMAGE], set(map(itemgetter(4), vectors)))


def _paper(rect: Any, quarters: int) -> tuple[float, float]:
    """Width and height of a page as it was before so many quarter turns, the frame of its text page."""
    return (rect.height, rect.width) if quarters % 2 else (rect.width, rect.height)


def _seems_level(words: WordTuples, blocks: Blocks) -> bool:
    """Whether nothing suggests that a page's text runs up, down, upside down or askew.

    The boxes of rules and of texts of one line tell, or of words where there are few such texts. To read the directions
    of all lines takes ten times as long.
    """
    if any(SLANTED in described for described in blocks.descriptions):
        return False
    lines = [_box(block[:4]) for block in blocks.texts if len(block[4]) > 2 and block[4].count("\n") == 1]
    if len(lines) < _FEWEST_LINES:
        lines = [_box(word[:4]) for word in words if len(word[4]) > 1]
    return run_to_the_right(lines) and (bool(blocks.vectors) or are_level(lines))


def _directions(text_page: Any) -> Iterator[TextDirection]:
    """Which way the lines of a page run; lines of vertical writing run down and stand upright."""
    for block in text_page.extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            if not line["wmode"]:
                dx, dy = line["dir"]
                yield TextDirection(dx, dy, sum(len(span["text"]) for span in line["spans"]))
