"""Puts a drawn PDF on paper in other ways: turned, cropped, shifted, in other units, askew. Bytes in, bytes out.

But for `askew`, what a person sees after turning the page upright is what was drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

import pymupdf

Change = Callable[[pymupdf.Document, pymupdf.Page], None]
Box = tuple[float, float, float, float]


def plain(data: bytes) -> bytes:
    return data


def turned_by_viewer(data: bytes, angle: int) -> bytes:
    """The drawing lies on its side, and /Rotate stands it upright; `angle` degrees clockwise."""
    return _edited(drawn_sideways(data, angle), lambda document, page: page.set_rotation(angle))


def turned_on_its_side(data: bytes, angle: int) -> bytes:
    """The drawing is upright, and /Rotate lays it on its side."""
    return _edited(data, lambda document, page: page.set_rotation(angle))


def drawn_sideways(data: bytes, angle: int) -> bytes:
    """The drawing lies on its side, `angle` degrees counterclockwise, and the reader has to turn the page."""

    def change(document: pymupdf.Document, page: pymupdf.Page) -> None:
        _wrap(document, page, *_turn(angle, page))
        width, height = page.rect.width, page.rect.height
        if angle % 180:
            x, y = (width - height) / 2, (height - width) / 2
            _set_box(document, page, "MediaBox", (x, y, x + height, y + width))

    return _edited(data, change)


def askew(data: bytes, angle: float) -> bytes:
    """The drawing lies on the paper `angle` degrees clockwise."""
    return _edited(data, lambda document, page: _wrap(document, page, *_turn(-angle, page)))


def shifted(data: bytes, x: float, y: float) -> bytes:
    """The media box begins at (x, y) and not at the origin."""

    def change(document: pymupdf.Document, page: pymupdf.Page) -> None:
        _wrap(document, page, 1, 0, 0, 1, x, y)
        _set_box(document, page, "MediaBox", (x, y, x + page.rect.width, y + page.rect.height))

    return _edited(data, change)


def cropped(data: bytes, margin: float) -> bytes:
    """The drawing on larger paper, cropped to what there was; beyond the crop box stand a text and rules."""

    def change(document: pymupdf.Document, page: pymupdf.Page) -> None:
        width, height = page.rect.width, page.rect.height
        beyond = f"BT /F0 9 Tf 1 0 0 1 {30 - margin:g} {height / 2:g} Tm <{'项目名称'.encode('utf-16-be').hex()}> Tj ET"
        rules = f"{10 - margin:g} 10 m -10 10 l {10 - margin:g} {height:g} m -10 {height:g} l S"
        _append(document, page, f"{beyond} {rules}")
        _set_box(document, page, "MediaBox", (-margin, -margin / 2, width + margin, height + margin * 2))
        _set_box(document, page, "CropBox", (0, 0, width, height))

    return _edited(data, change)


def in_units_of(data: bytes, unit: float) -> bytes:
    """The same paper measured in units of so many points."""

    def change(document: pymupdf.Document, page: pymupdf.Page) -> None:
        _wrap(document, page, 1 / unit, 0, 0, 1 / unit, 0, 0)
        x0, y0, x1, y1 = page.mediabox
        _set_box(document, page, "MediaBox", (x0 / unit, y0 / unit, x1 / unit, y1 / unit))
        document.xref_set_key(page.xref, "UserUnit", f"{unit:g}")

    return _edited(data, change)


def _edited(data: bytes, change: Change) -> bytes:
    with pymupdf.open("pdf", data) as document:
        for page in document:
            change(document, page)
        edited: bytes = document.tobytes(no_new_id=True)
        return edited


def _turn(angle: float, page: pymupdf.Page) -> tuple[float, float, float, float, float, float]:
    """The matrix that turns a page's contents counterclockwise around its middle."""
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    x, y = page.rect.width / 2, page.rect.height / 2
    return cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y


def _wrap(document: pymupdf.Document, page: pymupdf.Page, *matrix: float) -> None:
    """Puts a page's contents under a matrix."""
    numbers = " ".join(f"{number:.6f}" for number in matrix)
    (content,) = page.get_contents()
    document.update_stream(content, b"q %s cm\n%s\nQ" % (numbers.encode(), document.xref_stream(content)))


def _append(document: pymupdf.Document, page: pymupdf.Page, operators: str) -> None:
    (content,) = page.get_contents()
    document.update_stream(content, b"%s\n%s" % (document.xref_stream(content), operators.encode()))


def _set_box(document: pymupdf.Document, page: pymupdf.Page, name: str, box: Box) -> None:
    document.xref_set_key(page.xref, name, "[" + " ".join(f"{side:g}" for side in box) + "]")
