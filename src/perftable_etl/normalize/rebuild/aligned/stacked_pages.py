"""Passages: text that may be one cell's, words close together on a line, a printed line, or several lines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from statistics import median
from typing import NamedTuple

from perftable_etl.document import Box, Page, Place, Word, least_confidence
from perftable_etl.geometry.boxes import around_places
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import Matrix, turn
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.rebuild.grid_maker import Content
from perftable_etl.normalize.rebuild.line_breaks import NEXT_LINE, is_full, width

_SAME_LINE = 0.45  # heights by which the middles of words on one line differ at most
_TOUCHING = 0.05  # heights: words nearer to one another have no space between them


class Passage(NamedTuple):
    """Text, from where to where it stands on the stacked pages, and its parts on the paper: one for each page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    parts: tuple[tuple[str, Place], ...]
    confidence: float | None = None

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle down the stack."""
        return (self.top + self.bottom) / 2

    @property
    def place(self) -> Place:
        """Its place on the first page that it stands on."""
        return self.parts[0][1]

    @property
    def pages(self) -> frozenset[int]:
        """The pages that it stands on."""
        return frozenset(place.page for _, place in self.parts)

    @property
    def content(self) -> Content:
        """What it is in a cell of a grid."""
        return Content(self.text, self.place, self.parts if len(self.parts) > 1 else (), self.confidence)


def line_of(words: Iterable[Passage]) -> Passage:
    """Passages on one printed line as one."""
    ordered = sorted(words, key=lambda word: word.x0)
    text = ordered[0].text
    for before, word in pairwise(ordered):
        text += word.text if word.x0 - before.x1 < _TOUCHING * (word.bottom - word.top) else f" {word.text}"
    return _around(text, ordered, ((text, around_places(word.place for word in ordered)),))


def on_lines(words: Iterable[Passage]) -> list[list[Passage]]:
    """Passages by the printed line that they stand on, from top to bottom."""
    lines: list[list[Passage]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][0].middle <= _SAME_LINE * (word.bottom - word.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def lines_of(words: Iterable[Passage]) -> list[Passage]:
    """Passages as printed lines from top to bottom."""
    return [line_of(line) for line in on_lines(words)]


def stack(lines: Sequence[Passage]) -> Passage:
    """Passages below each other as one."""
    printed = [part for line in lines for part in line.parts]
    pages = [list(group) for _, group in groupby(printed, key=lambda part: part[1].page)]
    parts = tuple(("\n".join(text for text, _ in page), around_places(place for _, place in page)) for page in pages)
    return lines[0] if len(lines) == 1 else _around("\n".join(line.text for line in lines), lines, parts)


def _around(text: str, passages: Sequence[Passage], parts: tuple[tuple[str, Place], ...]) -> Passage:
    _, lefts, rights, tops, bottoms, _, confidences = zip(*passages, strict=True)
    return Passage(text, min(lefts), max(rights), min(tops), max(bottoms), parts, least_confidence(confidences))


def parted(words: Iterable[Passage], apart: float) -> list[list[Passage]]:
    """Passages in groups from left to right: those less than `apart` from one another across the page are one."""
    groups: list[list[Passage]] = []
    end = float("-inf")
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 - end < apart:
            groups[-1].append(word)
        else:
            groups.append([word])
        end = max(end, word.x1)
    return groups


def are_alike(one: Passage, other: Passage, near: float) -> bool:
    """Whether two passages begin or end at one edge, or have one middle, but for less than `near`."""
    return min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.centre - other.centre)) < near


# Em. Words further apart may stand in different columns; a space between words is a quarter to a third of an em
_WORD_SPACE = 0.4
_CLOSEST, _FURTHEST = 0.95, 3.0  # em from a line to the next line of its text, at least and at most
_WIDEST = 1.75  # em from a line to the next line of its text, as texts are set that are not set wide
# times the distance of two lines of one text: no two of its lines stand further apart, but for rounding
_SAME_STEP = 1.12
_PADDED = 1.25  # times that distance. Rows at least so far apart cannot be taken for lines of one text
_SAME_EDGE = 0.1  # em by which the edges or the middles of the lines of one text differ at most
_SAME_SIZE = 0.1  # the share by which their heights differ at most
_NEARLY_ALL = 0.9  # the share of lines that are full where each goes on in the next
_SLACK = 0.5  # em that a full line may miss
_REACH = 40  # passages in reading order among which the line below one is looked for


class Floor(NamedTuple):
    """A level rule: from where to where, its height in the stack, and its page."""

    x0: float
    x1: float
    y: float
    page: int = 1


class StackedPages(NamedTuple):
    """The words of some pages, those close together on a line as one, and the level rules.

    `em` is the type size, `pitch` the distance of a line from the next line of its text. `is_padded` says that all rows
    are further apart than lines of one text, so that their distance alone tells which lines are one cell's.
    """

    words: tuple[Passage, ...]
    floors: tuple[Floor, ...]
    em: float
    pitch: float
    is_padded: bool = False

    @property
    def next_line(self) -> float:
        """The furthest that a line may be from the next line of its text."""
        return (_SAME_STEP if self.is_padded else NEXT_LINE) * self.pitch

    def without(self, words: Container[Passage]) -> StackedPages:
        """The same without some words."""
        return self._replace(words=tuple(word for word in self.words if word not in words))

    def has_floor(self, upper: Passage, lower: Passage) -> bool:
        """Whether a rule parts two lines; at a page break a rule only ends the page."""
        pages = upper.pages & lower.pages
        return any(
            floor.page in pages and upper.middle < floor.y < lower.middle and floor.x0 < upper.centre < floor.x1
            for floor in self.floors
        )


def stack_pages(pages: Sequence[Page]) -> StackedPages:
    """Pages that follow one another, stacked; a page begins one pitch below the last line of the page before.

    There must be a word on them.
    """
    by_page = [list(_words(page)) for page in pages]
    em = median((word.x1 - word.x0) / width(word.text) for words in by_page for word in words)
    pitch, is_padded = _line_step(by_page, em)
    stacked: list[Passage] = []
    floors: list[Floor] = []
    end = 0.0
    for page, words in zip(pages, by_page, strict=True):
        if not words:
            continue
        shift = end - min(word.top for word in words)
        stacked += [word._replace(top=word.top + shift, bottom=word.bottom + shift) for word in words]
        level = (rule for rule in page.rules if rule.is_horizontal)
        floors += [Floor(rule.x0, rule.x1, (rule.y0 + rule.y1) / 2 + shift, page.number) for rule in level]
        end = stacked[-1].top + pitch
    return StackedPages(tuple(stacked), tuple(floors), em, pitch, is_padded)


def _words(page: Page) -> Iterator[Passage]:
    """A page's lines, parted where words stand apart or a rule stands between them."""
    walls = [rule for rule in page.rules if not rule.is_horizontal]
    paper = turn(page.skew, page.width, page.height)
    for line in split_lines(page.words):
        start = 0
        for index, (before, word) in enumerate(pairwise(line), start=1):
            height = min(before.box.y1 - before.box.y0, word.box.y1 - word.box.y0)
            is_apart = word.box.x0 - before.box.x1 > _WORD_SPACE * height
            if is_apart or any(_stands_between(wall.x0, wall.y0, wall.y1, before, word) for wall in walls):
                yield _passage(line[start:index], page.number, paper)
                start = index
        yield _passage(line[start:], page.number, paper)


