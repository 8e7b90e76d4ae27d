"""Words in the order a person reads them: printed lines, and their text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from perftable_etl.document import Word


def split_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in reading order, a list for every printed line: a word is on the line whose middle it overlaps."""
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


def line_text(line: Sequence[Word]) -> str:
    """One printed line: words that touch were parted by a change of type only, others by a space."""
    text = line[0].text
    for before, word in pairwise(line):
        gap = word.box.x0 - before.box.x1
        text += word.text if gap < 0.05 * (word.box.y1 - word.box.y0) else " " + word.text
    return text


def _vertical_middle(word: Word) -> float:
    return word.box.y0 + word.box.y1


def _left(word: Word) -> float:
    return word.box.x0
