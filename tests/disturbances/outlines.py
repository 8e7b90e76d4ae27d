"""Texts that are none: the outlines of their characters as paths, or a picture of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pymupdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from tests.disturbances.leaves import Finish, Text
from tests.drawing.wrap import em

Point = tuple[float, float]
DPI = 300


@cache
def _font() -> TTFont:
    """The font that the pages are set in."""
    return TTFont(BytesIO(pymupdf.Font("china-s").buffer))


class _Operators(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Draws a glyph as operators of a PDF whose y counts downwards, its baseline beginning at a point."""

    def __init__(self, x: float, y: float, across: float, down: float) -> None:
        super().__init__(_font().getGlyphSet())
        self._x, self._y, self._across, self._down = x, y, across, down
        self.operators: list[str] = []

    def _put(self, operator: str, *points: Point) -> None:
        numbers = (f"{self._x + x * self._across:.3f} {self._y - y * self._down:.3f}" for x, y in points)
        self.operators.append(" ".join((*numbers, operator)))

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - the names are fontTools'
        self._put("m", pt)

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self._put("l", pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        self._put("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")


def outlines(text: Text) -> Iterator[str]:
    """The glyphs of a text as filled paths, each character where the text has it and no wider."""
    names, glyphs = _font().getBestCmap(), _font().getGlyphSet()
    scale = text.size / _font()["head"].unitsPerEm
    x = text.x
    for character in text.text:
        glyph = glyphs[names[ord(character)]]
        pen = _Operators(x, text.y, min(scale, em(character) * text.size / glyph.width), scale)
        glyph.draw(pen)
        if pen.operators:
            yield " ".join((*pen.operators, "f"))
        x += em(character) * text.size


def pasted(*texts: Text) -> Finish:
    """Puts a picture of each text where the text would stand."""

    def paste(page: pymupdf.Page) -> None:
        for text in texts:
            page.insert_image(pymupdf.Rect(*text.box), pixmap=_pixels(text))

    return paste


def _pixels(text: Text) -> pymupdf.Pixmap:
    left, top, right, bottom = text.box
    with pymupdf.open() as document:
        page = document.new_page(width=right - left, height=bottom - top)
        content = document.get_new_xref()
        document.update_object(content, "<<>>")
        moved = outlines(text._replace(x=0.0, y=text.y - top))
        document.update_stream(content, "\n".join((f"1 0 0 -1 0 {bottom - top:g} cm", *moved)).encode())
        page.set_contents(content)
        return page.get_pixmap(dpi=DPI)
