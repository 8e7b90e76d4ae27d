"""What of a page is noise, by how it is printed: each rule and a near miss, on pages made by hand."""

from __future__ import annotations

from math import cos, radians, sin

import pymupdf
import pytest

from perftable_etl.document import Box, NoiseKind, Page, Style, Word
from perftable_etl.extract import mupdf
from perftable_etl.extract.noise import without_noise
from tests.drawing.mupdf import draw
from tests.drawing.overprint import Doubled, Overprint, Seal, Stamp, Watermark, overprint
from tests.drawing.sources import source
from tests.extract.test_readers import with_plumber

BLACK, GREY, PALE, RED, BLUE, WHITE = 0x000000, 0x808080, 0xD9D9D9, 0xE60000, 0x1A1ACC, 0xFFFFFF


def style(size: float = 10.0, colour: int = BLACK, angle: float = 0.0, background: int = WHITE) -> Style:
    return Style(size, colour, angle, is_visible=True, background=background)


PLAIN = style()
HIDDEN = PLAIN._replace(is_visible=False)


def word(text: str, x: float, y: float, printed: Style = PLAIN) -> Word:
    """A word whose left upper corner is at (x, y)."""
    return Word(text, Box(x, y, x + len(text) * printed.size, y + 1.2 * printed.size), printed)


LABELS = [
    word("项目名称", 50, 100),
    word("人才引进经费", 150, 100),
    word("主管部门", 50, 120),
    word("档案馆", 150, 120),
]


def noise(*words: Word, is_scan: bool = False) -> list[tuple[NoiseKind, str]]:
    """What of these words is noise among some labels; the labels never are."""
    page = Page(1, 600, 800, (*LABELS, *words), (), is_scan)
    cleared = without_noise(page)
    assert list(cleared.words[: len(LABELS)]) == LABELS
    assert len(cleared.words) + len(cleared.noise) == len(page.words)
    return [(found.kind, found.text) for found in cleared.noise]


def test_a_page_without_noise_is_the_page_itself() -> None:
    page = Page(1, 600, 800, tuple(LABELS), ())
    assert without_noise(page) is page


def test_a_line_at_an_angle_is_a_watermark() -> None:
    assert noise(word("作废", 300, 300, style(angle=45.0))) == [("watermark", "作废")]


@pytest.mark.parametrize("angle", [0.0, 1.5, -1.5, 90.0, -90.0, 88.0, 180.0])
def test_a_line_that_stands_level_or_upright_is_none(angle: float) -> None:
    """Labels beside blocks of rows run up and down, and a page may lie a bit askew."""
    assert noise(word("项目绩效目标", 300, 300, style(angle=angle))) == []


def test_large_and_faint_is_a_watermark() -> None:
    assert noise(word("内部资料", 300, 300, style(size=40, colour=PALE))) == [("watermark", "内部资料")]


def test_large_and_dark_is_a_title() -> None:
    assert (
        noise(word("绩效目标表", 300, 30, style(size=24)), word("部门预算", 300, 60, style(size=24, colour=RED))) == []
    )


def test_faint_and_small_is_a_note() -> None:
    assert noise(word("填报说明", 300, 300, style(colour=PALE))) == []


def test_faint_text_that_covers_another_is_a_watermark_with_all_its_tiles() -> None:
    tiles = [word("仅供公开", x, y, style(colour=PALE)) for x, y in ((55, 105), (300, 105), (300, 400))]
    assert noise(*tiles, word("填报说明", 50, 500, style(colour=PALE))) == [("watermark", "仅供公开")] * 3


def test_coloured_text_that_covers_another_is_a_stamp_with_its_other_lines() -> None:
    stamp = [word("已公开", 60, 105, style(size=14, colour=RED)), word("二〇二四", 60, 135, style(size=14, colour=RED))]
    assert noise(*stamp, word("红字", 400, 400, style(size=14, colour=RED))) == [
        ("stamp", "已公开"),
        ("stamp", "二〇二四"),
    ]


def test_coloured_text_that_covers_nothing_is_content() -> None:
    assert noise(word("-1,200.00", 300, 100, style(colour=RED)), word("见附件", 300, 120, style(colour=BLUE))) == []


def test_lines_set_solid_do_not_cover_one_another() -> None:
    assert noise(word("红字", 50, 129, style(colour=RED)), word("浅字", 150, 129, style(colour=PALE))) == []


def test_the_commonest_colour_is_plain_whatever_it_is() -> None:
    """A whole form in grey, and a stamp over it."""
    grey = [word("绩效指标绩效指标", 300, y, style(colour=GREY)) for y in (200, 220, 240)]
    assert noise(*grey, word("已公开", 310, 222, style(colour=RED))) == [("stamp", "已公开")]


def test_white_on_a_dark_ground_is_content_even_if_large() -> None:
    assert noise(word("绩效指标", 300, 300, style(size=24, colour=WHITE, background=0x1F3864))) == []


def test_what_does_not_show_is_hidden() -> None:
    assert noise(word("不见", 55, 102, HIDDEN)) == [("hidden", "不见")]


