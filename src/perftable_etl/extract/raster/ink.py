"""The ink on an image: masks of it, connected patches, points and pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from perftable_etl.document import Box

Image = npt.NDArray[np.uint8]

_CONTRAST = 16
"""How much darker than the paper around it ink is at the least, of 255; the grain of a scan stays below."""

_SURROUNDINGS, _COARSE = 18.0, 4
"""Points of paper around a stroke: more than any stroke is wide, less than the light takes to change; and how many
pixels are one where only the light matters."""


def find_ink(image: Image, dpi: int, *, along: int = 3, across: int = 3) -> Image:
    """Mask of what is darker than what is around it, after the grain is smoothed over so many pixels."""
    smooth = cv2.blur(image, (along, across))
    around = pixels(_SURROUNDINGS, dpi) | 1
    method, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return cast(Image, cv2.adaptiveThreshold(smooth, 255, method, kind, around, _CONTRAST))


def find_faint_ink(image: Image, dpi: int) -> Image:
    """Mask of what is darker than the paper: more than `find_ink` finds beside print, and all that is blurred too."""
    coarse = cv2.resize(image, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    side = pixels(_SURROUNDINGS, dpi) // _COARSE
    blank = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.resize(blank, image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    darkness = cv2.subtract(paper, cv2.blur(image, (3, 1)))
    return cast(Image, cv2.threshold(darkness, _CONTRAST, 255, cv2.THRESH_BINARY)[1])


def pixels(points: float, dpi: int) -> int:
    """So many points in pixels, one at least."""
    return max(1, round(points * dpi / 72))


def patches(mask: Image) -> list[Box]:
    """The boxes of connected ink, in pixels."""
    _, _, patches, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [Box(x, y, x + width, y + height) for x, y, width, height, _ in patches[1:].tolist()]


def without(strokes: Iterable[Box], image: Image, paper: int) -> Image:
    """The image without these strokes and the blur at their edges."""
    clean = image.copy()
    for x0, y0, x1, y1 in strokes:
        clean[max(0, int(y0) - 1) : int(y1) + 1, max(0, int(x0) - 1) : int(x1) + 1] = paper
    return clean


def in_points(box: Box, dpi: int) -> Box:
    """A box of pixels in points."""
    x0, y0, x1, y1 = box
    return Box(x0 * 72 / dpi, y0 * 72 / dpi, x1 * 72 / dpi, y1 * 72 / dpi)
