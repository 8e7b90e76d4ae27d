"""The image of a page, levelled and without its rules, and what may be asked of its ink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from perftable_etl.document import Box, Raster, Rule
from perftable_etl.extract.raster.ink import Image, find_ink, in_points, patches, pixels, without
from perftable_etl.extract.raster.rules import find_strokes, middle_lines
from perftable_etl.extract.raster.seals import in_grey
from perftable_etl.extract.raster.skew import find_skew, turned_back

_LARGEST_SPECK = 3.0
"""Points. Ink that measures less both ways is dirt, or a dot."""

_STRAIGHT, _BROADEST_STROKE = 0.95, 0.8
"""A stroke spreads along its line more than four times as far as across it, and there less than so many points; a line
of text spreads more."""

_BETWEEN_LINES = 1.5
"""Points. Ink that is less high above other ink is of one line: the strokes of 三 or ≥."""

_BETWEEN_CHARACTERS = 6.0
"""Points. Ink nearer than this on a line is of one text."""


@dataclass(frozen=True, slots=True)
class LevelPage:
    """A page's image after it was levelled, without its rules, and the mask of the ink on it.

    `skew` is by how many degrees the page lay askew, clockwise positive.
    """

    image: Image
    ink: Image
    rules: tuple[Rule, ...]
    skew: float
    dpi: int

    @property
    def width(self) -> float:
        """In points."""
        return int(self.image.shape[1]) * 72 / self.dpi

    @property
    def height(self) -> float:
        """In points."""
        return int(self.image.shape[0]) * 72 / self.dpi


def turned(raster: Raster, quarters: int) -> Raster:
    """The page turned clockwise by quarters."""
    image = np.rot90(_colours(raster), -quarters)
    return raster._replace(width=image.shape[1], height=image.shape[0], samples=image.tobytes())


def _colours(raster: Raster) -> Image:
    return np.frombuffer(raster.samples, np.uint8).reshape(raster.height, raster.width, 3)


def level(raster: Raster) -> LevelPage:
    """The page in grey, turned around its middle so that its lines are level, its rules found and taken off."""
    image = in_grey(_colours(raster), raster.dpi)
    skew = find_skew(image)
    if skew:
        image = turned_back(image, skew, 255)
    ink = find_ink(image, raster.dpi)
    strokes = find_strokes(image, raster.dpi)
    rules = tuple(middle_lines(strokes, raster.dpi))
    return LevelPage(without(strokes, image, 255), without(strokes, ink, 0), rules, skew, raster.dpi)


def plain(raster: Raster) -> LevelPage:
    """The page in grey as it is, its rules left on it: what stands within cells meets none."""
    image = cast(Image, cv2.cvtColor(_colours(raster), cv2.COLOR_RGB2GRAY))
    return LevelPage(image, find_ink(image, raster.dpi), (), 0.0, raster.dpi)


def lines_in(page: LevelPage, box: Box) -> Iterator[Box]:
    """The lines of text within a box: bands of ink from its left to its right, which blank ones part."""
    left, top, right, bottom = (max(0, round(side * page.dpi / 72)) for side in box)
    ink = page.ink[top:bottom, left:right]
    for first, end in _bands(np.flatnonzero(ink.any(axis=1)), pixels(_BETWEEN_LINES, page.dpi)):
        columns = np.flatnonzero(ink[first:end].any(axis=0))
        sides = left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + end
        yield Box(*(side * 72 / page.dpi for side in sides))


def _bands(rows: NDArray[np.intp], gap: int) -> Iterator[tuple[int, int]]:
    """The first row of each band and the one after its last; rows nearer than a gap are of one band."""
    starts = np.flatnonzero(np.diff(rows, prepend=-2 * gap) > gap)
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield int(rows[start]), int(rows[end - 1]) + 1


def colours(page: LevelPage) -> Image:
    """The page without its rules in three equal colours, as text recognition wants images."""
    return cast(Image, cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR))


def cut_out(page: LevelPage, box: Box) -> Image:
    """What the page shows within a box, in three equal colours."""
    left, top, right, bottom = (max(0, round(side * page.dpi / 72)) for side in box)
    return cast(Image, cv2.cvtColor(page.image[top : bottom + 1, left : right + 1], cv2.COLOR_GRAY2BGR))


def inked(page: LevelPage, box: Box) -> Box | None:
    """The part of a box that has ink from left to right, at its full height; None where it has none."""
    left, top, right, bottom = (max(0, round(side * page.dpi / 72)) for side in box)
    columns = np.flatnonzero(page.ink[top:bottom, left:right].any(axis=0))
    if not columns.size:
        return None
    first, last = left + int(columns[0]), left + int(columns[-1]) + 1
    return Box(first * 72 / page.dpi, box.y0, last * 72 / page.dpi, box.y1)


def stray_ink(page: LevelPage, boxes: Iterable[Box]) -> list[Box]:
    """Ink that lies in none of `boxes`: the boxes of what belongs together on a line, dirt left out."""
    rest = without((Box(*(side * page.dpi / 72 for side in box)) for box in boxes), page.ink, 0)
    join = np.ones((1, pixels(_BETWEEN_CHARACTERS, page.dpi)), np.uint8)
    joined = cast(Image, cv2.morphologyEx(rest, cv2.MORPH_CLOSE, join))
    found = (in_points(patch, page.dpi) for patch in patches(joined))
    return [patch for patch in found if max(patch.x1 - patch.x0, patch.y1 - patch.y0) > _LARGEST_SPECK]


class Stroke(NamedTuple):
    """Ink that is one straight stroke: the degrees it rises by (0 level, 90 upright), how straight it is (0 to 1)."""

    rise: float
    straightness: float


def lone_stroke(page: LevelPage, box: Box) -> Stroke | None:
    """The stroke that a box holds, if it holds nothing else: its ink lies along one line."""
    left, top, right, bottom = (max(0, round(side * page.dpi / 72)) for side in box)
    points = np.argwhere(page.ink[top:bottom, left:right])
    if len(points) < 3:
        return None
    (across, along), axes = np.linalg.eigh(np.cov(points.T) + np.eye(2) * 1e-9)
    straightness = 1 - float(across / along)
    if straightness < _STRAIGHT or float(np.sqrt(across)) * 72 / page.dpi > _BROADEST_STROKE:
        return None
    down, rightwards = axes[:, 1]
    return Stroke(float(np.degrees(np.arctan2(-down, rightwards))) % 180, straightness)
