"""The first reader: MuPDF's words and vector drawings. The only module that knows pymupdf.

MuPDF is not thread-safe: use processes, never threads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pymupdf

from perftable_etl.document import Box, Page, Rule, Word
from perftable_etl.errors import DamagedFile, EncryptedFile, NotPdf, TruncatedFile
from perftable_etl.extract.words import Walls, part

# Complaints about a file go into its outcome, not to the terminal.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_THIN = 3.0
"""Points. A shape no thicker than this is a rule; a thicker filled one is shading."""

_THICK = 6.0
"""Points, twice the thickest line that rules a table: a stroked line's box is that much wider than the line."""

_STROKED = "<vector stroked"

_LOSS = re.compile(r"error|repair|cannot|corrupt|invalid", re.IGNORECASE)
"""Of what MuPDF says of a file, that which may have cost content; the rest is about fonts and oddities."""

# One pass over a page for both its words and its vectors; get_cdrawings would be a second one.
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    | pymupdf.TEXT_COLLECT_VECTORS
)


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF held in memory.

    Raises EncryptedFile where a password is needed, TruncatedFile where the end of the file is missing, DamagedFile
    where MuPDF finds no pages in it, NotPdf where it is something else.
    """
    with _open(data) as pdf:
        for number in range(pdf.page_count):
            yield _read_page(pdf, number)


def complaints() -> tuple[str, ...]:
    """What MuPDF had to pass over since `read_pages` was last called, a line each; nothing for a sound file."""
    lines = pymupdf.TOOLS.mupdf_warnings().splitlines()
    return tuple(line for line in lines if _LOSS.search(line))


def _open(data: bytes) -> Any:
    pymupdf.TOOLS.reset_mupdf_warnings()
    if b"%PDF-" not in data[:1024]:
        raise NotPdf("it is named as a PDF but is none; fetch the file again or name it for what it is")
    ends_early = b"%%EOF" not in data[-1024:]
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except (RuntimeError, ValueError) as error:
        if ends_early:
            raise TruncatedFile("its end is missing; fetch the file again") from error
        raise DamagedFile(f"it is too damaged to open ({error}); fetch the file again") from error
    if pdf.needs_pass:
        raise EncryptedFile("it is protected by a password; save a copy without one")
    if pdf.is_repaired and ends_early:
        raise TruncatedFile("its end is missing; fetch the file again")
    if not pdf.page_count:
        raise DamagedFile("it has no pages; fetch the file again")
    return pdf


def _read_page(pdf: Any, index: int) -> Page:
    try:
        page = pdf.load_page(index)
        text_page = page.get_textpage(flags=_FLAGS)
        rules = tuple(_rules(text_page))
        words = tuple(_words(text_page, Walls(rules)))
    except (RuntimeError, ValueError) as error:
        raise DamagedFile(f"page {index + 1} cannot be read ({error}); fetch the file again") from error
    return Page(index + 1, page.rect.width, page.rect.height, words, rules, not words and _is_filled_by_image(page))


def _is_filled_by_image(page: Any) -> bool:
    """Whether one image covers most of the page, as a scan does."""
    area = page.rect.width * page.rect.height
    return any(pymupdf.Rect(image["bbox"]).get_area() > area / 2 for image in page.get_image_info())


def _words(text_page: Any, walls: Walls) -> Iterator[Word]:
    """A page's words, those that run over a wall parted at it."""
    for x0, y0, x1, y1, text, block, line, _ in text_page.extractWORDS():
        box = Box(x0, y0, x1, y1)
        at = walls.across(box)
        if at:
            yield from part(_characters(text_page, block, line, box), at)
        else:
            yield Word(text, box)


def _characters(text_page: Any, block: int, line: int, box: Box) -> list[Word]:
    """The characters of one line that lie within `box`.

    Walked to in MuPDF's own structures: the documented way to them copies every character of the page, which costs
    as much as reading it.
    """
    lines = pymupdf.mupdf.FzStextBlock(_text_block(text_page, block)).__iter__()
    for _ in range(line):
        next(lines)
    character = next(lines).m_internal.first_char
    characters = []
    while character:
        upper_left, lower_right = character.quad.ul, character.quad.lr
        characters.append(Word(chr(character.c), Box(upper_left.x, upper_left.y, lower_right.x, lower_right.y)))
        character = character.next
    return [c for c in characters if c.text.strip() and box.x0 - 0.1 <= c.box.x0 and c.box.x1 <= box.x1 + 0.1]


def _text_block(text_page: Any, number: int) -> Any:
    """The block of text with this number, which counts no other kind; asked for its lines, those would crash."""
    block = text_page.this.m_internal.first_block
    while block:
        if block.type == pymupdf.mupdf.FZ_STEXT_BLOCK_TEXT:
            if number == 0:
                return block
            number -= 1
        block = block.next
    raise ValueError(f"no text block {number}")


def _rules(text_page: Any) -> Iterator[Rule]:
    """The horizontal and vertical strokes of a page: thin shapes, and the sides of stroked rectangles.

    MuPDF gives the box of every part of a path as a block of its own (FZ_STEXT_BLOCK_VECTOR), wider by the line's
    width on all sides where it is stroked.
    """
    for x0, y0, x1, y1, described, _, kind in text_page.extractBLOCKS():
        if kind == pymupdf.mupdf.FZ_STEXT_BLOCK_VECTOR:
            width, height = x1 - x0, y1 - y0
            if height <= _THIN < width:
                yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
            elif width <= _THIN < height:
                yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
            elif _STROKED in described:
                yield from _sides(x0, y0, x1, y1)


def _sides(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A thick line as one stroke, a stroked rectangle as its four sides."""
    if y1 - y0 <= _THICK:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 <= _THICK:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    else:
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)
