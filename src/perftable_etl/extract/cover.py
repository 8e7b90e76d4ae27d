"""What is painted over text: patches and pictures by which an editor hides what the file still has.

A page is painted in the order of its operators; what is painted later hides what lies below. Shades of rows are painted
before their texts, so that few pages have any area that could hide one. Those are looked at: text is hidden where the
page looks the same without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from perftable_etl.document import Box

_BAND = 32.0
"""Points. Texts are looked up by the bands of the page they lie in, as there are pages of 100,000 areas."""

_CORE = 0.25
"""Of a character's box on each side: what is left has its ink, but not its neighbours'."""

_INK = 0.5
"""Of its height by which a glyph may reach out of its box to the right: some are drawn wider than they are set."""

_SAME = 24
"""Of 255. Pixels that differ by less look the same."""


class Painted(NamedTuple):
    """A text or an opaque area, and its place in the order of painting."""

    order: float
    box: Box


class Pixels(NamedTuple):
    """A page in shades of grey, a byte each, row by row; `scale` of them to the point."""

    width: int
    height: int
    samples: bytes
    scale: float


def over_texts(areas: Iterable[Painted], texts: Iterable[Painted]) -> list[Painted]:
    """Of areas those that lie over a text painted before them."""
    areas = list(areas)
    latest = max((area.order for area in areas), default=-inf)
    earlier: dict[int, list[Painted]] = {}
    for text in texts:
        if text.order < latest:
            for band in _bands(text.box):
                earlier.setdefault(band, []).append(text)
    return [area for area in areas if earlier and _hides_any(area, earlier)]


def _hides_any(area: Painted, texts: dict[int, list[Painted]]) -> bool:
    return any(
        text.order < area.order and _overlap(area.box, text.box)
        for band in _bands(area.box)
        for text in texts.get(band, ())
    )


def _bands(box: Box) -> range:
    return range(int(box.y0 // _BAND), int(box.y1 // _BAND) + 1)


def _overlap(area: Box, text: Box) -> bool:
    """Whether an area hides something of a text; those of neighbouring cells may overlap by their edges."""
    across, down = area.shared_with(text)
    return across > 1 and down > 2


def first_over(areas: Iterable[Painted], text: Painted) -> Painted | None:
    """The first area that is painted over the core of a text, a word or a character, if there is one."""
    x0, y0, x1, y1 = _core(text.box)
    return next(
        (
            area
            for area in areas
            if text.order < area.order
            and area.box.x0 <= x0
            and area.box.y0 <= y0
            and area.box.x1 >= x1
            and area.box.y1 >= y1
        ),
        None,
    )


def touches(areas: Iterable[Painted], text: Painted) -> bool:
    """Whether an area that is painted over a text hides something of it."""
    return any(text.order < area.order and _overlap(area.box, text.box) for area in areas)


def _core(box: Box) -> Box:
    across, down = _CORE * (box.x1 - box.x0), _CORE * (box.y1 - box.y0)
    return Box(box.x0 + across, box.y0 + down, box.x1 - across, box.y1 - down)


def is_unseen(character: Box, later: Sequence[Box], page: Pixels, without_text: Pixels) -> bool:
    """Whether a page looks the same where a character stands with all its texts and without.

    What is printed there `later` is left aside: it is missed, not the character.
    """
    return all(
        abs(page.samples[at] - without_text.samples[at]) < _SAME for at in _pixels_of(_core(character), later, page)
    )


def _pixels_of(box: Box, later: Sequence[Box], page: Pixels) -> Iterator[int]:
    """The positions of the pixels in `box` that lie in none of the boxes in `later`."""
    scale = page.scale
    for y in range(max(0, int(box.y0 * scale)), min(page.height, int(box.y1 * scale) + 1)):
        for x in range(max(0, int(box.x0 * scale)), min(page.width, int(box.x1 * scale) + 1)):
            if not any(_shares_ink(other, (x + 0.5) / scale, (y + 0.5) / scale) for other in later):
                yield y * page.width + x


def _shares_ink(box: Box, x: float, y: float) -> bool:
    """Whether a text may paint a point: its glyphs reach out of their boxes, and their edges are smoothed."""
    return box.x0 - 0.5 <= x <= box.x1 + _INK * (box.y1 - box.y0) and box.y0 - 0.5 <= y <= box.y1 + 0.5
