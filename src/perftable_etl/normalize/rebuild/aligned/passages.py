"""Passages: text that may be one cell's, words close together on a printed line or lines below each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Box, Page, Place, Rule, Word
from perftable_etl.geometry.boxes import around_words
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import turn

# Heights. Words further apart may stand in different columns; a space between words is a quarter to a third of an em
_WORD_SPACE = 0.4


class Passage(NamedTuple):
    """Words that may be one cell's, the text that they make, and the box around them on the levelled page."""

    text: str
    box: Box
    words: tuple[Word, ...]

    @classmethod
    def of(cls, words: Iterable[Word]) -> Passage:
        """What some words print, of which there must be at least one."""
        words = tuple(words)
        return cls("\n".join(map(line_text, split_lines(words))), around_words(words), words)

    @property
    def middle(self) -> float:
        """Its middle down the page."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def width(self) -> float:
        """How wide it is printed."""
        return self.box.x1 - self.box.x0

    def is_above_or_below(self, other: Passage) -> bool:
        """Whether two passages share some of the page's width."""
        return self.box.x0 < other.box.x1 and other.box.x0 < self.box.x1

    def is_set_as(self, other: Passage, near: float) -> bool:
        """Whether two passages begin at one edge, or end at one, or have one middle, but for less than `near`."""
        (x0, _, x1, _), box = self.box, other.box
        return min(abs(x0 - box.x0), abs(x1 - box.x1), abs(x0 + x1 - box.x0 - box.x1) / 2) < near

    def is_in_column_of(self, other: Passage, near: float) -> bool:
        """Whether two passages stand in one column, set alike."""
        return self.is_above_or_below(other) and self.is_set_as(other, near)

    def gap_to(self, other: Passage) -> float:
        """How far the two are from one another down the page; negative where they stand beside each other."""
        return max(self.box.y0 - other.box.y1, other.box.y0 - self.box.y1)


def joined(passages: Iterable[Passage]) -> Passage:
    """Passages beside and below each other as one."""
    return Passage.of(word for passage in passages for word in passage.words)


def passages_of(page: Page) -> list[Passage]:
    """A page's printed lines, parted where words stand apart or a rule stands between them, in reading order."""
    walls = [rule for rule in page.rules if not rule.is_horizontal]
    return [Passage.of(words) for line in split_lines(page.words) for words in _parted(line, walls)]


def _parted(line: Sequence[Word], walls: Sequence[Rule]) -> Iterator[Sequence[Word]]:
    start = 0
    for index, (before, word) in enumerate(pairwise(line), start=1):
        height = min(before.box.y1 - before.box.y0, word.box.y1 - word.box.y0)
        is_apart = word.box.x0 - before.box.x1 > _WORD_SPACE * height
        if is_apart or any(_stands_between(wall, before.box, word.box) for wall in walls):
            yield line[start:index]
            start = index
    yield line[start:]


def _stands_between(wall: Rule, before: Box, box: Box) -> bool:
    return before.x1 - 1 <= wall.x0 <= box.x0 + 1 and wall.y0 <= box.middle[1] <= wall.y1


def place_on(page: Page, box: Box) -> Place:
    """Where something on a levelled page stands on the paper."""
    return Place(page.number, turn(page.skew, page.width, page.height).box(box))
