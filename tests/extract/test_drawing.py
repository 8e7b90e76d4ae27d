"""What a page draws besides its texts: characters as shapes, marks that strike out, pages of outlines."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from perftable_etl.document import Page
from perftable_etl.extract.mupdf import read_pages

GLYPH = "{x} {y} m {x2} {y} l {x2} {y2} {x} {y2} {x} {y} c h f"
SEAL = "1 0 0 rg " + GLYPH


def drawn(content: str, change: Callable[[pymupdf.Page], object] = lambda _: None) -> Page:
    with pymupdf.open() as document:
        sheet = document.new_page()
        sheet.insert_text((72, 72), "≥90%")
        pymupdf.TOOLS._insert_contents(sheet, content.encode(), 1)
        change(sheet)
        data = document.tobytes()
    (page,) = read_pages(data)
    return page


def glyph(x: float, y: float, size: float = 8, pattern: str = GLYPH) -> str:
    return pattern.format(x=x, y=y, x2=x + size, y2=y + size)


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (glyph(100, 500), 1),
        (glyph(100, 500, 2), 0),  # a dot
        (glyph(100, 500, 80), 0),  # a chart
        (glyph(100, 500, 8, SEAL), 0),
        ("100 500 8 8 re f", 0),  # a shade
        ("100 500 m 108 504 l 100 508 l S", 1),
        ("100 500 m 400 500 l S", 0),
    ],
)
def test_shapes_of_the_size_of_characters_are_found(content: str, count: int) -> None:
    assert len(drawn(content).drawn) == count


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (glyph(100, 500) + " 110 499 m 112 499 l 111 505 111 505 112 509 c h f", 0),  # a bracket behind a character
        (glyph(100, 500) + " 110 504 6 0.8 re f", 0),  # a dash
        (glyph(100, 500) + " 110 490 0.8 24 re f", 1),  # a wall of its cell
        ("110 499 m 112 499 l 111 505 111 505 112 509 c h f", 1),
    ],
)
def test_strokes_of_outlined_characters_are_no_rules(content: str, count: int) -> None:
    assert len(drawn(content).rules) == count


def test_a_strike_is_found_and_a_highlight_is_none() -> None:
    spot = pymupdf.Rect(72, 62, 100, 74)
    (struck,) = drawn("", lambda sheet: sheet.add_strikeout_annot(spot)).struck
    assert [round(side) for side in struck] == [72, 62, 100, 74]
    assert not drawn("", lambda sheet: sheet.add_highlight_annot(spot)).struck


@pytest.mark.parametrize(("number", "is_scan"), [(60, True), (5, False)])
def test_a_page_of_outlines_needs_recognition(number: int, is_scan: bool) -> None:
    with pymupdf.open() as document:
        sheet = document.new_page()
        shapes = " ".join(glyph(50 + 9 * (index % 20), 500 - 12 * (index // 20)) for index in range(number))
        pymupdf.TOOLS._insert_contents(sheet, shapes.encode(), 1)
        data = document.tobytes()
    (page,) = read_pages(data)
    assert (page.is_scan, page.needs_recognition) == (is_scan, is_scan)
