"""The rules on an image: straight ink that is too long to be a stroke, or ends at rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from perftable_etl.document import Box, Rule
from perftable_etl.extract.raster.ink import Image, find_faint_ink, find_ink, in_points, patches, pixels

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


def find_strokes(image: Image, dpi: int) -> list[Box]:
    """The rules in pixels: straight ink that is longer than any stroke, or that ends at rules on both sides.

    What goes down is looked for in the page on its side, where it goes across. Smoothing along a rule only, hairlines
    outlast it.
    """
    side = cast(Image, np.ascontiguousarray(image.T))
    across, down = (_stretches(find_ink(view, dpi, across=1), dpi) for view in (image, side))
    widest, highest, reach = (pixels(length, dpi) for length in (_WIDEST_STROKE, _HIGHEST_STROKE, _FARTHEST_END))
    rows = [box for box in across if box.x1 - box.x0 > widest]
    columns = [box for box in down if box.x1 - box.x0 > highest or _ends_at(rows, box, reach)]
    rows += [box for box in across if _ends_at(columns, box, reach)]
    rows += _faint_rules(find_faint_ink(image, dpi), rows, columns, dpi)
    columns += _faint_rules(find_faint_ink(side, dpi), columns, rows, dpi)
    return list(dict.fromkeys([*rows, *map(_transposed, columns)]))


def _faint_rules(ink: Image, rows: Sequence[Box], columns: Sequence[Box], dpi: int) -> Iterator[Box]:
    """Pieces that go on a row from one column to the next in broken ink; `columns` have their coordinates flipped."""
    shortest, end = pixels(_SHORTEST_RULE, dpi), pixels(_FARTHEST_END, dpi) * 2
    for y in sorted({round((row.y0 + row.y1) / 2) for row in rows}):
        walls = sorted((column.y0 + column.y1) / 2 for column in columns if column.x0 <= y <= column.x1)
        for left, right in pairwise(map(round, walls)):
            along = ink[max(0, y - 1) : y + 2, left + 2 : right - 1] > 0
            if right - left > shortest and any(_goes_on(row, end) for row in along):
                yield Box(left, y, right, y + 1)


def _goes_on(row: npt.NDArray[np.bool_], end: int) -> bool:
    """Whether a row of pixels between two columns is a rule's: inked for the most part, and at both ends."""
    return bool(row.mean() > _FAINTEST and row[:end].mean() > 0.5 and row[-end:].mean() > 0.5)


def _transposed(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)


def _stretches(ink: Image, dpi: int) -> list[Box]:
    """Thin straight ink across the image: what is unbroken, and what has small gaps but stands alone."""
    joined = cast(Image, cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, pixels(_LARGEST_GAP, dpi) + 1), np.uint8)))
    alone = (box for box in _straight(joined, dpi) if _crowded_share(ink, box, dpi) < _MOST_CROWDED)
    return [*_straight(ink, dpi), *alone]


def _straight(ink: Image, dpi: int) -> Iterator[Box]:
    """Straight ink across the image, not too thick."""
    straight = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, pixels(_SHORTEST_RULE, dpi)), np.uint8))
    thickest = pixels(_THICKEST_RULE, dpi)
    return (box for box in patches(cast(Image, straight)) if box.y1 - box.y0 <= thickest)


def _crowded_share(ink: Image, box: Box, dpi: int) -> float:
    """Along which share of a horizontal stretch there is ink just above or just below it."""
    x0, y0, x1, y1 = map(int, box)
    near, far = pixels(_BLUR, dpi), pixels(_BESIDE, dpi)
    above, below = ink[max(0, y0 - far) : max(0, y0 - near), x0:x1], ink[y1 + near : y1 + far, x0:x1]
    return float((above.any(axis=0) | below.any(axis=0)).mean())


def _ends_at(others: Sequence[Box], stretch: Box, reach: int) -> bool:
    """Whether a stretch has a rule of the other direction, its coordinates flipped, at each end."""
    y = (stretch.y0 + stretch.y1) / 2
    beside = [other for other in others if other.x0 - reach <= y <= other.x1 + reach]
    return all(any(rule.y0 - reach <= end <= rule.y1 + reach for rule in beside) for end in (stretch.x0, stretch.x1))


def middle_lines(strokes: Iterable[Box], dpi: int) -> Iterator[Rule]:
    """The middle lines of strokes, in points."""
    for stroke in strokes:
        x0, y0, x1, y1 = in_points(stroke, dpi)
        if x1 - x0 >= y1 - y0:
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        else:
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
