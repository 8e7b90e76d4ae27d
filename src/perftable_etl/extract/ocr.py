"""The reader of scanned pages: words by text recognition, rules by what the image shows.

The only module that knows rapidocr, an extra (`perftable-etl[ocr]`): import it only where a page is to be recognised.
Text is found line by line and parted at the rules before it is recognised, so that two cells are never one word. Ink
that no line covers is recognised by itself: nothing that is printed in a table is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from rapidocr import RapidOCR

from perftable_etl.document import Box, Page, Raster, Rule, Word
from perftable_etl.extract import raster as rasters
from perftable_etl.extract.raster import Image, LevelPage

UNREADABLE = "\ufffd"
"""Stands for ink in which nothing was recognised; its confidence is 0."""

_DETECTOR_SIDE = 1280
"""Pixels of the longer side of the image in which lines of text are looked for: 9 pt type is 14 pixels high there."""

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.max_side_len": _DETECTOR_SIDE,
    "Global.text_score": 0.0,  # what is unsure is said to be, not dropped
    "Global.use_cls": False,  # it turns single lines upside down: ≤90(%) to (%)06>
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # files are read side by side, in as many processes as asked
}

_SURE, _UPRIGHT = 0.8, 0.5
"""The confidence of the least certain character of a line that is read right, and the share of lines that reach it on
an upright page at the least: of cells 95 in 100, of long lines of prose 70, of lines that lie on their side hardly any."""

_MARGIN = 1.0
"""Points around a line that are recognised with it."""


class _Line(NamedTuple):
    """What recognition makes of one image: its text, the confidence of each character."""

    text: str
    confidences: Sequence[float]


def read_page(raster: Raster) -> Page:
    """One scanned page: words with their confidence, and rules, as on the page levelled around its middle.

    A page that was scanned sideways or upside down is read as it stands upright.
    """
    page = _read_page(raster)
    if _share_sure(page) >= _UPRIGHT:
        return page
    turned = (_read_page(rasters.turned(raster, quarters)) for quarters in (1, 2, 3))
    return max((page, *turned), key=_share_sure)


def _read_page(raster: Raster) -> Page:
    page = rasters.level(raster)
    boxes = list(_find_lines(page))
    words = tuple(_recognise(page, boxes))
    return Page(raster.number, page.width, page.height, words, page.rules, True, page.skew)


def _share_sure(page: Page) -> float:
    """The share of its words that recognition is sure of; all of none."""
    sure = sum(word.confidence is not None and word.confidence >= _SURE for word in page.words)
    return sure / len(page.words) if page.words else 1.0


@cache
def _engine() -> Any:
    """Loaded once a process: it takes half a second."""
    engine = RapidOCR(params=_SETTINGS)
    engine.return_word_box = True  # without it there is one confidence for a whole line
    return engine


def _find_lines(page: LevelPage) -> Iterator[Box]:
    """The boxes of all printed lines, none across a rule: those that the detector finds, and ink that it does not."""
    pieces = (rasters.inked(page, piece) for box in _detect(page) for piece in _parted(box, page.rules))
    found = [piece for piece in pieces if piece]
    yield from found
    height = median(box.y1 - box.y0 for box in found) if found else 0.0
    for box in rasters.stray_ink(page, found):
        middle = (box.y0 + box.y1) / 2
        half = max(height, box.y1 - box.y0) / 2
        yield Box(box.x0, middle - half, box.x1, middle + half)


def _detect(page: LevelPage) -> Iterator[Box]:
    """The lines of text that the detector finds."""
    found = _engine()(rasters.colours(page), use_det=True, use_cls=False, use_rec=False)
    for corners in () if found.boxes is None else found.boxes:
        xs, ys = ([float(corner[i]) * 72 / page.dpi for corner in corners] for i in (0, 1))
        yield Box(min(xs), min(ys), max(xs), max(ys))


def _parted(box: Box, rules: Iterable[Rule]) -> Iterator[Box]:
    """A box cut at the rules that run through it."""
    xs, ys = {box.x0, box.x1}, {box.y0, box.y1}
    for rule in rules:
        if rule.is_horizontal:
            if box.y0 < rule.y0 < box.y1 and rule.x0 <= (box.x0 + box.x1) / 2 <= rule.x1:
                ys.add(rule.y0)
        elif box.x0 < rule.x0 < box.x1 and rule.y0 <= (box.y0 + box.y1) / 2 <= rule.y1:
            xs.add(rule.x0)
    for top, bottom in pairwise(sorted(ys)):
        for left, right in pairwise(sorted(xs)):
            yield Box(left, top, right, bottom)


def _recognise(page: LevelPage, boxes: Sequence[Box]) -> Iterator[Word]:
    """The words in these boxes, in their order."""
    images = [
        rasters.cut_out(page, Box(x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN)) for x0, y0, x1, y1 in boxes
    ]
    for box, line in zip(boxes, _read(images), strict=True):
        yield Word(line.text, box, None, min(line.confidences))


def _read(images: Sequence[Image]) -> Iterator[_Line]:
    if not images:
        return
    read = _engine().recognize_txt(images)
    for text, detail in zip(read.txts, read.word_results, strict=True):
        if text.strip():
            yield _Line(text.strip(), detail.confs)
        else:
            yield _Line(UNREADABLE, (0.0,))
