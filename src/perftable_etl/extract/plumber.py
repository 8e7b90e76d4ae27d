"""The second reader: pdfplumber. Slower by far, so only asked where the first reader's form fails its checks.

The only module that knows pdfplumber. Its text and rules come from another PDF engine (pdfminer.six), so that what both
readers agree on does not hang on one engine's mistakes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfplumber.utils import extract_words

from perftable_etl.document import Box, Page, Rule, Word
from perftable_etl.extract.legibility import legibility
from perftable_etl.extract.posture import Direction, Matrix, Posture, find_posture, tighten
from perftable_etl.extract.strokes import border_rules, on_page, thin_rule
from perftable_etl.extract.words import Walls, part

# pdfminer warns about every odd object; what matters of it shows in the reading.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_SIDES = ("x0", "top", "x1", "bottom")
"""What pdfplumber calls the sides of a box."""

_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What pdfminer calls a character of a font without a map to Unicode."""


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
    """A page in the frame of the first reader: what the crop box shows, in points, its text upright."""
    x0, y0, x1, y1 = map(float, page.cropbox)
    unit = float(page.page_obj.attrs.get("UserUnit", 1))
    width, height = (x1 - x0) * unit, (y1 - y0) * unit
    posture = find_posture(map(_direction, page.chars))
    matrix = Matrix(unit, 0, 0, unit, -x0 * unit, -y0 * unit).then(posture.matrix(width, height))
    width, height = posture.size(width, height)
    shapes = (*page.lines, *page.rects, *page.curves)
    rules = on_page((rule for shape in shapes for rule in _rules(shape, matrix)), width, height)
    characters = [_turned(char, matrix, posture) for char in page.chars]
    seen = [char for char in characters if _is_on(char, width, height)]
    words = tuple(_words(seen, Walls(rules)))
    return Page(page.page_number, width, height, words, rules, skew=posture.skew, legibility=legibility(words))


def _direction(char: dict[str, Any]) -> Direction:
    """Which way a character runs on the page; its matrix has y upwards."""
    return Direction(char["matrix"][0], -char["matrix"][1], 1)


def _turned(char: dict[str, Any], matrix: Matrix, posture: Posture) -> dict[str, Any]:
    """A character as extract_words takes it, set upright, and U+FFFD where only its glyph's number is known."""
    box = tighten(matrix.box(_box(char)), posture.skew)
    dx, dy, _ = _direction(char)
    is_upright = matrix.a * dx + matrix.c * dy > abs(matrix.b * dx + matrix.d * dy)
    return {
        "text": _UNKNOWN.sub("\ufffd", char["text"]),
        "upright": is_upright,
        "doctop": box.y0,
        **dict(zip(_SIDES, box, strict=True)),
    }


def _is_on(char: dict[str, Any], width: float, height: float) -> bool:
    """Whether any of a character lies on the page."""
    return bool(char["x0"] < width and char["x1"] > 0 and char["top"] < height and char["bottom"] > 0)


def _words(characters: list[dict[str, Any]], walls: Walls) -> Iterator[Word]:
    """The words that characters make, those that run over a wall parted at it."""
    for word in extract_words(characters, x_tolerance=1.5, return_chars=True):
        box = _box(word)
        at = walls.across(box)
        if at:
            yield from part([Word(char["text"], _box(char)) for char in word["chars"]], at)
        else:
            yield Word(word["text"], box)


def _box(shape: dict[str, Any]) -> Box:
    return Box(*(float(shape[side]) for side in _SIDES))


def _rules(shape: dict[str, Any], matrix: Matrix) -> Iterator[Rule]:
    """A thin shape as one rule, a stroked rectangle as four; pdfplumber takes some rectangles for curves."""
    points = [matrix.point(float(x), float(y)) for x, y in shape["pts"]]
    box = Box.around(Box(*point, *point) for point in points)
    if shape["stroke"] and (shape["object_type"] == "rect" or _is_rectangle(points, box)):
        yield from border_rules(box)
    else:
        yield from thin_rule(box)


def _is_rectangle(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether a path's points are the corners of its box, all four of them."""
    corners = {(round(x), round(y)) for x, y in points}
    return len(corners) == 4 and corners == {(round(x), round(y)) for x in (box.x0, box.x1) for y in (box.y0, box.y1)}
