"""What is set beside a text or over it and is no part of it: marks of notes, and words over the finished page.

A small raised digit behind a text (优良²) is the mark of a note; behind a letter or a digit it is a power (m², 10⁴). A
word of much larger type over the middle of other texts (作废, 样本) was set over all of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from perftable_etl.document import Box, Word

_SMALL = 0.75
"""Times the height of the text before it. A mark is no higher."""

_BESIDE = 0.4
"""Of that height: how far behind the text a mark stands at most."""

_LARGER = 1.5
"""Times the height of most words. What is so large and printed over them belongs to none of their cells."""

_TALL = 14.0
"""Points. No ordinary word of a table is higher: a page without any has nothing so large."""

_LENGTHS = frozenset("米里")


def note_marks(words: Sequence[Word]) -> Iterator[int]:
    """The positions of words that are marks of notes: the file has each right behind its text."""
    numbers = [index for index, (text, _, _, _) in enumerate(words) if len(text) <= 2 and text.isdecimal()]
    for index in numbers:
        before = words[index - 1]
        if index > 0 and is_mark(words[index].box, before.text[-1], before.box):
            yield index


def is_mark(mark: Box, last: str, text: Box) -> bool:
    """Whether a digit is small and raised behind a text that ends in a character which has no powers."""
    high, own = text.y1 - text.y0, mark.y1 - mark.y0
    is_raised = (mark.y0 + mark.y1) / 2 < (text.y0 + text.y1) / 2 and mark.y1 > text.y0
    is_beside = -_BESIDE * high <= mark.x0 - text.x1 <= _BESIDE * high
    is_power = (last.isascii() and last.isalnum()) or last in _LENGTHS
    return own <= _SMALL * high and is_raised and is_beside and not is_power


def large_words(words: Sequence[Word]) -> Iterator[int]:
    """The positions of level words that are set over the finished page."""
    heights = [bottom - top for _, (_, top, _, bottom), _, _ in words]
    if max(heights, default=0.0) <= _TALL:
        return
    usual = median(heights)
    for index, high in enumerate(heights):
        if high > _TALL and high >= _LARGER * usual:
            box = words[index].box
            if any(_is_over(box, other.box, usual) for other in words):
                yield index


def _is_over(large: Box, other: Box, usual: float) -> bool:
    """Whether a large word covers the middle of the height of an ordinary one, and some of its width."""
    x0, y0, x1, y1 = other
    is_within = large.y0 < (y0 + y1) / 2 < large.y1 and y1 - y0 < 1.2 * usual
    return is_within and min(large.x1, x1) - max(large.x0, x0) > usual / 2
