"""A page with marks over it: what was seen, on the paper it was seen on.

Tints are multiplied with the page, so that print stays as dark as it is; outlines and tags lie over it, each tag where
it hides least. A strip below the page says what each kind of mark means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import chain, product
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from perftable_etl.document import Box, Raster
from perftable_etl.report.marks import Mark, MarkKind

Colour = tuple[int, int, int]
Outline = Callable[[ImageDraw.ImageDraw, Box, Colour, float], None]
"""Draws the outline of a box, given in pixels, in a colour; last come the pixels to the point."""

# All lengths in points of the page.
_TYPE_SIZE = 5.2
_TAG_MARGIN = 1.5
_DOT = 1.25
_HATCH = 4.0
_LEGEND_HEIGHT = 20.0
_LEGEND_MARGIN = 12.0

_DARK = 128
"""Of 255: what is lighter than this is the paper of a scan or a watermark, not print."""

_WHITE: Colour = (255, 255, 255)
_INK: Colour = (60, 60, 60)


_FARTHEST = 8
"""How many heights of a tag it may be away from its box."""


class _Size(NamedTuple):
    """A width and a height in points."""

    width: float
    height: float


def draw_marks(raster: Raster, marks: Sequence[Mark]) -> bytes:
    """The page as a PNG, with `marks` over it and the legend below."""
    page = Image.frombytes("RGB", (raster.width, raster.height), raster.samples)
    scale = raster.dpi / 72
    picture = Image.new("RGB", (raster.width, raster.height + round(_LEGEND_HEIGHT * scale)), _WHITE)
    picture.paste(ImageChops.multiply(page, _tints(page.size, marks, scale)))
    font = ImageFont.load_default(_TYPE_SIZE * scale)
    pencil = _Pencil(ImageDraw.Draw(picture), _ink(page, marks, scale), font, scale)
    pencil.outline(marks)
    pencil.tag(marks)
    pencil.explain(raster)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _tints(size: tuple[int, int], marks: Iterable[Mark], scale: float) -> Image.Image:
    """What the page is multiplied with: white, and the tints of the marked boxes."""
    tints = Image.new("RGB", size, _WHITE)
    draw = ImageDraw.Draw(tints)
    for mark in marks:
        tint = STYLES[mark.kind].tint
        if tint:
            draw.rectangle(_scaled(mark.box, scale), fill=tint)
    return tints


def _ink(page: Image.Image, marks: Iterable[Mark], scale: float) -> Image.Image:
    """The page's dark print as white on black. The edges of cells are left out: it does no harm to hide those."""
    ink = page.convert("L").point(lambda lightness: 255 * (lightness < _DARK))
    draw = ImageDraw.Draw(ink)
    for mark in marks:
        if mark.kind == "cell":
            draw.rectangle(_scaled(mark.box, scale), outline=0, width=round(1.5 * scale))
    return ink


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(side * scale for side in box))


def _none(_draw: ImageDraw.ImageDraw, _box: Box, _colour: Colour, _scale: float) -> None:
    pass


def _solid(draw: ImageDraw.ImageDraw, box: Box, colour: Colour, scale: float, *, width: float) -> None:
    draw.rectangle(box, outline=colour, width=max(1, round(width * scale)))


def _dotted(draw: ImageDraw.ImageDraw, box: Box, colour: Colour, scale: float) -> None:
    dot = _DOT * scale
    for step in range(int((box.x1 - box.x0) / dot / 2) + 1):
        x = box.x0 + 2 * dot * step
        draw.line((x, box.y0, x + dot, box.y0), colour)
        draw.line((x, box.y1, x + dot, box.y1), colour)
    for step in range(int((box.y1 - box.y0) / dot / 2) + 1):
        y = box.y0 + 2 * dot * step
        draw.line((box.x0, y, box.x0, y + dot), colour)
        draw.line((box.x1, y, box.x1, y + dot), colour)


def _hatched(draw: ImageDraw.ImageDraw, box: Box, colour: Colour, scale: float) -> None:
    """A frame and slanted lines, each of which leaves the box where it meets its right or lower side."""
    height, gap = box.y1 - box.y0, _HATCH * scale
    for step in range(int((box.x1 - box.x0 + height) / gap) + 1):
        x = box.x0 + gap * step - height
        start, end = max(0.0, box.x0 - x), min(height, box.x1 - x)
        draw.line((x + start, box.y1 - start, x + end, box.y1 - end), colour)
    draw.rectangle(box, outline=colour)


class MarkStyle(NamedTuple):
    """How a kind of mark looks: its name in the legend, the colour of outline and tags, its tint and its outline."""

    meaning: str
    colour: Colour
    tint: Colour | None
    outline: Outline


def _stands(box: Box, tag: _Size, page: _Size) -> Iterator[Box]:
    """Where a tag may stand on the page, the best first.

    Inside its box, over its upper edge, beside it, right or left; else farther away and farther, in a square around it.
    """
    middle, upper, lower = (box.y0 + box.y1 - tag.height) / 2, box.y0 + 1, box.y1 - 1 - tag.height
    inside, beside = (box.x1 - 1 - tag.width, box.x0 + 1), (box.x1 + 1, box.x0 - 1 - tag.width)
    corners = [*product((middle, upper, lower, box.y0 - tag.height / 2), inside), *product((middle,), beside)]
    for y, x in (*corners, *_farther(box, tag)):
        left, top = _within(x, page.width - tag.width), _within(y, page.height - tag.height)
        yield Box(left, top, left + tag.width, top + tag.height)


