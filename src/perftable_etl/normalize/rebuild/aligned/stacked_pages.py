"""Pages stacked below each other, as if everything were printed on one long page.

A form without rules goes on over page breaks, and a row that a break cuts is whole again in the stack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from perftable_etl.document import Box, Page, Place, Word, least_confidence
from perftable_etl.geometry.reading_order import line_text, split_lines
from perftable_etl.geometry.transform import Matrix, turn

_WORD_SPACE = 0.4
"""Em. Words further apart may stand in different columns; a space between words is a quarter to a third of an em."""

_REACH = 40
"""Runs in reading order among which the line below a run is looked for."""


class Run(NamedTuple):
    """Words close together on one printed line: from where to where in the stack, and their place on the paper."""

    text: str
    place: Place
    x0: float
    x1: float
    top: float
    bottom: float
    confidence: float | None = None

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle down the stack."""
        return (self.top + self.bottom) / 2


class Floor(NamedTuple):
    """A level rule: from where to where, and its height in the stack."""

    x0: float
    x1: float
    y: float


class StackedPages(NamedTuple):
    """All runs and level rules of some pages in reading order; `em` is the type size, `pitch` from line to line."""

    runs: tuple[Run, ...]
    floors: tuple[Floor, ...]
    em: float
    pitch: float


def stack_pages(pages: Sequence[Page]) -> StackedPages:
    """Pages that follow one another, stacked; a page begins one pitch below the last line of the page before.

    There must be a word on them.
    """
    by_page = [list(_runs(page)) for page in pages]
    em = median(run.bottom - run.top for runs in by_page for run in runs)
    pitch = _pitch(by_page, em)
    runs: list[Run] = []
    floors: list[Floor] = []
    end = 0.0
    for page, printed in zip(pages, by_page, strict=True):
        if not printed:
            continue
        shift = end - min(run.top for run in printed)
        runs += [run._replace(top=run.top + shift, bottom=run.bottom + shift) for run in printed]
        floors += [
            Floor(rule.x0, rule.x1, (rule.y0 + rule.y1) / 2 + shift) for rule in page.rules if rule.is_horizontal
        ]
        end = runs[-1].top + pitch
    return StackedPages(tuple(runs), tuple(floors), em, pitch)


def _runs(page: Page) -> Iterator[Run]:
    """A page's lines, parted where words stand apart or a rule stands between them."""
    walls = [rule for rule in page.rules if not rule.is_horizontal]
    paper = turn(page.skew, page.width, page.height)
    for line in split_lines(page.words):
        start = 0
        for index, (before, word) in enumerate(pairwise(line), start=1):
            height = min(before.box.y1 - before.box.y0, word.box.y1 - word.box.y0)
            is_apart = word.box.x0 - before.box.x1 > _WORD_SPACE * height
            if is_apart or any(_stands_between(wall.x0, wall.y0, wall.y1, before, word) for wall in walls):
                yield _run(line[start:index], page.number, paper)
                start = index
        yield _run(line[start:], page.number, paper)


def _stands_between(x: float, y0: float, y1: float, before: Word, word: Word) -> bool:
    return before.box.x1 - 1 <= x <= word.box.x0 + 1 and y0 <= (word.box.y0 + word.box.y1) / 2 <= y1


def _run(words: Sequence[Word], page: int, paper: Matrix) -> Run:
    box = Box.around(word.box for word in words)
    confidence = least_confidence(word.confidence for word in words)
    return Run(line_text(words), Place(page, paper.box(box)), box.x0, box.x1, box.y0, box.y1, confidence)


def _pitch(pages: Sequence[Sequence[Run]], em: float) -> float:
    """The distance of a line from the next line of its text: of all that stand under one another a small one.

    Lines of one text are never set wider than rows are apart.
    """
    steps = [step for runs in pages for run, below in _stacked(runs) if (step := below.top - run.top) < 2.5 * em]
    return quantiles(steps, n=4)[0] if len(steps) > 1 else 1.5 * em


def _stacked(runs: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """Each run with the next one below it that it shares some width with."""
    for index, run in enumerate(runs):
        near = runs[index + 1 : index + _REACH]
        below = (other for other in near if other.top > run.middle and other.x0 < run.x1 > run.x0 < other.x1)
        following = next(below, None)
        if following:
            yield run, following
