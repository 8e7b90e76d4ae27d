"""Which pages are asked how their words are painted, and what paint looks like to the eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from perftable_etl.document import Box
from perftable_etl.extract import mupdf
from perftable_etl.extract.styles import Fill, background_of, have_plain_heights, paints_plainly, seen_style
from tests.drawing.redraw import SAMPLES

WHITE, RED, BLACK = 0xFFFFFF, 0xFF0000, 0x000000


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 9 Tf <01> Tj ET",
        b"q 0 0 0 rg\nBT <01> Tj ET Q",
        b"q\n0 g /G3 gs BT <01> Tj ET",
        b"/DeviceCMYK cs 0 0 0 1 k\n0.5 w 0 0 10 10 re S",
        b"0.7 G 0 0 10 10 re S",
    ],
)
def test_black_text_and_rules_of_any_colour_are_plain(content: bytes) -> None:
    assert paints_plainly(content)


@pytest.mark.parametrize(
    "content",
    [
        b"q 1 1 1 rg BT <01> Tj ET",
        b"1.0 0 0 rg BT <01> Tj ET",
        b"0.85 g\nBT <01> Tj ET",
        b"0 1 1 0 k BT <01> Tj ET",
        b"/P1 scn BT <01> Tj ET",
        b"BT 3 Tr <01> Tj ET",
        b"q /Fm0 Do Q",
    ],
)
def test_colours_and_modes_and_content_from_elsewhere_are_not(content: bytes) -> None:
    assert not paints_plainly(content)


def test_a_word_much_higher_than_the_others_is_asked_how_it_stands() -> None:
    assert have_plain_heights([12.0] * 20 + [20.0])
    assert not have_plain_heights([12.0] * 20 + [60.0])
    assert have_plain_heights([])


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_plain_pages_are_not_asked(path: Path) -> None:
    """To ask costs a tenth of what reading the page does."""
    assert all(word.style is None for page in mupdf.read_pages(path.read_bytes()) for word in page.words)


def test_opacity_lets_the_ground_through() -> None:
    assert seen_style(9, BLACK, 0, 0.5, WHITE).colour == 0x808080
    assert seen_style(9, RED, 0, 0.0, BLACK).colour == BLACK


def test_what_hardly_differs_from_its_ground_does_not_show() -> None:
    assert not seen_style(9, 0xFAFAFA, 0, 1, WHITE).is_visible
    assert seen_style(9, 0xEEEEEE, 0, 1, WHITE).is_visible
    assert seen_style(9, WHITE, 0, 1, RED).is_visible


def test_the_ground_is_the_last_area_that_carries_the_text() -> None:
    text = Box(100, 100, 140, 112)
    row, cell, rule = Box(50, 95, 500, 115), Box(90, 95, 150, 115), Box(50, 105, 500, 106)
    assert background_of(text, [Fill(row, RED), Fill(cell, WHITE)]) == WHITE
    assert background_of(text, [Fill(row, RED), Fill(rule, BLACK)]) == RED
    assert background_of(text, []) == WHITE
