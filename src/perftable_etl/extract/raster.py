"""From the image of a page to its rules and its ink: the page levelled, its rules found, and what is printed between.

The only module that knows OpenCV. Images are rows of grey pixels, 0 is black; a mask is an image of 0 and 255. Lengths
and places are in points, so that 150 dpi and 300 dpi are read alike; pixels never leave this module but as images.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast

import cv2
import numpy as np
import numpy.typing as npt

from perftable_etl.document import Box, Raster, Rule

Image = npt.NDArray[np.uint8]

MOST_SKEW = 3.0
"""Degrees. A page that lies more askew than this was not meant to lie straight."""

_SKEW_STEPS = (0.5, 0.1, 0.02)
"""Degrees between the angles tried, each round finer and nearer to the best of the round before."""

_SKEW_WIDTH = 1000
"""Pixels across that tell an angle to 0.02 degrees: it moves the end of a row by a third of a pixel."""

_CONTRAST = 16
"""How much darker than the paper around it ink is at the least, of 255; the grain of a scan stays below."""

_SURROUNDINGS, _COARSE = 18.0, 4
"""Points of paper around a stroke: more than any stroke is wide, less than the light takes to change; and how many
pixels are one where only the light matters."""

_SHORTEST_RULE = 8.0
"""Points. The lowest row is about 10 pt high, so that its walls, less their ends, are this long."""

_WIDEST_STROKE, _HIGHEST_STROKE = 60.0, 30.0
"""Points. A dash of two Han characters in large type is 36 pt long, the strokes of characters side by side, blurred
together, up to 50; upright strokes are as high as the largest type."""

_THICKEST_RULE = 4.0
"""Points. What is thicker is shading."""

_FARTHEST_END = 1.0
"""Points. A wall touches the rules it ends at; between a character and the rule there is more room than this."""

_LARGEST_GAP = 1.5
_BLUR, _BESIDE = 0.5, 2.0
_MOST_CROWDED = 0.25
"""Points: the gaps in a dashed or faint rule. Strokes of characters side by side may look the same; but along more than
this share of them there is other ink close by, beyond their blurred edge."""

_FAINTEST = 0.7
"""Of a rule that is broken by grain this share is ink at the least; of a line of text, at any height, it is half."""

_LARGEST_SPECK = 3.0
"""Points. Ink that measures less both ways is dirt, or a dot."""

_STRAIGHT, _BROADEST_STROKE = 0.95, 0.8
"""A stroke spreads along its line more than four times as far as across it, and there less than so many points; a line
of text spreads more."""

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
    image = cast(Image, cv2.cvtColor(_colours(raster), cv2.COLOR_RGB2GRAY))
    skew = find_skew(image)
    if skew:
        image = _turned(image, skew, 255)
    ink = _find_ink(image, raster.dpi)
    strokes = _find_rules(image, raster.dpi)
    rules = tuple(_rules(strokes, raster.dpi))
    return LevelPage(_without(strokes, image, 255), _without(strokes, ink, 0), rules, skew, raster.dpi)


def find_skew(image: Image) -> float:
    """By how many degrees the lines of a page fall to the right.

    The rows of a level page are full or empty: the angle is right where neighbouring rows differ most.
    """
    scale = min(1.0, _SKEW_WIDTH / image.shape[1])
    ink = 255 - cast(Image, cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    skew, reach = 0.0, MOST_SKEW
    for step in _SKEW_STEPS:
        angles = skew + np.arange(-reach, reach + step / 2, step)
        skew = max(angles, key=lambda angle: (_sharpness(_turned(ink, angle, 0)), -abs(angle)))
        reach = step
    return round(float(skew), 2)


def _sharpness(ink: Image) -> float:
    return float(np.square(np.diff(ink.sum(axis=1, dtype=np.float64))).sum())


def _turned(image: Image, skew: float, paper: int) -> Image:
    """The image turned back by `skew` degrees around its middle; what comes in at the corners is paper."""
    height, width = image.shape
    turning = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return cast(Image, cv2.warpAffine(image, turning, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper))


def _find_ink(image: Image, dpi: int, *, along: int = 3, across: int = 3) -> Image:
    """Mask of what is darker than what is around it, after the grain is smoothed over so many pixels."""
    smooth = cv2.blur(image, (along, across))
    around = _pixels(_SURROUNDINGS, dpi) | 1
    method, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return cast(Image, cv2.adaptiveThreshold(smooth, 255, method, kind, around, _CONTRAST))


def _find_faint_ink(image: Image, dpi: int) -> Image:
    """Mask of what is darker than the paper: more than `_find_ink` finds beside print, and all that is blurred too."""
    coarse = cv2.resize(image, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    side = _pixels(_SURROUNDINGS, dpi) // _COARSE
    blank = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.resize(blank, image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    darkness = cv2.subtract(paper, cv2.blur(image, (3, 1)))
    return cast(Image, cv2.threshold(darkness, _CONTRAST, 255, cv2.THRESH_BINARY)[1])


def _pixels(points: float, dpi: int) -> int:
    return max(1, round(points * dpi / 72))


def _find_rules(image: Image, dpi: int) -> list[Box]:
    """The rules in pixels: straight ink that is longer than any stroke, or that ends at rules on both sides.

    What goes down is looked for in the page on its side, where it goes across. Smoothing along a rule only, hairlines
    outlast it.
    """
    side = cast(Image, np.ascontiguousarray(image.T))
    across, down = (_stretches(_find_ink(view, dpi, across=1), dpi) for view in (image, side))
    widest, highest, reach = (_pixels(length, dpi) for length in (_WIDEST_STROKE, _HIGHEST_STROKE, _FARTHEST_END))
    rows = [box for box in across if box.x1 - box.x0 > widest]
    columns = [box for box in down if box.x1 - box.x0 > highest or _ends_at(rows, box, reach)]
    rows += [box for box in across if _ends_at(columns, box, reach)]
    rows += _faint(_find_faint_ink(image, dpi), rows, columns, dpi)
    columns += _faint(_find_faint_ink(side, dpi), columns, rows, dpi)
    return list(dict.fromkeys([*rows, *map(_flipped, columns)]))


def _faint(ink: Image, rows: Sequence[Box], columns: Sequence[Box], dpi: int) -> Iterator[Box]:
    """Pieces that go on a row from one column to the next in broken ink; `columns` have their coordinates flipped."""
    shortest, end = _pixels(_SHORTEST_RULE, dpi), _pixels(_FARTHEST_END, dpi) * 2
    for y in sorted({round((row.y0 + row.y1) / 2) for row in rows}):
        walls = sorted((column.y0 + column.y1) / 2 for column in columns if column.x0 <= y <= column.x1)
        for left, right in pairwise(map(round, walls)):
            along = ink[max(0, y - 1) : y + 2, left + 2 : right - 1] > 0
            if right - left > shortest and any(_goes_on(row, end) for row in along):
                yield Box(left, y, right, y + 1)


def _goes_on(row: npt.NDArray[np.bool_], end: int) -> bool:
    """Whether a row of pixels between two columns is a rule's: inked for the most part, and at both ends."""
    return bool(row.mean() > _FAINTEST and row[:end].mean() > 0.5 and row[-end:].mean() > 0.5)


