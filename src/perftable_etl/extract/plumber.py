"""The second reader: pdfplumber. Slower by far, so only asked where the first reader's form fails its checks.

The only module that knows pdfplumber. Its text and rules come from another PDF engine (pdfminer.six), so that what both
readers agree on does not hang on one engine's mistakes.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber

from perftable_etl.document import Box, Page, Rule, Word
from perftable_etl.extract.strokes import border_rules, thin_rule
from perftable_etl.extract.words import Walls, part

# pdfminer warns about every odd object; what matters of it shows in the reading.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pages(data: bytes, numbers: Container[int]) -> Iterator[Page]:
    """Those pages of a PDF held in memory whose numbers (from 1) are in `numbers`; none if it cannot read the file."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                if page.page_number in numbers:
                    yield _read_page(page)
    except Exception:
        return


def _read_page(page: Any) -> Page:
    rules = tuple(rule for shape in (*page.lines, *page.rects, *page.curves) for rule in _rules(shape))
    words = tuple(_words(page, Walls(rules)))
    return Page(page.page_number, float(page.width), float(page.height), words, rules)


def _words(page: Any, walls: Walls) -> Iterator[Word]:
    """A page's words, those that run over a wall parted at it."""
    for word in page.within_bbox(page.bbox, strict=False).extract_words(x_tolerance=1.5, return_chars=True):
        box = _box(word)
        at = walls.across(box)
        if at:
            yield from part([Word(char["text"], _box(char)) for char in word["chars"]], at)
        else:
            yield Word(word["text"], box)


def _box(shape: dict[str, Any]) -> Box:
    return Box(float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))


def _rules(shape: dict[str, Any]) -> Iterator[Rule]:
    """A thin shape as one rule, a stroked rectangle as four; pdfplumber takes some rectangles for curves."""
    box = _box(shape)
    if shape["stroke"] and (shape["object_type"] == "rect" or _is_rectangle(shape["pts"], box)):
        yield from border_rules(box)
    else:
        yield from thin_rule(box)


def _is_rectangle(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether a path's points are the corners of its box, all four of them."""
    corners = {(round(x), round(y)) for x, y in points}
    return len(corners) == 4 and corners == {(round(x), round(y)) for x in (box.x0, box.x1) for y in (box.y0, box.y1)}
