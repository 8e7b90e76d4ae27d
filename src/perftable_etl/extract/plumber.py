"""The second reader: pdfplumber. Slower by far, so only asked where the first reader's form fails its checks.

The only module that knows pdfplumber. Its text and rules come from another PDF engine (pdfminer.six), so that what both
readers agree on does not hang on one engine's mistakes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterator, Sequence
from io import BytesIO
from math import atan2, degrees
from typing import Any

import pdfplumber
from pdfplumber.utils import extract_words

from perftable_etl.characters.code_points import printed_words
from perftable_etl.document import Box, Noise, Page, Place, Rule, Word
from perftable_etl.extract.colours import BLACK, from_shares
from perftable_etl.extract.doubled import doubled
from perftable_etl.extract.envelope import unwrapped
from perftable_etl.extract.legibility import legibility
from perftable_etl.extract.orientation import Orientation, TextDirection, find_orientation, tighten
from perftable_etl.extract.strokes import border_rules, on_page, thin_rule
from perftable_etl.extract.styles import Fill, background_of, seen_style
from perftable_etl.extract.words import Walls, part
from perftable_etl.geometry.boxes import around_points
from perftable_etl.geometry.transform import Matrix

# Both warn about every odd object; what matters of it shows in the reading.
for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.ERROR)

_SIDES = ("x0", "top", "x1", "bottom")
"""What pdfplumber calls the sides of a box."""

_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What pdfminer calls a character of a font without a map to Unicode."""


def read_pages(data: bytes, numbers: Container[int]) -> Iterator[Page]:
    """Those pages of a PDF held in memory whose numbers (from 1) are in `numbers`; none if it cannot read the file."""
    try:
        with pdfplumber.open(BytesIO(unwrapped(data))) as pdf:
            for page in pdf.pages:
                if page.page_number in numbers:
                    yield _read_page(page)
    except Exception:
        return


def _read_page(page: Any) -> Page:
    """A page in the frame of the first reader: what the crop box shows, in points, its text upright."""
    x0, y0, x1, y1 = _shown(page)
    unit = float(page.page_obj.attrs.get("UserUnit", 1))
    width, height = (x1 - x0) * unit, (y1 - y0) * unit
    orientation = find_orientation(map(_direction, page.chars))
    matrix = Matrix(unit, 0, 0, unit, -x0 * unit, -y0 * unit).then(orientation.matrix(width, height))
    width, height = orientation.size(width, height)
    shapes = (*page.lines, *page.rects, *page.curves)
    rules = on_page((rule for shape in shapes for rule in _rules(shape, matrix)), width, height)
    fills = [
        Fill(around_points(_points(shape, matrix)), _colour(shape))
        for shape in (*page.rects, *page.curves)
        if shape["fill"]
    ]
    characters = [_turned(char, matrix, orientation, fills) for char in page.chars]
    seen = [char for char in characters if _is_on(char, width, height)]
    twice = frozenset(doubled([Word(char["text"], _box(char)) for char in seen]))
    words = printed_words(_words([char for index, char in enumerate(seen) if index not in twice], Walls(rules)))
    noise = (_drawn_again(seen[index], page.page_number) for index in sorted(twice))
    readable = legibility(words)
    return Page(page.page_number, width, height, words, rules, False, orientation.skew, tuple(noise), readable)


def _shown(page: Any) -> Box:
    """What the page shows of its paper: what its crop box leaves of it, or all where that is nothing."""
    crop, media = (Box(*map(float, box)) for box in (page.cropbox, page.mediabox))
    left = Box(max(crop.x0, media.x0), max(crop.y0, media.y0), min(crop.x1, media.x1), min(crop.y1, media.y1))
    return left if left.x0 < left.x1 and left.y0 < left.y1 else media


def _direction(char: dict[str, Any]) -> TextDirection:
    """Which way a character runs on the page; its matrix has y upwards."""
    return TextDirection(char["matrix"][0], -char["matrix"][1], 1)