def _farther(box: Box, tag: _Size) -> Iterator[tuple[float, float]]:
    for distance in range(1, _FARTHEST + 1):
        above, below = box.y0 - distance * tag.height, box.y1 + (distance - 1) * tag.height
        left, right = box.x0 - distance * tag.height, box.x1 + distance * tag.height - tag.width
        steps = range(2 * _FARTHEST + 1)
        along = [left + (right - left) * step / len(steps) for step in steps]
        down = [above + (below - above) * step / len(steps) for step in steps]
        yield from ((y, x) for y in (above, below) for x in along)
        yield from ((y, x) for x in (left, right) for y in down)


def _within(start: float, last: float) -> float:
    """The place nearest to `start` from the page's edge on, up to the last one at which a tag is still on it."""
    return max(0.0, min(start, last))


STYLES: dict[MarkKind, MarkStyle] = {
    "cell": MarkStyle("cell", (30, 110, 220), None, partial(_solid, width=0.75)),
    "label": MarkStyle("label", (30, 110, 220), (214, 230, 252), _none),
    "value": MarkStyle("value, its field", (27, 118, 58), (213, 242, 216), _none),
    "doubt": MarkStyle("warning or error", (205, 25, 35), (255, 222, 220), partial(_solid, width=1.75)),
    "note": MarkStyle("note", (190, 110, 0), None, partial(_solid, width=1.25)),
    "line": MarkStyle("line outside tables", (110, 80, 160), None, _dotted),
    "noise": MarkStyle("left out as noise", (130, 130, 130), (235, 235, 235), _hatched),
}
"""In the order of the legend."""


class _Pencil(NamedTuple):
    """Draws in points on a picture on which one is `scale` pixels; `ink` is white where it has something to read."""

    draw: ImageDraw.ImageDraw
    ink: Image.Image
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont
    scale: float

    def outline(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            style = STYLES[mark.kind]
            style.outline(self.draw, _scaled(mark.box, self.scale), style.colour, self.scale)

    def tag(self, marks: Iterable[Mark]) -> None:
        """The tags of all marks, after their outlines: no outline runs through a tag."""
        for mark in marks:
            if mark.tag:
                self._tag(mark.tag, STYLES[mark.kind], mark.box)

    def _tag(self, text: str, style: MarkStyle, box: Box) -> None:
        page = _Size(self.ink.width / self.scale, self.ink.height / self.scale)
        text = self._fitted(text, page.width - 2 * _TAG_MARGIN)
        size = _Size(self.font.getlength(text) / self.scale + 2 * _TAG_MARGIN, _TYPE_SIZE + _TAG_MARGIN)
        tag = self._best(_stands(box, size, page))
        pixels = _scaled(tag, self.scale)
        self.draw.rounded_rectangle(pixels, _TAG_MARGIN * self.scale, fill=style.colour)
        self._write(text, tag.x0 + _TAG_MARGIN, (tag.y0 + tag.y1) / 2, _WHITE)
        ImageDraw.Draw(self.ink).rectangle(pixels, fill=255)

    def _fitted(self, text: str, width: float) -> str:
        """As much of a text as fits into a width."""
        while len(text) > 1 and self.font.getlength(text) / self.scale > width:
            text = f"{text[:-4]}..." if text.endswith("...") else f"{text[:-3]}..."
        return text

    def _best(self, stands: Iterator[Box]) -> Box:
        """The first place where a tag hides nothing; where there is none, that where it hides least."""
        best, hidden = next(stands), float("inf")
        for stand in chain([best], stands):
            ink = self._hidden(stand)
            if not ink:
                return stand
            if ink < hidden:
                best, hidden = stand, ink
        return best

    def _hidden(self, box: Box) -> float:
        """How much ink `box` would hide."""
        x0, y0, x1, y1 = _scaled(box, self.scale)
        return ImageStat.Stat(self.ink.crop((int(x0), int(y0), int(x1), int(y1)))).sum[0]

    def _write(self, text: str, x: float, y: float, colour: Colour) -> None:
        self.draw.text((x * self.scale, y * self.scale), text, colour, self.font, "lm")

    def explain(self, raster: Raster) -> None:
        """The legend, from the lower edge of the page down."""
        top = raster.height / self.scale
        middle = top + _LEGEND_HEIGHT / 2
        self.draw.line((0, top * self.scale, raster.width, top * self.scale), _INK)
        self._write(f"page {raster.number}", _LEGEND_MARGIN, middle, _INK)
        x = 4 * _LEGEND_MARGIN
        for style in STYLES.values():
            swatch = _scaled(Box(x, middle - 4, x + 14, middle + 4), self.scale)
            self.draw.rectangle(swatch, fill=style.tint)
            style.outline(self.draw, swatch, style.colour, self.scale)
            self._write(style.meaning, x + 18, middle, _INK)
            x += 18 + self.font.getlength(style.meaning) / self.scale + _LEGEND_MARGIN
