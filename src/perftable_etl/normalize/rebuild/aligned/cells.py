"""Which printed lines are one cell: those right below each other, where text that goes on is told from text that ends.

Mostly rows are set further apart than the lines of one cell. Where they are not, a line goes on where it is full, and
the cells of a row have one middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

import regex

from perftable_etl.document import Page
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.passages import Passage, joined, passages_of
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.money import is_figure
from perftable_etl.normalize.values.text import open_brackets

_CLOSEST, _FURTHEST = 0.8, 1.75  # em from a line to the next line of its text, at least and at most
_JUMP = 1.25  # times the distance of two lines of one text. Rows at least so far apart are told by that
_ROUNDING = 1.08  # times that distance, for lines that are as far apart
_SAME_EDGE = 0.1  # em by which the edges or the middles of the lines of one text differ at most
_SLACK = 0.5  # em that a full line may miss
# the share of lines that would go on though they are not full, if distance alone told cells: none does, or most do
_MOST_BROKEN = 0.15

_GOES_ON = 0.05  # a full line that goes on
_NOT_FULL = 2.5  # a line that goes on though it is not full
_FULL = 0.3  # a full line that ends its cell
_OPEN_BRACKET = 2.0  # a bracket that closes in another cell
_OFF = 1.0  # a cell that no other has its middle beside, at most; else em by which it is off
_CERTAIN = 0.2  # em that a line may miss of being full, where nothing but that tells cells
_TALLEST = 60  # lines of one cell at most
_LOOKS = 2  # how often cells are looked at again in the light of the others
_SENTENCE_END = regex.compile(r"[。；;：:！!？?.]”?$")
_SIGN = regex.compile(r"[≥≤=><≧≦⩾⩽＝＞＜]")


class Setting(NamedTuple):
    """The type size, the most that a line is from the next line of its text, and whether rows are further apart."""

    em: float
    reach: float
    is_padded: bool


class PrintedPage(NamedTuple):
    """A page: its passages, in reading order, and the level rules."""

    page: Page
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, page: Page) -> PrintedPage:
        """A page as printed."""
        return cls(page, tuple(passages_of(page)))

    def has_rule(self, upper: Passage, lower: Passage) -> bool:
        """Whether a level rule parts two lines."""
        return any(
            rule.is_horizontal and upper.middle < rule.y0 < lower.middle and rule.x0 < upper.centre < rule.x1
            for rule in self.page.rules
        )


def setting_of(pages: Sequence[PrintedPage]) -> Setting:
    """How pages are set; there must be a word on them.

    Distances of lines come in two sizes where rows are set apart: within cells, and between them.
    """
    em = median((p.box.x1 - p.box.x0) / width(p.text) for page in pages for p in page.passages)
    pairs = [pair for page in pages for pair in _below(page) if pair[0].is_set_as(pair[1], _SAME_EDGE * em)]
    steps = sorted(step for pair in pairs if _CLOSEST * em < (step := _step(*pair)) < _FURTHEST * em)
    if not steps:
        return Setting(em, 0.0, is_padded=True)
    small = next((one for one, other in pairwise([*steps, 9.0 * em]) if other > _JUMP * one), steps[-1])
    setting = Setting(em, _ROUNDING * small, is_padded=True)
    broken = [
        not _goes_on(*pair, group, em)
        for page in pages
        for group in _columns(page, setting)
        for pair in pairwise(group)
    ]
    share = sum(broken) / max(len(broken), 1)
    return setting if share < _MOST_BROKEN else setting._replace(reach=_JUMP * steps[0], is_padded=False)


def cells_of(page: PrintedPage, setting: Setting, vocabulary: Vocabulary) -> list[Passage]:
    """The cells of a page. Where rows are not set apart, the cells of other columns tell more at a second look."""
    if setting.is_padded:
        return [joined(group) for group in _columns(page, setting)]
    columns = [_Column(lines, setting.em, vocabulary) for lines in _columns(page, setting)]
    cells = [list(column.cells(_Heights())) for column in columns]
    for _ in range(_LOOKS):
        others = [[cell for other in cells if other is not own for cell in other] for own in cells]
        heights = [_Heights.beside(*pair) for pair in zip(cells, others, strict=True)]
        cells = [list(column.cells(beside)) for column, beside in zip(columns, heights, strict=True)]
    return [cell for own in cells for cell in own]


class _Heights(NamedTuple):
    """The middles of cells beside others, and the tops of the last ones, which a page break may cut."""

    middles: Sequence[float] = ()
    tops: Sequence[float] = ()

    @classmethod
    def beside(cls, own: Sequence[Passage], cells: Sequence[Passage]) -> _Heights:
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


class _Column(NamedTuple):
    """Lines right below each other, which are of one cell or of several."""

    lines: Sequence[Passage]
    em: float
    vocabulary: Vocabulary

    def cells(self, beside: _Heights) -> Iterator[Passage]:
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
        cost = sum(_GOES_ON if self._is_full(*pair) else _NOT_FULL for pair in pairwise(lines))
        if end == len(self.lines):
            return cost
        is_open = open_brackets(lines[-1].text) > 0 > open_brackets(self.lines[end].text)
        return cost + (_OPEN_BRACKET if is_open else _FULL if self._is_full(lines[-1], self.lines[end]) else 0.0)

    def _is_full(self, line: Passage, following: Passage) -> bool:
        """Whether a line has no room for what follows, as wide as the widest line is; a comparison begins a value."""
        widest = max(own.box.x1 - own.box.x0 for own in self.lines) / self.em
        are_figures = is_figure(line.text) and is_figure(following.text) and not is_figure(line.text + following.text)
        is_new = are_figures or _SIGN.match(following.text) or self.vocabulary.meaning(line.text).is_label
        return not is_new and is_full((line.box.x1 - line.box.x0) / self.em, following.text, widest, _CERTAIN)


def _step(upper: Passage, lower: Passage) -> float:
    return lower.middle - upper.middle


def _goes_on(upper: Passage, lower: Passage, cell: Sequence[Passage], em: float) -> bool:
    """Whether a line may go on in the next, if both are of one cell: it is full, or ends a sentence."""
    widest = max(line.box.x1 - line.box.x0 for line in cell) / em
    is_long = is_full((upper.box.x1 - upper.box.x0) / em, lower.text, widest, _SLACK)
    return (is_long or bool(_SENTENCE_END.search(upper.text))) and not _SIGN.match(lower.text)


def _below(page: PrintedPage) -> Iterator[tuple[Passage, Passage]]:
    """Each passage with the next one below it; headings are set in their own way."""
    passages = [passage for passage in page.passages if not is_heading(passage.text)]
    for index, upper in enumerate(passages):
        lower = (p for p in passages[index + 1 :] if p.box.y0 > upper.middle and p.is_above_or_below(upper))
        following = next(lower, None)
        if following:
            yield upper, following


def _columns(page: PrintedPage, setting: Setting) -> list[list[Passage]]:
    """Passages in groups of those of which each is the only one right below the one before."""
    pairs = [
        (upper, lower)
        for index, upper in enumerate(page.passages)
        for lower in page.passages[index + 1 :]
        if _is_next(upper, lower, page, setting) and not is_heading(upper.text)
    ]
    uppers, lowers = (Counter(map(itemgetter(side), pairs)) for side in (0, 1))
    below = {upper: lower for upper, lower in pairs if uppers[upper] == lowers[lower] == 1}
    columns = []
    for first in page.passages:
        if first not in below.values():
            columns.append([first])
            while columns[-1][-1] in below:
                columns[-1].append(below[columns[-1][-1]])
    return columns


def _is_next(upper: Passage, lower: Passage, page: PrintedPage, setting: Setting) -> bool:
    is_near = 0 < _step(upper, lower) < setting.reach and upper.is_above_or_below(lower)
    return is_near and not page.has_rule(upper, lower)