def test_the_hidden_words_of_a_scan_are_all_it_has() -> None:
    assert noise(word("不见", 55, 102, HIDDEN), is_scan=True) == []


@pytest.mark.parametrize("shift", [0.0, 0.2, 0.5, 1.0])
def test_a_word_on_an_equal_one_is_doubled(shift: float) -> None:
    assert noise(word("项目名称", 50 + shift, 100 + shift / 2)) == [("doubled", "项目名称")]


def test_equal_words_side_by_side_are_two() -> None:
    assert noise(word("项目名称", 91, 100), word("项目名称", 50, 140)) == []


def test_narrow_letters_side_by_side_are_two() -> None:
    dots = [Word(".", Box(x, 300, x + 2.2, 312)) for x in (300.0, 302.2, 304.4)]
    assert noise(*dots) == []


def ring(angles: list[float], middle: tuple[float, float] = (300, 300), radius: float = 40.0) -> list[Word]:
    """Characters around a circle, each standing on it; 0 degrees is at the top, counterclockwise."""
    x, y = middle
    spots = [(angle, x - radius * sin(radians(angle)), y - radius * cos(radians(angle))) for angle in angles]
    return [word("章", x - 5, y - 6, style(colour=RED, angle=angle)) for angle, x, y in spots]


def test_characters_around_a_circle_are_a_seal_with_what_stands_in_it() -> None:
    """Even the one that happens to stand level, far from the next, and the level line in its middle."""
    inside, outside = word("专用", 290, 310, style(colour=RED)), word("红字", 290, 360, style(colour=RED))
    assert noise(*ring([-130.0, -65.0, 0.0, 65.0, 130.0]), inside, outside) == [("stamp", "章")] * 5 + [
        ("stamp", "专用")
    ]


def test_lines_at_one_angle_are_no_seal() -> None:
    watermark = [word("章", 300 + 20 * index, 300 - 20 * index, style(colour=RED, angle=45.0)) for index in range(4)]
    assert noise(*watermark, word("红字", 330, 280, style(colour=RED))) == [("watermark", "章")] * 4


PRINTS: dict[str, Overprint] = {
    "watermark": Watermark(),
    "turned": Watermark(angle=40.0),
    "tiled": Watermark("仅供公开", 12.0, is_tiled=True, is_below=True),
    "seal": Seal(),
    "stamp": Stamp(),
    "doubled": Doubled(),
}


@pytest.mark.parametrize("name", PRINTS)
def test_both_readers_leave_out_the_same(name: str) -> None:
    data = draw(source("district-2026"))
    noisy = overprint(data, [PRINTS[name]])
    for clean, first, second in zip(mupdf.read_pages(data), mupdf.read_pages(noisy), with_plumber(noisy), strict=True):
        for page in map(without_noise, (first, second)):
            assert page.noise
            assert sorted("".join(word.text for word in page.words)) == sorted("".join(w.text for w in clean.words))


def shaded(text_colour: tuple[float, ...], background: tuple[float, ...] | None) -> Page:
    """A page with one text, on a painted ground or on the paper."""
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        if background:
            page.draw_rect(pymupdf.Rect(40, 80, 260, 120), color=None, fill=background)
        page.insert_text((60, 105), "Indicators", fontsize=12, color=text_colour)
        (read,) = mupdf.read_pages(document.tobytes())
    return without_noise(read)


@pytest.mark.parametrize(
    ("colour", "background", "shows"),
    [
        ((1, 1, 1), (0.1, 0.2, 0.4), True),
        ((1, 1, 1), None, False),
        ((0.98, 0.98, 0.98), None, False),
        ((0.2, 0.2, 0.2), (0.2, 0.2, 0.2), False),
        ((0.6, 0.6, 0.6), (0.9, 0.9, 0.9), True),
        ((0, 0, 0.6), None, True),
    ],
)
def test_text_shows_that_differs_from_its_ground(
    colour: tuple[float, ...], background: tuple[float, ...] | None, shows: bool
) -> None:
    page = shaded(colour, background)
    assert [word.text for word in page.words] == ["Indicators"] * shows
    assert [noise.kind for noise in page.noise] == ["hidden"] * (not shows)


def test_a_word_that_changes_its_colour_is_parted_there() -> None:
    """A watermark that begins where a text ends would be one word with it."""
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        page.insert_text((60, 105), "Indicators", fontsize=12)
        width = pymupdf.get_text_length("Indicators", fontsize=12)
        page.insert_text((60 + width, 105), "Draft", fontsize=12, color=(0.8, 0.8, 0.8))
        (read,) = mupdf.read_pages(document.tobytes())
    assert [word.text for word in read.words] == ["Indicators", "Draft"]


def test_the_hidden_text_of_a_scan_is_kept_and_the_page_is_a_scan() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=200)
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 30, 20), False)
        pixels.clear_with(255)
        page.insert_image(page.rect, pixmap=pixels)
        page.insert_text((60, 105), "Indicators", fontsize=12, render_mode=3)
        (read,) = mupdf.read_pages(document.tobytes())
    assert read.is_scan
    assert [word.text for word in without_noise(read).words] == ["Indicators"]
