"""The first reader: MuPDF's words and vector drawings. The only module that knows pymupdf.

MuPDF is not thread-safe: use processes, never threads.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

import pymupdf

from perftable_etl.document import Box, Page, Raster, Rule, Word
from perftable_etl.errors import DamagedFile, EncryptedFile, NotPdf, TruncatedFile
from perftable_etl.extract.strokes import border_rules, is_thin, line_rule, thin_rule
from perftable_etl.extract.words import Walls, part

# Complaints about a file go into its outcome, not to the terminal.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_STROKED = "<vector stroked"
"""How the text of a vector block begins, unless the vector is filled."""

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


def render_pages(data: bytes, numbers: Container[int], dpi: int) -> Iterator[Raster]:
    """Images of those pages of a PDF held in memory whose numbers (from 1) are in `numbers`, their text upright.

    A point of `read_pages` is dpi / 72 pixels. Raises what `read_pages` raises.
    """
    with _open(data) as pdf:
        for index in range(pdf.page_count):
            if index + 1 in numbers:
                yield _render_page(pdf, index, dpi)


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
        page = _load_upright(pdf, index)
        text_page = page.get_textpage(flags=_FLAGS)
        rules = tuple(_rules(page, text_page))
        words = tuple(_words(text_page, Walls(rules)))
    except (RuntimeError, ValueError) as error:
        raise DamagedFile(f"page {index + 1} cannot be read ({error}); fetch the file again") from error
    return Page(index + 1, page.rect.width, page.rect.height, words, rules, not words and _is_filled_by_image(page))


def _render_page(pdf: Any, index: int, dpi: int) -> Raster:
    try:
        pixels = _load_upright(pdf, index).get_pixmap(dpi=dpi, colorspace=pymupdf.csRGB, alpha=False)
    except (RuntimeError, ValueError) as error:
        raise DamagedFile(f"page {index + 1} cannot be drawn ({error}); fetch the file again") from error
    return Raster(index + 1, pixels.width, pixels.height, pixels.samples, dpi)


def _load_upright(pdf: Any, index: int) -> Any:
    page = pdf.load_page(index)
    if page.rotation and _runs_sideways(page):
        page.remove_rotation()
    return page


def _runs_sideways(page: Any) -> bool:
    """Whether most lines of a turned page run up or down in its own coordinates, and level only once it is turned."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    sideways = [line for line in lines if abs(line["dir"][1]) > abs(line["dir"][0])]
    return len(sideways) * 2 > len(lines)


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


def _rules(page: Any, text_page: Any) -> Iterator[Rule]:
    """The rules of a page, from the vectors its text page has collected.

    MuPDF gives the box of every part of a path as a block of its own. The boxes of lines and filled rectangles say all
    there is to know; where something else is stroked, boxes are too wide and hide their lines, so that the page's
    paths are read instead.
    """
    boxes = []
    for x0, y0, x1, y1, described, _, kind in text_page.extractBLOCKS():
        if kind == pymupdf.mupdf.FZ_STEXT_BLOCK_VECTOR:
            box = Box(x0, y0, x1, y1)
            if is_thin(box):
                boxes.append(box)
            elif _STROKED in described:
                return (rule for path in page.get_cdrawings() for rule in _path_rules(path))
    return (rule for box in boxes for rule in thin_rule(box))


def _path_rules(path: dict[str, Any]) -> Iterator[Rule]:
    """The rules of one path: stroked lines, the borders of stroked rectangles, thin fills."""
    is_stroked = path["type"] != "f"
    for item in path["items"]:
        if item[0] == "re":
            yield from (border_rules if is_stroked else thin_rule)(Box(*item[1]))
        elif item[0] == "qu":
            corners = [Box(*corner, *corner) for corner in item[1]]
            yield from (border_rules if is_stroked else thin_rule)(Box.around(corners))
        elif item[0] == "l" and is_stroked:
            yield from line_rule(*item[1], *item[2])
    if not is_stroked and all(item[0] == "l" for item in path["items"]):
        yield from thin_rule(Box(*path["rect"]))
