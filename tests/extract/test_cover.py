"""What is painted over a text hides it, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from perftable_etl.document import Box, Page
from perftable_etl.extract import mupdf
from perftable_etl.extract.cover import Painted, first_over, over_texts
from perftable_etl.extract.noise import without_noise

TEXT = Box(60, 95, 130, 108)
AREA = pymupdf.Rect(55, 92, 140, 112)


def read(paint: Callable[[pymupdf.Page], None], *, rotation: int = 0, again: str = "") -> Page:
    """A page with a text, what is painted after it, and another text on top."""
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        page.insert_text((60, 105), "Old value", fontsize=12)
        page.insert_text((60, 155), "Other words stand below", fontsize=12)
        paint(page)
        if again:
            page.insert_text((60, 105), again, fontsize=12)
        page.set_rotation(rotation)
        (found,) = mupdf.read_pages(document.tobytes())
    return found


def picture(page: pymupdf.Page, grey: int = 255, alpha: int | None = None) -> None:
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 30, 20), alpha is not None)
    pixels.clear_with(grey)
    if alpha is not None:
        pixels.set_alpha(bytes([alpha]) * 600)
    page.insert_image(AREA, pixmap=pixels, keep_proportion=False)


def blended(page: pymupdf.Page) -> None:
    """An area that darkens what is below it, as a marker does; its opacity says nothing of that."""
    _, resources = page.parent.xref_get_key(page.xref, "Resources")
    page.parent.xref_set_key(int(resources.split()[0]), "ExtGState", "<</Marker <</BM /Multiply>>>>")
    content = page.get_contents()[-1]
    page.parent.update_stream(content, page.parent.xref_stream(content) + b"\nq /Marker gs 1 1 0 rg 0 0 300 200 re f Q")


def clipped(page: pymupdf.Page) -> None:
    """An area of which only a corner is painted."""
    content = page.get_contents()[-1]
    page.parent.update_stream(content, page.parent.xref_stream(content) + b"\nq 0 0 9 9 re W n 1 g 0 0 300 200 re f Q")


HIDING: dict[str, Callable[[pymupdf.Page], None]] = {
    "white": lambda page: page.draw_rect(AREA, color=None, fill=(1, 1, 1)),
    "black": lambda page: page.draw_rect(AREA, color=None, fill=(0, 0, 0)),
    "picture": picture,
    "grey picture": lambda page: picture(page, 100),
    "square": lambda page: page.add_rect_annot(AREA).update(fill_color=(1, 1, 1)),
    "typewriter": lambda page: page.add_freetext_annot(AREA, "", fill_color=(1, 1, 1)),
}
SHOWING: dict[str, Callable[[pymupdf.Page], None]] = {
    "nothing": lambda page: None,
    "glass": lambda page: page.draw_rect(AREA, color=None, fill=(1, 1, 0), fill_opacity=0.4),
    "transparent picture": lambda page: picture(page, alpha=60),
    "marker": lambda page: page.add_highlight_annot(AREA),
    "sticky note": lambda page: page.add_text_annot((62, 95), "compare"),
    "blended": blended,
    "clipped": clipped,
    "frame": lambda page: page.draw_rect(AREA, color=(0, 0, 0)),
}


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("paint", HIDING.values(), ids=HIDING.keys())
def test_a_covered_text_is_left_out_and_told(paint: Callable[[pymupdf.Page], None], rotation: int) -> None:
    page = without_noise(read(paint, rotation=rotation))
    assert [word.text for word in page.words] == ["Other", "words", "stand", "below"]
    assert [(noise.kind, noise.text) for noise in page.noise] == [("hidden", "Old"), ("hidden", "value")]
    assert page.is_patched


@pytest.mark.parametrize("paint", SHOWING.values(), ids=SHOWING.keys())
def test_a_text_that_shows_is_read(paint: Callable[[pymupdf.Page], None]) -> None:
    page = without_noise(read(paint))
    assert [word.text for word in page.words] == ["Old", "value", "Other", "words", "stand", "below"]
    assert not page.is_patched


@pytest.mark.parametrize("again", ["New", "New value that is longer"])
def test_the_text_on_the_patch_is_read(again: str) -> None:
    page = without_noise(read(HIDING["white"], again=again))
    assert sorted(word.text for word in page.words) == sorted(f"Other words stand below {again}".split())


def test_only_the_covered_part_of_a_word_is_left_out() -> None:
    half = pymupdf.Rect(78, 92, 300, 112)
    page = without_noise(read(lambda page: page.draw_rect(half, color=None, fill=(1, 1, 1))))
    assert [word.text for word in page.words] == ["Old", "Other", "words", "stand", "below"]


def test_shades_painted_before_their_texts_hide_nothing() -> None:
    shades = [Painted(order, Box(50, 90 + order, 140, 120 + order)) for order in (0, 2, 4)]
    texts = [Painted(1, Box(60, 112, 90, 125)), Painted(5, TEXT)]
    assert over_texts(shades, texts) == shades[1:]
    assert over_texts(shades, texts[1:]) == []
    assert first_over(shades, texts[1]) is None


def test_a_neighbouring_cell_may_overlap_by_its_edges() -> None:
    below = Painted(2, Box(50, 107, 200, 130))
    beside = Painted(2, Box(129.5, 90, 200, 110))
    assert over_texts([below, beside], [Painted(1, TEXT)]) == []
