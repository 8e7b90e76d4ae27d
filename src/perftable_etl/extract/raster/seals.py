"""Seals on the image of a page: red ink in a round or square of some centimetres, taken off what it was put over.

Ink of a pad lets print shine through. So where a seal stands, the red channel shows the print without it.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from perftable_etl.document import Box
from perftable_etl.extract.raster.ink import Image, patches, pixels

_RED = 50
"""Of 255: how much redder than green and blue the ink of a pad is at the least."""

_PAPER = 255

_SMALLEST, _LARGEST = 55.0, 200.0
"""Points. Seals are 2 to 6 cm wide."""

_ROUND = 1.6
"""How much wider than high a seal is at the most, or higher than wide."""

_JOINED = 9.0
"""Points. The characters of a seal stand no further apart, nor from its circle."""


def in_grey(colours: Image, dpi: int) -> Image:
    """The page in grey, without its seals."""
    grey = cast(Image, cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY))
    red, green, blue = cv2.split(colours)
    ink = cast(Image, (cv2.subtract(red, cv2.max(green, blue)) > _RED).astype(np.uint8))
    if not ink.any():
        return grey
    for x0, y0, x1, y1 in map(_whole, _seals(ink, dpi)):
        part = (slice(y0, y1), slice(x0, x1))
        shown = _as_paper(red[part], ink[part])
        grey[part] = np.where(_grown(ink[part], dpi), np.maximum(grey[part], shown), grey[part])
    return grey


def _as_paper(red: Image, ink: Image) -> Image:
    """The red channel as bright as paper where it shows nothing but the ink of the pad."""
    level = max(float(np.median(red[ink > 0])), 1.0)
    return cast(Image, np.minimum(red * (_PAPER / level), _PAPER).astype(np.uint8))


def _seals(ink: Image, dpi: int) -> list[Box]:
    """The boxes of what is as large as a seal, and about as wide as high."""
    side = pixels(_JOINED, dpi)
    joined = cast(Image, cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)))
    return [patch for patch in patches(joined) if _is_seal(patch, dpi)]


def _is_seal(patch: Box, dpi: int) -> bool:
    low, high = sorted((patch.x1 - patch.x0, patch.y1 - patch.y0))
    return pixels(_SMALLEST, dpi) <= low and high <= pixels(_LARGEST, dpi) and high <= _ROUND * low


def _grown(ink: Image, dpi: int) -> Image:
    """The ink and the blur at its edges."""
    side = 2 * pixels(0.7, dpi) + 1
    return cast(Image, cv2.dilate(ink, np.ones((side, side), np.uint8)))


def _whole(box: Box) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = map(int, box)
    return x0, y0, x1, y1
