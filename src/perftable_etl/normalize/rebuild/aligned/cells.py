"""Which printed lines are one cell: those right below each other, where text that goes on is told from text that ends.

Mostly rows are set further apart than the lines of one cell. Where they are not, a line goes on where it is full, and
the cells of a row have one middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

import regex

from perftable_etl.document import Page, Rule
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.passages import Passage, joined, passages_of
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.money import is_figure

_CLOSEST, _FURTHEST = 0.8, 1.75  # em from a line to the next line of its text, at least and at most
_JUMP = 1.25  # times the distance of two lines of one text. Rows at least so far apart are told by that
_ROUNDING = 1.08  # times that distance, for lines that are as far apart
_SAME_EDGE = 0.1  # em by which the edges or the middles of the lines of one text differ at most
_BROKEN = 0.3  # the share of lines that would go on though they have room, where distance does not tell cells

_GOES_ON = 0.05  # a full line that goes on
_NOT_FULL = 2.5  # a line that goes on though it is not full
_FULL = 0.3  # a full line that ends its cell
_OFF = 1.0  # a cell that no other has its middle beside, at most; else em by which it is off
_SLACK = 0.2  # em that a full line may miss
_TALLEST = 60  # lines of one cell at most
_SIGN = regex.compile(r"[≥≤=><≧≦⩾⩽＝＞＜]")


class Setting(NamedTuple):
    """The type size of pages, and the cells of each."""

    em: float
    cells: list[list[Passage]]


def cells_of(pages: Sequence[Page], vocabulary: Vocabulary) -> Setting:
    """The cells of pages, on which there must be a word.

    Distances of lines come in two sizes where rows are set apart: within cells, and between them.
    """
    printed = [passages_of(page) for page in pages]
    em = median(passage.width / width(passage.text) for passages in printed for passage in passages)

    def columns(reach: float) -> list[list[_LineColumn]]:
        on_pages = zip(printed, pages, strict=True)
        return [[_LineColumn(own, em, vocabulary) for own in _columns(*on_page, reach)] for on_page in on_pages]

    steps = sorted(_steps(chain(*columns(_FURTHEST * em))))
    small = next((one for one, other in pairwise([*steps, 9.0 * em]) if other > _JUMP * one), 0.0)
    found = columns(_ROUNDING * small)
    are_full = [column.is_full(*pair) for own in found for column in own for pair in pairwise(column.lines)]
    if are_full.count(False) <= _BROKEN * len(are_full):
        return Setting(em, [[joined(column.lines) for column in own] for own in found])
    return Setting(em, [list(_cells(own)) for own in columns(_JUMP * steps[0])])


def _cells(columns: Sequence[_LineColumn]) -> Iterator[Passage]:
    """The cells in the columns of a page; those of the others tell more at a second look."""
    first = [list(column.cells(_HeightsBeside())) for column in columns]
    for column, own in zip(columns, first, strict=True):
        yield from column.cells(
            _HeightsBeside.beside(own, [cell for other in first if other is not own for cell in other])
        )


class _HeightsBeside(NamedTuple):
    """The middles of cells beside others, and the tops of the last ones, which a page break may cut."""

    middles: Sequence[float] = ()
    tops: Sequence[float] = ()

    @classmethod
    def beside(cls, own: Sequence[Passage], cells: Sequence[Passage]) -> _HeightsBeside:
        """Those of the cells right of some in one column, which are merged over no more rows.

        In the last column, those of the cells next to it; all where nothing is beside.
        """
        edge, top, bottom = min(cell.box.x1 for cell in own), own[0].box.y0, own[-1].box.y1
        beside = [cell for cell in cells if top < cell.middle and cell.box.y0 < bottom]
        right = [cell for cell in beside if cell.box.x0 > edge]
        nearest = max((cell.box.x0 for cell in beside), default=0.0)
        told = right or [cell for cell in beside if cell.box.x1 > nearest] or cells
        lowest = max(cell.box.y1 for cell in (*own, *cells))
        return cls([cell.middle for cell in told], [cell.box.y0 for cell in told if cell.box.y1 == lowest])

    def off(self, cell: Passage) -> float:
        """How far a cell is from where those beside it are."""
        middles = (abs(cell.middle - middle) for middle in self.middles)
        return min([*middles, *(abs(cell.box.y0 - top) for top in self.tops)], default=0.0)


class _LineColumn(NamedTuple):
    """Lines right below each other, which are of one cell or of several."""

    lines: Sequence[Passage]
    em: float
    vocabulary: Vocabulary

    def cells(self, beside: _HeightsBeside) -> Iterator[Passage]:
        """The cells that cost least in all; `beside` are the heights of those in other columns."""

        def cells_from(start: int) -> Iterator[Step[int, Passage]]:
            for end in range(start + 1, min(start + _TALLEST, len(self.lines)) + 1):
                cell = joined(self.lines[start:end])
                yield Step(start, end, self._cost(start, end) + min(beside.off(cell) / self.em, _OFF), cell)

        return (step.part for step in Readings(0, len(self.lines), cells_from).cheapest())

    def _cost(self, start: int, end: int) -> float:
        """What speaks against taking some lines for one cell: those that do not go on, and a last one that does."""
        lines = self.lines[start:end]
        meaning = self.vocabulary.meaning("".join(line.text for line in lines))
        if len(lines) > 1 and (meaning.is_label or meaning.is_level):
            return -_OFF
        goes_on = end < len(self.lines) and self.is_full(lines[-1], self.lines[end])
        return sum(_GOES_ON if self.is_full(*pair) else _NOT_FULL for pair in pairwise(lines)) + _FULL * goes_on

    def is_full(self, line: Passage, following: Passage) -> bool:
        """Whether a line has no room for what follows, as wide as the widest line is; a comparison begins a value."""
        widest = max(own.width for own in self.lines) / self.em
        are_figures = is_figure(line.text) and is_figure(following.text) and not is_figure(line.text + following.text)
        is_new = are_figures or _SIGN.match(following.text) or self.vocabulary.meaning(line.text).is_label
        return not is_new and is_full(line.width / self.em, following.text, widest, _SLACK)


def _steps(columns: Iterator[_LineColumn]) -> Iterator[float]:
    """How far lines that are set alike are below each other."""
    for column in columns:
        for upper, lower in pairwise(column.lines):
            if upper.is_set_as(lower, _SAME_EDGE * column.em) and lower.middle - upper.middle > _CLOSEST * column.em:
                yield lower.middle - upper.middle


def _columns(passages: Sequence[Passage], page: Page, reach: float) -> list[list[Passage]]:
    """Passages in groups of those of which each is the only one right below the one before."""
    pairs = [
        (upper, lower)
        for index, upper in enumerate(passages)
        for lower in passages[index + 1 :]
        if 0 < lower.middle - upper.middle < reach and upper.is_above_or_below(lower)
        if not is_heading(upper.text) and not any(_parts(rule, upper, lower) for rule in page.rules)
    ]
    uppers, lowers = (Counter(map(itemgetter(side), pairs)) for side in (0, 1))
    below = {upper: lower for upper, lower in pairs if uppers[upper] == lowers[lower] == 1}
    columns = []
    for first in passages:
        if first not in below.values():
            columns.append([first])
            while columns[-1][-1] in below:
                columns[-1].append(below[columns[-1][-1]])
    return columns


def _parts(rule: Rule, upper: Passage, lower: Passage) -> bool:
    """Whether a level rule parts two lines."""
    return rule.is_horizontal and upper.middle < rule.y0 < lower.middle and rule.x0 < upper.centre < rule.x1
