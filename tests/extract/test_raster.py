"""Images of pages: how askew they lie, which rules they show, and what ink is left between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, product

import cv2
import numpy as np
import pymupdf
import pytest

from perftable_etl.document import Box, Page, Raster
from perftable_etl.extract import mupdf
from perftable_etl.extract.raster import pages as page_images
from perftable_etl.extract.raster import seals
from perftable_etl.extract.raster.pages import LevelPage
from perftable_etl.extract.ruling import Outline, find_outlines
from tests.drawing.mupdf import PAINTERS, Pen, RuleStyle, draw
from tests.drawing.scan import Image, Scanner, photograph
from tests.drawing.sources import source
from tests.examples import usually

FORM = source("cac-2024")
DPI = 200
SCANNERS = {
    "good": Scanner(),
    "coarse": Scanner(dpi=150, skew=1.4, noise=6, jpeg_quality=60),
    "fine": Scanner(dpi=300, skew=-2.2, noise=8, paper=230),
    "blurred": Scanner(dpi=300, skew=0.3, blur=1.2),
}


def raster_of(image: Image, dpi: int = DPI) -> Raster:
    colours = np.repeat(image[:, :, None], 3, axis=2)
    return Raster(1, image.shape[1], image.shape[0], colours.tobytes(), dpi)


def blank(width: float = 300, height: float = 200) -> Image:
    """White paper, measured in points."""
    return np.full((round(height * DPI / 72), round(width * DPI / 72)), 255, np.uint8)


def px(points: float) -> int:
    return round(points * DPI / 72)


def scanned(data: bytes, scanner: Scanner, number: int = 0) -> LevelPage:
    with pymupdf.open("pdf", data) as pdf:
        return page_images.level(raster_of(photograph(pdf[number], scanner), scanner.dpi))


def shape(outlines: Sequence[Outline]) -> list[tuple[object, ...]]:
    """What a grid is made of, positions left out."""
    return [(len(one.xs), len(one.ys), one.walls, one.floors) for one in outlines]


def positions(outlines: Sequence[Outline]) -> list[float]:
    return [position for one in outlines for position in (*one.xs, *one.ys)]


@pytest.mark.parametrize("skew", [-2.75, -1.1, -0.2, 0.0, 0.06, 1.5, 2.9])
def test_skew_is_found_to_a_fraction_of_a_degree(skew: float) -> None:
    page = scanned(draw(FORM), Scanner(skew=skew))
    assert page.skew == pytest.approx(skew, abs=0.07)


def test_a_blank_page_lies_level() -> None:
    page = page_images.level(raster_of(blank()))
    assert (page.skew, page.rules) == (0.0, ())


PAIRS = list(zip(PAINTERS, cycle(SCANNERS), strict=False))
"""Every way to draw rules and every scanner, once at least."""


@pytest.mark.parametrize(("style", "scanner"), usually(4, PAIRS))
def test_the_rules_of_a_scan_make_the_same_grids(style: RuleStyle, scanner: str) -> None:
    check_grids(style, SCANNERS[scanner])


@pytest.mark.slow
@pytest.mark.parametrize(("style", "scanner"), [pair for pair in product(PAINTERS, SCANNERS) if pair not in PAIRS])
def test_all_rules_on_all_scanners_make_the_same_grids(style: RuleStyle, scanner: str) -> None:
    check_grids(style, SCANNERS[scanner])


def check_grids(style: RuleStyle, scanner: Scanner) -> None:
    data = draw(FORM, Pen(rules=style, form_per_page=True))
    printed = find_outlines(next(mupdf.read_pages(data)))
    page = scanned(data, scanner)
    seen = find_outlines(Page(1, page.width, page.height, (), page.rules))
    assert shape(seen) == shape(printed)
    assert positions(seen) == pytest.approx(positions(printed), abs=2.0)


@pytest.mark.parametrize("size", [7.5, 14.0])
def test_strokes_of_characters_are_no_rules(size: float) -> None:
    """Characters of long level and upright strokes, line under line, and dashes."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        for line in range(12):
            text = "目工王田川三一二丰开" * 6 if line % 3 else "二〇二五年——二〇二六年"
            page.insert_text((40, 60 + line * size * 1.3), text, fontsize=size, fontname="china-s")
        data = pdf.tobytes()
    for scanner in SCANNERS.values():
        assert scanned(data, scanner).rules == ()


def test_shading_is_no_rule() -> None:
    image = blank()
    image[px(50) : px(62), px(20) : px(280)] = 120
    assert page_images.level(raster_of(image)).rules == ()


