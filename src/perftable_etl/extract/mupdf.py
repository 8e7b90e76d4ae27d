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
"""Points. A filled shape no thicker than this is a rule; thicker ones are shading."""

_LOSS = re.compile(r"error|repair|cannot|corrupt|invalid", re.IGNORECASE)
"""Of what MuPDF says of a file, that which may have cost content; the rest is about fonts and oddities."""

_WORD_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE


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
        text_page = page.get_textpage(flags=_WORD_FLAGS)
        rules = tuple(rule for path in page.get_cdrawings() for rule in _rules(path))
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
    block_pointer = text_page.this.m_internal.first_block
    for _ in range(block):
        block_pointer = block_pointer.next
    lines = pymupdf.mupdf.FzStextBlock(block_pointer).__iter__()
    for _ in range(line):
        next(lines)
    character = next(lines).m_internal.first_char
    characters = []
    while character:
        upper_left, lower_right = character.quad.ul, character.quad.lr
        characters.append(Word(chr(character.c), Box(upper_left.x, upper_left.y, lower_right.x, lower_right.y)))
        character = character.next
    return [c for c in characters if c.text.strip() and box.x0 - 0.1 <= c.box.x0 and c.box.x1 <= box.x1 + 0.1]


def _rules(path: dict[str, Any]) -> Iterator[Rule]:
    """The horizontal and vertical strokes of one path: stroked lines, box borders, thin fills."""
    if path["type"] == "f":
        x0, y0, x1, y1 = path["rect"]
        if len(path["items"]) == 1 or x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            yield from _thin(x0, y0, x1, y1)
        else:
            for item in path["items"]:
                if item[0] == "re":
                    yield from _thin(*item[1])
        return
    for item in path["items"]:
        if item[0] == "l":
            (x0, y0), (x1, y1) = item[1], item[2]
            yield from _stroke(x0, y0, x1, y1)
        elif item[0] == "re":
            yield from _border(*item[1])
        elif item[0] == "qu":
            upper_left, _, _, lower_right = item[1]
            yield from _border(*upper_left, *lower_right)


def _thin(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A filled rectangle's middle line, if it is thin enough to be a rule."""
    width, height = x1 - x0, y1 - y0
    if height <= _THIN and width > height:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif width <= _THIN:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _stroke(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    if abs(x1 - x0) <= 1 or abs(y1 - y0) <= 1:
        yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _border(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """The four sides of a stroked rectangle; one stroke if it is flat."""
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        yield from _thin(x0, y0, x1, y1)
        return
    yield Rule(x0, y0, x1, y0)
    yield Rule(x0, y1, x1, y1)
    yield Rule(x0, y0, x0, y1)
    yield Rule(x1, y0, x1, y1)
