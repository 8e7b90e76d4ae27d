"""The styles of a page's text, where they may differ at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, degrees
from typing import Any

import pymupdf

from perftable_etl.document import Box
from perftable_etl.extract.colours import GREY, over_white
from perftable_etl.extract.drawing import FILLED
from perftable_etl.extract.mupdf.files import FAULTS
from perftable_etl.extract.mupdf.upright import WordTuples
from perftable_etl.extract.strokes import is_thin
from perftable_etl.extract.styles import Fill, StyleRun, background_of, have_plain_heights, paints_plainly, seen_style

_PAINTED = pymupdf.mupdf.FZ_STEXT_FILLED | pymupdf.mupdf.FZ_STEXT_STROKED
"""The flags of characters that are painted at all; others only clip, or are there to be searched."""


_REFERENCE = re.compile(r"\b(\d+) \d+ R\b")
_TRANSPARENT = re.compile(r"/ca\s*(?:0?\.\d|0\b)")


def is_plain_page(page: Any, words: WordTuples) -> bool:
    """Whether a page's words are all level, black and opaque, as far as can be told without asking each of them."""
    if not have_plain_heights([word[3] - word[1] for word in words]):
        return False
    content = _contents(page)
    if content is None or not paints_plainly(content):
        return False
    return b" gs" not in content or not _may_be_transparent(page)


def _contents(page: Any) -> bytes | None:
    """The operators that paint a page; None where part of them is damaged, of which MuPDF still shows the rest."""
    try:
        content: bytes = page.read_contents()
    except FAULTS:
        return None
    return content


def _may_be_transparent(page: Any) -> bool:
    """Whether a page may fill with less than full opacity, by the states of graphics (ExtGState) it can call."""
    kind, states = page.parent.xref_get_key(page.xref, "Resources/ExtGState")
    if kind == "xref":
        states = page.parent.xref_object(int(states.split()[0]))
    if kind == "null" or not states:
        return True
    called = (page.parent.xref_object(int(number)) for number in _REFERENCE.findall(states))
    return any(_TRANSPARENT.search(state) for state in (states, *called))


def runs_of_lines(
    page: Any, text_page: Any, vectors: list[tuple[Any, ...]], words: WordTuples
) -> dict[tuple[int, int], list[StyleRun]]:
    """The styles of the lines that `words` are on, by their numbers of block and line.

    MuPDF's description of a page has its lines in the same order, but lacks those without extent.
    """
    fills = [*_fills(vectors), *_images(page)]
    described = [line for block in text_page.extractDICT()["blocks"] for line in block.get("lines", ())]
    boxes = [Box(*line["bbox"]) for line in described]
    runs: dict[tuple[int, int], list[StyleRun]] = {}
    start = 0
    for x0, y0, x1, y1, _, block, line, _ in words:
        if (block, line) not in runs:
            middle = Box(x0, y0, x1, y1).middle
            index = next((index for index in range(start, len(boxes)) if boxes[index].holds(*middle)), None)
            runs[block, line] = [] if index is None else _runs_of_line(described[index], fills)
            start = start if index is None else index + 1
    return runs


def _runs_of_line(line: dict[str, Any], fills: list[Fill]) -> list[StyleRun]:
    return [_run(span, line["dir"], fills) for span in line["spans"] if span["text"].strip()]


def _run(span: dict[str, Any], direction: tuple[float, float], fills: list[Fill]) -> StyleRun:
    box = Box(*span["bbox"])
    angle = degrees(atan2(-direction[1], direction[0]))
    opacity = span["alpha"] / 255 if span["char_flags"] & _PAINTED else 0.0
    return StyleRun(box, seen_style(span["size"], span["color"], angle, opacity, background_of(box, fills)))


def _fills(vectors: list[tuple[Any, ...]]) -> Iterator[Fill]:
    """The areas that a page paints, in the order it does; those too thin for text to stand on are rules."""
    for x0, y0, x1, y1, described, _, _ in vectors:
        if not is_thin(x0, y0, x1, y1) and (paint := FILLED.search(described)):
            yield Fill(Box(x0, y0, x1, y1), over_white(int(paint["colour"], 16), int(paint["alpha"]) / 255))


def _images(page: Any) -> Iterator[Fill]:
    """The images of a page, taken for grey: text of any colour may be seen on them."""
    return (Fill(Box(*image["bbox"]), GREY) for image in page.get_image_info())