def _flipped(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)


def _stretches(ink: Image, dpi: int) -> list[Box]:
    """Thin straight ink across the image: what is unbroken, and what has small gaps but stands alone."""
    joined = cast(Image, cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _pixels(_LARGEST_GAP, dpi) + 1), np.uint8)))
    alone = (box for box in _straight(joined, dpi) if _crowd(ink, box, dpi) < _MOST_CROWDED)
    return [*_straight(ink, dpi), *alone]


def _straight(ink: Image, dpi: int) -> Iterator[Box]:
    """Straight ink across the image, not too thick."""
    straight = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _pixels(_SHORTEST_RULE, dpi)), np.uint8))
    thickest = _pixels(_THICKEST_RULE, dpi)
    return (box for box in _patches(cast(Image, straight)) if box.y1 - box.y0 <= thickest)


def _crowd(ink: Image, box: Box, dpi: int) -> float:
    """Along which share of a horizontal stretch there is ink just above or just below it."""
    x0, y0, x1, y1 = map(int, box)
    near, far = _pixels(_BLUR, dpi), _pixels(_BESIDE, dpi)
    above, below = ink[max(0, y0 - far) : max(0, y0 - near), x0:x1], ink[y1 + near : y1 + far, x0:x1]
    return float((above.any(axis=0) | below.any(axis=0)).mean())


def _patches(mask: Image) -> list[Box]:
    """The boxes of connected ink, in pixels."""
    _, _, patches, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [Box(x, y, x + width, y + height) for x, y, width, height, _ in patches[1:].tolist()]


def _ends_at(others: Sequence[Box], stretch: Box, reach: int) -> bool:
    """Whether a stretch has a rule of the other direction, its coordinates flipped, at each end."""
    y = (stretch.y0 + stretch.y1) / 2
    beside = [other for other in others if other.x0 - reach <= y <= other.x1 + reach]
    return all(any(rule.y0 - reach <= end <= rule.y1 + reach for rule in beside) for end in (stretch.x0, stretch.x1))


def _without(strokes: Iterable[Box], image: Image, paper: int) -> Image:
    """The image without these strokes and the blur at their edges."""
    clean = image.copy()
    for x0, y0, x1, y1 in strokes:
        clean[max(0, int(y0) - 1) : int(y1) + 1, max(0, int(x0) - 1) : int(x1) + 1] = paper
    return clean


def _rules(strokes: Iterable[Box], dpi: int) -> Iterator[Rule]:
    """The middle lines of strokes, in points."""
    for stroke in strokes:
        x0, y0, x1, y1 = _points(stroke, dpi)
        if x1 - x0 >= y1 - y0:
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        else:
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _points(box: Box, dpi: int) -> Box:
    x0, y0, x1, y1 = box
    return Box(x0 * 72 / dpi, y0 * 72 / dpi, x1 * 72 / dpi, y1 * 72 / dpi)


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
    rest = _without((Box(*(side * page.dpi / 72 for side in box)) for box in boxes), page.ink, 0)
    join = np.ones((1, _pixels(_BETWEEN_CHARACTERS, page.dpi)), np.uint8)
    joined = cast(Image, cv2.morphologyEx(rest, cv2.MORPH_CLOSE, join))
    patches = (_points(patch, page.dpi) for patch in _patches(joined))
    return [patch for patch in patches if max(patch.x1 - patch.x0, patch.y1 - patch.y0) > _LARGEST_SPECK]


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