def _stands_between(x: float, y0: float, y1: float, before: Word, word: Word) -> bool:
    return before.box.x1 - 1 <= x <= word.box.x0 + 1 and y0 <= (word.box.y0 + word.box.y1) / 2 <= y1


def _passage(words: Sequence[Word], page: int, paper: Matrix) -> Passage:
    x0, y0, x1, y1 = box = Box.around(word.box for word in words)
    text = line_text(words)
    part = text, Place(page, paper.box(box))
    return Passage(text, x0, x1, y0, y1, (part,), least_confidence(word.confidence for word in words))


def _line_step(pages: Sequence[Sequence[Passage]], em: float) -> tuple[float, bool]:
    """How far a line is from the next line of its text, and whether rows are clearly further apart than that.

    Lines of one text are never set wider than rows are apart. So the smallest distance is that of lines, unless all
    lines are as far apart as rows are, and some are not full. Headings are set in their own way.
    """
    texts = [[word for word in words if not is_heading(word.text)] for words in pages]
    below = [(word, other) for words in texts for word, other in _one_below(words) if _is_set_alike(word, other, em)]
    steps = sorted(step for word, other in below if _CLOSEST * em < (step := other.top - word.top) < _FURTHEST * em)
    if not steps:
        return 1.5 * em, False
    if steps[0] > _WIDEST * em:
        near = [pair for pair in below if pair[1].top - pair[0].top < _SAME_STEP * steps[0]]
        full = sum(_is_full(*pair, chain.from_iterable(texts), em) for pair in near)
        return (steps[0], False) if full > _NEARLY_ALL * len(near) else (steps[0] / _PADDED, True)
    wider = [step for step in steps if step > _SAME_STEP * steps[0]]
    return steps[0], bool(wider) and wider[0] > _PADDED * steps[0]


def _is_full(word: Passage, below: Passage, words: Iterable[Passage], em: float) -> bool:
    """Whether a line has no room for more: it is about as wide as the widest that is set as it is."""
    widest = max(other.x1 - other.x0 for other in words if are_alike(word, other, _SAME_EDGE * em))
    return is_full((word.x1 - word.x0) / em, below.text, widest / em, _SLACK)


def _is_set_alike(word: Passage, below: Passage, em: float) -> bool:
    """Whether two lines are of one size, and begin at one edge, or end at one, or have one middle."""
    is_as_high = abs((word.bottom - word.top) / (below.bottom - below.top) - 1) < _SAME_SIZE
    return is_as_high and are_alike(word, below, _SAME_EDGE * em)


def _one_below(words: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Each passage with the next one below it that it shares some width with."""
    for index, word in enumerate(words):
        near = words[index + 1 : index + _REACH]
        below = (other for other in near if other.top > word.middle and other.x0 < word.x1 > word.x0 < other.x1)
        following = next(below, None)
        if following:
            yield word, following
