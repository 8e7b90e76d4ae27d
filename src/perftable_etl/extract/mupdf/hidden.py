"""Which characters of a page something hides that is painted over them."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any

import pymupdf

from perftable_etl.document import Box
from perftable_etl.extract.cover import Painted, Pixels, first_over, is_unseen, over_texts, touches
from perftable_etl.extract.mupdf.annotations import Annotations
from perftable_etl.extract.mupdf.characters import TextLines
from perftable_etl.extract.mupdf.files import FAULTS
from perftable_etl.extract.mupdf.upright import Blocks, UprightPage, load_page
from perftable_etl.extract.orientation import Orientation

_OPAQUE = re.compile(r"<vector filled.*alpha: 255, is-rect: true")
"""How a vector block tells a rectangle that hides what is below, unless it is blended."""

_LEAST_PATCH = 3.0
"""Points. What is narrower or lower is a rule and hides no text."""


_VIEW_SCALE = 2.0
"""Pixels to the point of the images by which hidden text is told."""

_EVERYWHERE = pymupdf.Rect(-20000, -20000, 20000, 20000)
"""More than any page, wherever it lies (ISO 32000-1, annex C: 14,400 points)."""


def hidden_characters(
    page: Any, upright: UprightPage, lines: TextLines, annotations: Annotations
) -> dict[tuple[int, int], set[Box]]:
    """The boxes of the characters that something hides which is painted over them, by their block and line."""
    areas = [*_areas_over_texts(upright.blocks), *annotations.areas]
    if not areas or upright.orientation.skew:
        return {}
    orders = lines.orders
    printed = [(word[5], word[6], Painted(orders[word[5]], Box(*word[:4]))) for word in upright.words]
    suspects = [
        (block, line, Painted(word.order, character.box), area)
        for block, line, word in printed
        if touches(areas, word)
        for character in lines.characters(block, line, word.box)
        if (area := first_over(areas, Painted(word.order, character.box)))
    ]
    views = _views(page, upright.orientation) if suspects else None
    hidden: dict[tuple[int, int], set[Box]] = {}
    for block, line, character, area in suspects:
        later = [
            word.box for _, _, word in printed if word.order > area.order and touches([area], word._replace(order=-1))
        ]
        if views and is_unseen(character.box, later, *views):
            hidden.setdefault((block, line), set()).add(character.box)
    return hidden


def _areas_over_texts(blocks: Blocks) -> list[Painted]:
    """The opaque areas and the images of a page that are painted over texts of it."""
    opaque = set(filter(_OPAQUE.search, blocks.descriptions))
    patches = [block for block in blocks.vectors if block[4] in opaque] if opaque else []
    areas = [
        Painted(order, Box(x0, y0, x1, y1))
        for x0, y0, x1, y1, _, order, _ in sorted((*patches, *blocks.images), key=itemgetter(5))
        if x1 - x0 > _LEAST_PATCH and y1 - y0 > _LEAST_PATCH
    ]
    return over_texts(areas, (Painted(block[5], Box(*block[:4])) for block in blocks.texts)) if areas else areas


def _views(page: Any, orientation: Orientation) -> tuple[Pixels, Pixels] | None:
    """How a page looks with its texts and without; None where MuPDF cannot take them off it.

    They are taken off a copy, as what is read from a page must stay on it.
    """
    try:
        with pymupdf.open(stream=page.parent.stream, filetype="pdf") as copy:
            other = load_page(copy, page.number)
            whole = _grey(other, orientation)
            other.add_redact_annot(_EVERYWHERE, fill=False, cross_out=False)
            other.apply_redactions(
                images=pymupdf.PDF_REDACT_IMAGE_NONE,
                graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
                text=pymupdf.PDF_REDACT_TEXT_REMOVE,
            )
            return whole, _grey(other, orientation)
    except FAULTS:
        return None


def _grey(page: Any, orientation: Orientation) -> Pixels:
    turns = orientation.quarters - page.rotation // 90
    matrix = pymupdf.Matrix(_VIEW_SCALE, _VIEW_SCALE).prerotate(turns * 90)
    pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    return Pixels(pixels.width, pixels.height, pixels.samples, _VIEW_SCALE)