def _turned(char: dict[str, Any], matrix: Matrix, orientation: Orientation, fills: Sequence[Fill]) -> dict[str, Any]:
    """A character as extract_words takes it, set upright, and U+FFFD where only its glyph's number is known.

    pdfminer tells no opacity, and not whether a character is painted at all.
    """
    box = tighten(matrix.box(_box(char)), orientation.skew)
    dx, dy, _ = _direction(char)
    across, down = matrix.a * dx + matrix.c * dy, matrix.b * dx + matrix.d * dy
    printed = seen_style(
        box.y1 - box.y0, _colour(char), round(degrees(atan2(-down, across))), 1.0, background_of(box, fills)
    )
    return {
        "text": _UNKNOWN.sub("\ufffd", char["text"]),
        "upright": across > abs(down),
        "rises": -down > abs(across),
        "doctop": box.y0,
        "height": box.y1 - box.y0,
        "style": printed,
        "paint": printed[1:],
        **dict(zip(_SIDES, box, strict=True)),
    }


def _colour(shape: dict[str, Any]) -> int:
    """What a character or an area is filled with, as 0xRRGGBB: black where it is a pattern."""
    parts = shape["non_stroking_color"]
    match parts if isinstance(parts, (tuple, list)) else (parts,):
        case (int() | float() as grey,):
            red, green, blue = grey, grey, grey
        case (int() | float() as red, int() | float() as green, int() | float() as blue):
            pass
        case (int() | float() as cyan, int() | float() as magenta, int() | float() as yellow, int() | float() as key):
            red, green, blue = ((1 - part) * (1 - key) for part in (cyan, magenta, yellow))
        case _:
            return BLACK
    return from_shares(red, green, blue)


def _drawn_again(char: dict[str, Any], page_number: int) -> Noise:
    return Noise("doubled", char["text"], Place(page_number, _box(char)))


def _is_on(char: dict[str, Any], width: float, height: float) -> bool:
    """Whether any of a character lies on the page."""
    return bool(char["x0"] < width and char["x1"] > 0 and char["top"] < height and char["bottom"] > 0)


def _words(characters: list[dict[str, Any]], walls: Walls) -> Iterator[Word]:
    """The words that characters of the same paint make, those that run over a wall parted at it."""
    for word in _runs(characters):
        box, printed = _box(word), word["chars"][0]["style"]
        at = walls.across(box)
        if at:
            yield from part([Word(char["text"], _box(char), printed) for char in word["chars"]], at)
        else:
            yield Word(word["text"], box, printed)


def _runs(characters: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What pdfplumber takes for words; of turned ones it must be told which run up the page and which down."""
    for direction in ("ttb", "btt"):
        alike = [char for char in characters if char["rises"] == (direction == "btt")]
        yield from extract_words(
            alike, x_tolerance=1.5, extra_attrs=["paint"], return_chars=True, char_dir_rotated=direction
        )


def _box(shape: dict[str, Any]) -> Box:
    return Box(*(float(shape[side]) for side in _SIDES))


def _rules(shape: dict[str, Any], matrix: Matrix) -> Iterator[Rule]:
    """A thin shape as one rule, a stroked rectangle as four; pdfplumber takes some rectangles for curves."""
    points = _points(shape, matrix)
    box = around_points(_points(shape, matrix))
    if shape["stroke"] and (shape["object_type"] == "rect" or _is_rectangle(points, box)):
        yield from border_rules(box)
    else:
        yield from thin_rule(box)


def _points(shape: dict[str, Any], matrix: Matrix) -> list[tuple[float, float]]:
    return [matrix.point(float(x), float(y)) for x, y in shape["pts"]]


def _is_rectangle(points: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether a path's points are the corners of its box, all four of them."""
    corners = {(round(x), round(y)) for x, y in points}
    return len(corners) == 4 and corners == {(round(x), round(y)) for x in (box.x0, box.x1) for y in (box.y0, box.y1)}
