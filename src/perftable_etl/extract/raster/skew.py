"""By how much a scanned page lies askew, told by its rows."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from perftable_etl.extract.raster.ink import Image

MOST_SKEW = 3.0
"""Degrees. A page that lies more askew than this was not meant to lie straight."""

_SKEW_STEPS = (0.5, 0.1, 0.02)
"""Degrees between the angles tried, each round finer and nearer to the best of the round before."""

_SKEW_WIDTH = 1000
"""Pixels across that tell an angle to 0.02 degrees: it moves the end of a row by a third of a pixel."""


def find_skew(image: Image) -> float:
    """By how many degrees the lines of a page fall to the right.

    The rows of a level page are full or empty: the angle is right where neighbouring rows differ most.
    """
    scale = min(1.0, _SKEW_WIDTH / image.shape[1])
    ink = 255 - cast(Image, cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    skew, reach = 0.0, MOST_SKEW
    for step in _SKEW_STEPS:
        angles = skew + np.arange(-reach, reach + step / 2, step)
        skew = max(angles, key=lambda angle: (_sharpness(turned_back(ink, angle, 0)), -abs(angle)))
        reach = step
    return round(float(skew), 2)


def _sharpness(ink: Image) -> float:
    return float(np.square(np.diff(ink.sum(axis=1, dtype=np.float64))).sum())


def turned_back(image: Image, skew: float, paper: int) -> Image:
    """The image turned back by `skew` degrees around its middle; what comes in at the corners is paper."""
    height, width = image.shape
    turning = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return cast(Image, cv2.warpAffine(image, turning, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper))
