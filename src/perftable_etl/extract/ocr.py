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
from perftable_etl.extract.raster import pages as page_images
from perftable_etl.extract.raster.ink import Image
from perftable_etl.extract.raster.pages import LevelPage

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
an upright page at the least: of cells 95 in 100 do, of long lines of prose 70, of lines on their side hardly any."""

_SLIVER = 3.0
"""Points. No character of a line that was cut is narrower, no dash thicker."""

_MOST_MISSED = 500
"""Pieces of ink outside all lines: a page has some cells whose one stroke the detector misses. More is a picture."""

_NOWHERE = Box(0, 0, 0, 0)

_TOUCH = 1.0
"""Points. Text keeps farther away from rules than this."""

_LEVEL, _STEEP = 15.0, 80.0
"""Degrees: a dash rises less than the one, a slash more than it and less than the other."""

_MARGIN = 1.0
"""Points around a line that are recognised with it."""


class _RecognizedText(NamedTuple):
    """What recognition makes of one image: its text, the confidence of each character."""

    text: str
    confidences: Sequence[float]


def read_page(raster: Raster) -> Page:
    """One scanned page: words with their confidence, and rules, as on the page levelled around its middle.

    A page that was scanned sideways or upside down is read as it stands upright.
    """
    page = _read_page(raster)
    if _sure_share(page) >= _UPRIGHT:
        return page
    turned = (_read_page(page_images.turned(raster, quarters)) for quarters in (1, 2, 3))
    return max((page, *turned), key=_sure_share)


def read_parts(raster: Raster, parts: Iterable[Box]) -> Iterator[Word]:
    """The words in these parts of a page that lies level, line by line, with their confidence."""
    page = page_images.plain(raster)
    lines = [line for part in parts for line in page_images.lines_in(page, part)]
    yield from _recognise(page, lines)


def _read_page(raster: Raster) -> Page:
    page = page_images.level(raster)
    words = tuple(_read_words(page))
    return Page(raster.number, page.width, page.height, words, page.rules, True, page.skew)


def _sure_share(page: Page) -> float:
    """The share of its words that recognition is sure of; all of none."""
    sure = sum(word.confidence is not None and word.confidence >= _SURE for word in page.words)
    return sure / len(page.words) if page.words else 1.0


@cache
def _engine() -> Any:
    """Loaded once a process: it takes half a second."""
    engine = RapidOCR(params=_SETTINGS)
    engine.return_word_box = True  # without it there is one confidence for a whole line
    return engine


def _read_words(page: LevelPage) -> Iterator[Word]:
    """All that is printed, a word for each piece of a line between rules: what the detector finds, what it does not."""
    found = [piece for box in _detect(page) for piece in _pieces(page, box)]
    missed = page_images.stray_ink(page, found)
    height = median(box.y1 - box.y0 for box in found or missed or [_NOWHERE])
    stray = [box for box in missed if _may_be_text(page, box, height)] if len(missed) < _MOST_MISSED else []
    slashes = {box: word for box in (*found, *stray) if (word := _read_slash(page, box))}
    dashes = {box: word for box in stray if (word := _read_dash(page, box))}
    yield from (*slashes.values(), *dashes.values())
    rest = (box for box in (*found, *stray) if box not in slashes and box not in dashes)
    yield from _recognise(page, [_with_height(height, box) for box in rest])


def _pieces(page: LevelPage, box: Box) -> Iterator[Box]:
    """What a box holds between the rules that run through it; slivers are what is left of a rule."""
    parts = list(_cut_at_rules(box, page.rules))
    for part in parts:
        piece = page_images.inked(page, part)
        if piece and (len(parts) == 1 or piece.x1 - piece.x0 > _SLIVER):
            yield piece


def _may_be_text(page: LevelPage, box: Box, height: float) -> bool:
    """Whether ink may be text among lines of this height: no piece of a rule, and nothing that the page's edge cuts."""
    width, depth = box.x1 - box.x0, box.y1 - box.y0
    if min(width, depth) < _SLIVER and (width > 2 * height or depth > height or _touches_any(page.rules, box)):
        return False
    return box.x0 >= 1 and box.y0 >= 1 and box.x1 <= page.width - 1 and box.y1 <= page.height - 1


def _touches_any(rules: Iterable[Rule], box: Box) -> bool:
    return any(
        rule.x0 - _TOUCH < box.x1
        and box.x0 < rule.x1 + _TOUCH
        and rule.y0 - _TOUCH < box.y1
        and box.y0 < rule.y1 + _TOUCH
        for rule in rules
    )


def _read_slash(page: LevelPage, box: Box) -> Word | None:
    """A slash that stands alone. Recognition takes it for 1; only its direction tells."""
    stroke = page_images.lone_stroke(page, box)
    return Word("/", box, None, stroke.straightness) if stroke and _LEVEL < stroke.rise < _STEEP else None


def _read_dash(page: LevelPage, box: Box) -> Word | None:
    """A dash that stands alone. Recognition takes it for 一, which the detector would have found."""
    stroke = page_images.lone_stroke(page, box)
    is_level = stroke and min(stroke.rise, 180 - stroke.rise) < _LEVEL
    return Word("—", box, None, stroke.straightness) if stroke and is_level else None


def _with_height(height: float, box: Box) -> Box:
    """The box at the height of a line, which recognition is used to."""
    middle, half = (box.y0 + box.y1) / 2, max(height, box.y1 - box.y0) / 2
    return Box(box.x0, middle - half, box.x1, middle + half)


def _detect(page: LevelPage) -> Iterator[Box]:
    """The lines of text that the detector finds."""
    found = _engine()(page_images.colours(page), use_det=True, use_cls=False, use_rec=False)
    for corners in () if found.boxes is None else found.boxes:
        xs, ys = ([float(corner[i]) * 72 / page.dpi for corner in corners] for i in (0, 1))
        yield Box(min(xs), min(ys), max(xs), max(ys))


def _cut_at_rules(box: Box, rules: Iterable[Rule]) -> Iterator[Box]:
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
        page_images.cut_out(page, Box(x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN))
        for x0, y0, x1, y1 in boxes
    ]
    for box, line in zip(boxes, _read(images), strict=True):
        yield Word(line.text, box, None, min(line.confidences))


def _read(images: Sequence[Image]) -> Iterator[_RecognizedText]:
    if not images:
        return
    read = _engine().recognize_txt(images)
    for text, detail in zip(read.txts, read.word_results, strict=True):
        if text.strip():
            yield _RecognizedText(text.strip(), detail.confs)
        else:
            yield _RecognizedText(UNREADABLE, (0.0,))