def test_rules_are_taken_off_the_image_and_characters_stay() -> None:
    image = blank()
    cv2.line(image, (px(20), px(50)), (px(280), px(50)), 0, 3)
    cv2.putText(image, "58", (px(100), px(80)), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    page = page_images.level(raster_of(image))
    assert len(page.rules) == 1
    assert not page.ink[px(48) : px(52)].any()
    assert page.image[px(48) : px(52)].min() > 200
    assert page_images.inked(page, Box(90, 60, 200, 90)) is not None


def test_inked_leaves_the_blank_ends_of_a_box_off() -> None:
    image = blank()
    image[px(40) : px(50), px(100) : px(130)] = 0
    found = page_images.inked(page_images.level(raster_of(image)), Box(20, 35, 280, 60))
    assert found == pytest.approx(Box(100, 35, 130, 60), abs=0.8)
    assert page_images.inked(page_images.level(raster_of(image)), Box(20, 100, 280, 120)) is None


def test_stray_ink_is_what_no_box_covers_but_dirt() -> None:
    image = blank()
    image[px(40) : px(50), px(20) : px(60)] = 0  # covered
    image[px(40) : px(50), px(100) : px(108)] = 0  # two characters of one text
    image[px(40) : px(50), px(111) : px(119)] = 0
    image[px(90) : px(91), px(200) : px(201)] = 0  # dirt
    page = page_images.level(raster_of(image))
    stray = page_images.stray_ink(page, [Box(18, 38, 62, 52)])
    assert len(stray) == 1
    assert stray[0] == pytest.approx(Box(100, 40, 119, 50), abs=0.8)


@pytest.mark.parametrize(("end", "rise"), [((120, 60), 0), ((112, 40), 59), ((100, 40), 90), ((112, 80), 121)])
def test_a_lone_stroke_is_told_by_its_direction(end: tuple[int, int], rise: float) -> None:
    image = blank()
    cv2.line(image, (px(100), px(60)), (px(end[0]), px(end[1])), 0, 3)
    page = LevelPage(image, 255 - image, (), 0.0, DPI)
    stroke = page_images.lone_stroke(page, Box(95, 30, 130, 90))
    assert stroke is not None
    assert min(abs(stroke.rise - rise), 180 - abs(stroke.rise - rise)) < 2
    assert stroke.straightness > 0.95


def test_characters_and_lines_of_text_are_no_lone_stroke() -> None:
    image = blank()
    cv2.putText(image, "58%", (px(20), px(50)), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    cv2.putText(image, "a long line of text", (px(20), px(120)), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    page = LevelPage(image, 255 - image, (), 0.0, DPI)
    assert page_images.lone_stroke(page, Box(15, 30, 120, 60)) is None
    assert page_images.lone_stroke(page, Box(15, 100, 290, 130)) is None
    assert page_images.lone_stroke(page, Box(200, 30, 210, 40)) is None


def test_a_page_is_turned_clockwise_by_quarters() -> None:
    image = blank(30, 20)
    image[:, : px(5)] = 0  # dark to the left
    once = page_images.turned(raster_of(image), 1)
    assert (once.width, once.height) == (image.shape[0], image.shape[1])
    assert once.samples[:3] == b"\0\0\0"  # then at the top
    assert once.samples[-3:] == b"\xff\xff\xff"
    assert page_images.turned(page_images.turned(once, 1), 2) == raster_of(image)


def coloured(*, seal: tuple[int, int, int], word: tuple[int, int, int], radius: float = 40) -> Raster:
    """A page with a ring of one colour over a bar of another, as ink lets print shine through."""
    ring, bar = (np.full((px(200), px(300), 3), 255, np.uint8) for _ in range(2))
    cv2.circle(ring, (px(150), px(100)), px(radius), seal, px(3))
    cv2.rectangle(bar, (px(60), px(97)), (px(240), px(103)), word, -1)
    image = np.minimum(ring, bar)
    return Raster(1, image.shape[1], image.shape[0], image.tobytes(), DPI)


def test_a_seal_is_taken_off_and_print_below_it_stays() -> None:
    ink = page_images.plain(coloured(seal=(200, 20, 20), word=(0, 0, 0))).ink
    clean = seals.in_grey(page_images._colours(coloured(seal=(200, 20, 20), word=(0, 0, 0))), DPI)
    assert ink[px(60) : px(66), px(148) : px(152)].any()
    assert clean[px(55) : px(66), px(140) : px(160)].min() > 230
    assert clean[px(98) : px(102), px(70) : px(230)].max() < 30


@pytest.mark.parametrize(("seal", "radius"), [((20, 20, 20), 40.0), ((200, 20, 20), 12.0)], ids=["black", "small"])
def test_what_is_no_seal_stays(seal: tuple[int, int, int], radius: float) -> None:
    clean = seals.in_grey(page_images._colours(coloured(seal=seal, word=(0, 0, 0), radius=radius)), DPI)
    assert clean[px(100 - radius - 1) : px(100 - radius + 1), px(149) : px(151)].max() < 120
