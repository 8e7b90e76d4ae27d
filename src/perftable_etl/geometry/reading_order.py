"""Words in the order a person reads them: printed lines, and their text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from perftable_etl.document import Word

_TALL = 1.5
"""Times the common height. A box so high is its font's, not its glyph's: SymbolMT's are 2.5 times their type size."""


def split_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in reading order, a list for every printed line: a word is on the line whose middle it overlaps.

    A box that is higher than those around it says little of where its glyph stands: such a word goes where there is
    room for it.
    """
    heights = [word.box.y1 - word.box.y0 for word in words]
    if not heights or max(heights) <= _TALL * min(heights):  # nearly all cells
        return _lines(words)
    tallest = _TALL * median_low(heights)
    lines = _lines([word for word in words if _height(word) <= tallest])
    alone = [word for word in words if _height(word) > tallest and not _put_on_line(word, lines)]
    return sorted((*lines, *_lines(alone)), key=_middle_of_line)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Lines of words whose boxes are as high as their type."""
    lines: list[list[Word]] = []
    middle = float("-inf")
    for word in sorted(words, key=_vertical_middle):
        _, y0, _, y1 = word.box
        if (y0 + y1) / 2 - middle > (y1 - y0) * 0.45:
            lines.append([word])
            middle = (y0 + y1) / 2
        else:
            lines[-1].append(word)
    for line in lines:
        if len(line) > 1:
            line.sort(key=_left)
    return lines


def _put_on_line(word: Word, lines: Sequence[list[Word]]) -> bool:
    """Whether one of `lines` has room for a tall word; the nearest of those it reaches over gets it."""
    with_room = [line for line in lines if _reaches(word, line) and not any(_overlap(word, other) for other in line)]
    if not with_room:
        return False
    line = min(with_room, key=lambda line: abs(_vertical_middle(word) - _middle_of_line(line)))
    line.append(word)
    line.sort(key=_left)
    return True


def _reaches(word: Word, line: Sequence[Word]) -> bool:
    """Whether a line's middle lies within a word's box; words print on one line only, so nothing else can."""
    return word.box.y0 <= _middle_of_line(line) / 2 <= word.box.y1


def _overlap(one: Word, other: Word) -> bool:
    """Whether two words stand above one another for more than a hair: on one line they stand side by side."""
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    return shared > 0.25 * min(one.box.x1 - one.box.x0, other.box.x1 - other.box.x0)


def line_text(line: Sequence[Word]) -> str:
    """One printed line: words that touch were parted by a change of type only, others by a space."""
    text = line[0].text
    for before, word in pairwise(line):
        gap = word.box.x0 - before.box.x1
        text += word.text if gap < 0.05 * min(_height(before), _height(word)) else " " + word.text
    return text


def _height(word: Word) -> float:
    return word.box.y1 - word.box.y0


def _vertical_middle(word: Word) -> float:
    return word.box.y0 + word.box.y1


def _middle_of_line(line: Sequence[Word]) -> float:
    return median_low(map(_vertical_middle, line))


def _left(word: Word) -> float:
    return word.box.x0
