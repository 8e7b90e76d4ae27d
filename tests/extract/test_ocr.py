"""Words of scanned pages: parted at rules, none lost, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pymupdf
import pytest

from perftable_etl.document import Cell, Grid, Page, Raster
from perftable_etl.extract import mupdf, ocr
from perftable_etl.extract.grids import lay_out
from perftable_etl.extract.raster import pages as page_images
from perftable_etl.extract.raster.ink import Image
from tests.drawing.scan import Scanner, scan
from tests.examples import usually

LEFT, TOP, WIDTH, HEIGHT = 40.0, 60.0, 110.0, 24.0


def table(rows: Sequence[Sequence[str]], padding: float = 6.0) -> bytes:
    """A small page with one table, its texts at the left of their cells."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=420, height=260)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                x, y = LEFT + column * WIDTH, TOP + row * HEIGHT
                page.draw_rect((x, y, x + WIDTH, y + HEIGHT), width=0.7)
                page.insert_text((x + padding, y + 16), text, fontsize=10.5, fontname="china-s")
        data: bytes = pdf.tobytes()
        return data


def raster_of(data: bytes, scanner: Scanner | None = None) -> Raster:
    return next(mupdf.render_pages(scan(data, scanner or Scanner()), {1}, 200))


def cells(page: Page) -> list[Cell]:
    return [cell for block in lay_out(page).blocks if isinstance(block, Grid) for cell in block.cells]


def texts(page: Page) -> list[str]:
    return [cell.text.replace(" ", "") for cell in cells(page)]


FORM = (("项目名称", "社区养老服务", "数量"), ("实施单位", "民政局信息中心", "≥90(%)"))


@pytest.fixture(scope="module")
def page() -> Page:
    return ocr.read_page(raster_of(table(FORM), Scanner(skew=1.0)))


def test_words_stand_in_the_cells_of_the_level_page(page: Page) -> None:
    assert texts(page) == [text for row in FORM for text in row]
    assert page.skew == pytest.approx(1.0, abs=0.05)
    assert (page.width, page.height) == pytest.approx((420, 260), abs=0.5)
    assert page.is_scan


def test_every_word_has_its_confidence(page: Page) -> None:
    assert all(word.confidence is not None and 0.5 < word.confidence <= 1 for word in page.words)


def test_texts_that_meet_at_a_wall_are_two() -> None:
    """Nine characters fill a cell to its walls."""
    row = ("检测样品及时完成情况", "培训覆盖的街镇及园区", "发现问题的整改到位率")
    read = ocr.read_page(raster_of(table([row], padding=2.5)))
    assert texts(read) == list(row)


def test_single_characters_and_slashes_are_read() -> None:
    rows = (("期", "0", "/"), ("数", "天", "优"), ("无", "5", "次"))
    assert texts(ocr.read_page(raster_of(table(rows)))) == [text for row in rows for text in row]


@pytest.mark.parametrize("quarters", usually(1, [1, 2, 3]))
def test_a_page_scanned_sideways_or_upside_down_is_read_upright(quarters: int) -> None:
    turned = ocr.read_page(raster_of(table(FORM), Scanner(turn=quarters)))
    assert texts(turned) == [text for row in FORM for text in row]
    assert (turned.width, turned.height) == pytest.approx((420, 260), abs=0.5)


def test_ink_in_which_nothing_is_recognised_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_nothing(images: Sequence[Image]) -> list[ocr._RecognizedText]:
        return [ocr._RecognizedText(ocr.UNREADABLE, (0.0,)) for _ in images]

    monkeypatch.setattr(ocr, "_read", read_nothing)
    read = ocr.read_page(raster_of(table(FORM)))
    assert [(cell.text, cell.confidence) for cell in cells(read)] == [(ocr.UNREADABLE, 0.0)] * 6


def test_text_that_the_detector_misses_is_recognised_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_detect", lambda _: iter(()))
    rows = (*FORM, ("期", "—", "/"))
    assert texts(ocr.read_page(raster_of(table(rows)))) == [text for row in rows for text in row]


def test_a_blank_page_has_no_words() -> None:
    read = ocr.read_page(raster_of(table([])))
    assert (read.words, read.rules) == ((), ())


def test_a_picture_is_no_text() -> None:
    grain = np.random.default_rng(1).integers(0, 2, (60, 60), np.uint8) * 255
    image = cv2.resize(grain, (900, 900), interpolation=cv2.INTER_NEAREST)
    colours = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    assert len(ocr.read_page(Raster(1, 900, 900, colours.tobytes(), 200)).words) < 50


def test_recognition_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    ocr._engine.cache_clear()
    ocr.read_page(raster_of(table(FORM)))
    assert tuple(capfd.readouterr()) == ("", "")


def test_rules_that_are_left_over_are_no_text() -> None:
    """A wall that ends in the open is found by no other rule; it is still no 1."""
    with pymupdf.open("pdf", table(FORM)) as pdf:
        pdf[0].draw_line((LEFT + 60, TOP + 2 * HEIGHT), (LEFT + 60, TOP + 2 * HEIGHT + 18), width=0.7)
        data = pdf.tobytes()
    read = ocr.read_page(raster_of(data))
    assert texts(read) == [text for row in FORM for text in row]
    assert page_images.level(raster_of(data)).ink.any()
