"""Passages: text that may be one cell's, words close together on a printed line or lines below each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Box, Page, Place, Rule, Word, least_confidence
from perftable_etl.geometry.boxes import around_places
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import Matrix, turn

# Heights. Words further apart may stand in different columns; a space between words is a quarter to a third of an em
_WORD_SPACE = 0.4
_SAME_LINE = 0.45  # heights by which the middles of words on one line differ at most


class Passage(NamedTuple):
    """Text, where it stands on the levelled page, its place on the paper, and the passages that it is joined from."""

    text: str
    box: Box
    place: Place
    confidence: float | None = None
    parts: tuple[Passage, ...] = ()

    @property
    def middle(self) -> float:
        """Its middle down the page."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.box.x0 + self.box.x1) / 2

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


def passages_of(page: Page) -> list[Passage]:
    """A page's printed lines, parted where words stand apart or a rule stands between them, in reading order."""
    walls = [rule for rule in page.rules if not rule.is_horizontal]
    paper = turn(page.skew, page.width, page.height)
    return [_passage(words, page.number, paper) for line in split_lines(page.words) for words in _parted(line, walls)]


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


def _passage(words: Sequence[Word], page: int, paper: Matrix) -> Passage:
    box = Box.around(word.box for word in words)
    confidence = least_confidence(word.confidence for word in words)
    return Passage(line_text(words), box, Place(page, paper.box(box)), confidence)


def on_lines(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Passages by the printed line that they stand on, from top to bottom, and from left to right."""
    lines: list[list[Passage]] = []
    for passage in sorted(passages, key=lambda passage: passage.middle):
        height = passage.box.y1 - passage.box.y0
        if lines and passage.middle - lines[-1][0].middle <= _SAME_LINE * height:
            lines[-1].append(passage)
        else:
            lines.append([passage])
    return [sorted(line, key=lambda passage: passage.box.x0) for line in lines]


def joined(passages: Iterable[Passage]) -> Passage:
    """Passages beside and below each other as one."""
    lines = on_lines(passages)
    text = "\n".join(" ".join(passage.text for passage in line) for line in lines)
    parts = tuple(passage for line in lines for passage in line)
    place = around_places(passage.place for passage in parts)
    return Passage(text, Box.around(p.box for p in parts), place, least_confidence(p.confidence for p in parts), parts)
