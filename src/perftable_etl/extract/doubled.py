"""Texts that are drawn again where they stand: equal words, or characters, on one another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from perftable_etl.document import Box, Word

SHIFT = 0.2
"""Times its height. A text drawn again no further off makes one bold text; neighbours stand further apart."""


def doubled(words: Sequence[Word], left_out: Container[int] = ()) -> Iterator[int]:
    """The positions of words that stand where an equal one stands already, those aside that are `left_out`."""
    equal: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        equal[word.text].append(index)
    for positions in equal.values():
        if len(positions) > 1 and _may_coincide([words[index].box for index in positions]):
            yield from _stacked(words, [index for index in positions if index not in left_out])


def _may_coincide(boxes: Sequence[Box]) -> bool:
    """Whether some of a few boxes stand at one height: equal words of a column do not."""
    tops = sorted([box.y0 for box in boxes])
    slack = SHIFT * max([box.y1 - box.y0 for box in boxes])
    return any(lower - upper < slack for upper, lower in pairwise(tops))


def _stacked(words: Sequence[Word], positions: Iterable[int]) -> Iterator[int]:
    """Of equal words those that stand on one before them."""
    boxes: list[Box] = []  # from left to right: pages of 100,000 words exist
    for index in positions:
        box = words[index].box
        shift = SHIFT * (box.y1 - box.y0)
        first, last = bisect_left(boxes, (box.x0 - shift,)), bisect_left(boxes, (box.x0 + shift,))
        if any(_coincide(other, box) for other in boxes[first:last]):
            yield index
        insort(boxes, box)


def _coincide(one: Box, other: Box) -> bool:
    """Whether two equal texts stand on one another; two narrow letters side by side do not."""
    shift = min(SHIFT * (one.y1 - one.y0), (one.x1 - one.x0) / 2)
    return abs(one.x0 - other.x0) < shift and abs(one.y0 - other.y0) < shift and abs(one.x1 - other.x1) < shift
