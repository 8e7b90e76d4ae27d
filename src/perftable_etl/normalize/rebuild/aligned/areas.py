"""Between which of the stacked lines a form stands, and which of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from perftable_etl.normalize.layouts.headings import is_heading, is_title
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.labels import Label, TableHead, find_labels, find_repeated, find_table_head
from perftable_etl.normalize.rebuild.aligned.stacked_pages import (
    Passage,
    StackedPages,
    are_alike,
    line_of,
    lines_of,
    on_lines,
    parted,
)
from perftable_etl.normalize.values.text import fold

_HIGHEST = 6  # lines that the name of a project may stand above its label, both being set on one middle
_FEWEST_LABELS = 6  # fewer different labels are a list that mentions projects, not a form
_TITLE = 6.0  # em: headings that are no longer stand beside another
_EMPTY = 3.0  # lines: more empty space ends a table
_SAME_EDGE = 0.3  # em by which the edges or the middles of texts in one column differ at most
_FEWEST_ROWS = 2  # rows of a table that tell where its columns begin
_MOST_HEADS = 3  # lines above a table on a page that it goes on over
_LONGEST_FOOT = 3  # lines that may stand right below a table
_BESIDE = 1.0  # em: what stands further apart on a line below a table is a label and its value, and no note


class TableArea(NamedTuple):
    """An indicator table: its head, the labels beside it, the words of its rows, and the header printed again."""

    head: TableHead
    sides: tuple[Label, ...]
    below: tuple[Passage, ...]
    repeated: tuple[Passage, ...]

    def words(self) -> Iterator[Passage]:
        """Everything printed of it."""
        for side in self.sides:
            yield from side.words
        yield from (*self.head.words, *self.below, *self.repeated)


class Section(NamedTuple):
    """A part of a form: labels and other words, and the indicator table below them; the last one may have none."""

    labels: tuple[Label, ...]
    above: tuple[Passage, ...]
    table: TableArea | None

    def words(self) -> Iterator[Passage]:
        """Everything printed of it."""
        for label in self.labels:
            yield from label.words
        yield from self.above
        if self.table:
            yield from self.table.words()


def find_form_areas(stacked: StackedPages, vocabulary: Vocabulary) -> Iterator[tuple[Section, ...]]:
    """The sections of each form, from the label of its project's name, or a title, to the end of its tables."""
    found = find_labels(stacked, vocabulary)
    labels = [label for label in found if label.concept or not _has_label_before(label.passage, found)]
    for start, end in pairwise([*_starts(labels, stacked), float("inf")]):
        own = [label for label in labels if start <= label.passage.top < end]
        sections = tuple(_sections(stacked, own, start, end, vocabulary))
        if sections and _label_count(sections[0]) >= _FEWEST_LABELS:
            yield sections


def _has_label_before(side: Passage, labels: Sequence[Label]) -> bool:
    """Whether another label stands left of a side label, as beside a value that is spelled like one."""
    left = (label.passage for label in labels if label.concept and label.passage.x1 <= side.x0)
    return any(other.top < side.bottom and other.bottom > side.top for other in left)


def _label_count(first: Section) -> int:
    """How many different labels there are above the first table and in its head."""
    heads = first.table.head.heads if first.table else ()
    return len({label.concept for label in first.labels} | {head.meaning.column for head in heads})


def _starts(labels: Sequence[Label], stacked: StackedPages) -> list[float]:
    """Where forms begin: at the label of a project's name, or below a title that no such label follows."""
    starts = names = [_start(stacked, label.passage) for label in labels if label.concept == "name"]
    lines = lines_of(stacked.words)
    known = {label.passage.text for label in labels}
    tops = [label.passage.top for label in labels if label.meaning.label or label.meaning.money]
    titles = [index for index, line in enumerate(lines) if is_title(line.text) and line.text not in known]
    for index, following in pairwise([*titles, len(lines)]):
        top, end = lines[index].top, lines[following].top if following < len(lines) else float("inf")
        first = next((line for line in lines[index + 1 : following] if not is_heading(line.text)), None)
        if first and any(top < at < end for at in tops) and not any(top < name < end for name in names):
            starts = [*starts, first.top - 0.1 * stacked.em]
    return sorted(starts)


def _sections(
    stacked: StackedPages, labels: Sequence[Label], start: float, following: float, vocabulary: Vocabulary
) -> Iterator[Section]:
    """The sections of a form that has a table, and of what stands right below the last table."""
    top, head = start, find_table_head(labels, stacked, vocabulary)
    while head:
        upper = [label for label in labels if top <= label.passage.top and label.passage.bottom <= head.band.top + 1]
        lower = [label for label in labels if head.band.top < label.passage.bottom and label.passage.top >= top]
        bands = find_repeated(head, lower, stacked, vocabulary)
        left = head.heads[0].passage.x0
        below = [word for word in stacked.words if word.centre > left]
        repeated = [band for band in bands if _opens_page(band.top, below) and not _has_new_side(band.top, lower)]
        again = {word for word in stacked.words if any(band.holds(word) for band in repeated)}
        rest = [label for label in lower if label.passage.top > head.band.floor and not label.words & again]
        following_head = find_table_head(rest, stacked.without(again), vocabulary)
        if following_head and following_head.band.top < head.band.floor:
            following_head = None
        bound = min(following, following_head.band.top if following_head else following)
        beside_rows = {word for label in lower if label.concept is None for word in label.words}
        rows = [word for word in stacked.words if head.band.floor < word.middle < bound and word not in beside_rows]
        again |= set(_page_heads(rows, head, stacked.em))
        rows = [word for word in rows if word not in again]
        end = min(bound, _end(rows, head, stacked, vocabulary))
        beside = (label for label in lower if label.concept is None and not label.words & head.words)
        sides = tuple(label for label in beside if label.passage.top < end)
        used = {word for label in (*upper, *sides) for word in label.words} | head.words
        free = [word for word in stacked.words if top <= word.middle < end and word not in used]
        above = tuple(word for word in free if word.middle < head.band.top)
        body = tuple(word for word in free if word.middle > head.band.top and word not in again)
        table = TableArea(head, sides, body, tuple(word for word in free if word in again))
        yield Section(tuple(upper), above, table)
        top, head = end, following_head
    if top > start:
        yield from _foot(stacked, labels, top, following)


def _opens_page(top: float, words: Sequence[Passage]) -> bool:
    """Whether nothing but headings stands above a height on its page."""
    first = next(word for word in words if word.middle >= top)
    above = (word for word in words if word.middle < top and word.pages == first.pages)
    return all(is_heading(line.text) for line in lines_of(above))


def _has_new_side(top: float, labels: Sequence[Label]) -> bool:
    """Whether the first label beside the rows below a height is another one than those above it."""
    sides = [label for label in labels if label.concept is None]
    below = next((side for side in sides if side.passage.bottom > top), None)
    above = {side.passage.text for side in sides if side.passage.bottom <= top}
    return below is not None and bool(above) and below.passage.text not in above


def _foot(stacked: StackedPages, labels: Sequence[Label], top: float, following: float) -> Iterator[Section]:
    """What stands right below the last table in cells beside each other: labels with values, no notes."""
    words = [word for word in stacked.words if top <= word.middle < following]
    taken: list[Passage] = []
    for line in on_lines(words):
        is_near = line[0].top - (taken[-1].bottom if taken else top) < 2 * stacked.pitch
        if not is_near or len(parted(line, _BESIDE * stacked.em)) < 2:
            break
        taken += line
    own = [label for label in labels if label.words <= set(taken)]
    used = {word for label in own for word in label.words}
    if taken:
        yield Section(tuple(own), tuple(word for word in taken if word not in used), None)


def _start(stacked: StackedPages, name: Passage) -> float:
    """Where a form begins: above its first label, or the first line beside it of a name that is taller."""
    highest = name.top - _HIGHEST * stacked.pitch
    beside = (word for word in stacked.words if word.x0 > name.x1 and highest < word.middle < name.top)
    start = name.top
    for line in reversed(lines_of(beside)):
        if start - line.bottom > stacked.pitch - 0.7 * stacked.em or is_heading(line.text):
            break
        start = line.top
    return start - 0.1 * stacked.em


def _end(words: Sequence[Passage], head: TableHead, stacked: StackedPages, vocabulary: Vocabulary) -> float:
    """Where an indicator table ends: above a heading, text out of its columns, or wide empty space."""
    heads = [column.passage for column in head.heads]
    lines = on_lines(words)
    last = head.band.floor
    for index, line in enumerate(lines):
        whole = line_of(line)
        if (
            (whole.top - last > _EMPTY * stacked.pitch and (not index or whole.pages & lines[index - 1][0].pages))
            or _heads_form(whole, [line_of(other) for other in lines[index + 1 : index + 2]], stacked.em)
            or any(_runs_over(word, heads) for word in line)
            or (not vocabulary.is_total(line[0].text) and _is_foot(index, lines, heads, stacked.em))
        ):
            return whole.top
        last = whole.bottom
    return float("inf")


def _page_heads(words: Sequence[Passage], head: TableHead, em: float) -> Iterator[Passage]:
    """The lines that stand alone at the top of a page on which the rows of a table go on: titles and running heads."""
    heads = [column.passage for column in head.heads]
    lines = on_lines(words)
    for index, (before, line) in enumerate(pairwise(lines), start=1):
        if before[0].pages & line[0].pages:
            continue
        alone = list(takewhile(lambda other: len(other) == 1, lines[index : index + _MOST_HEADS]))
        row = lines[index + len(alone) : index + len(alone) + 1]
        others = [*heads, *chain.from_iterable(lines[:index])]
        if row and sum(_is_in_column(word, others, em) for word in row[0]) > 1:
            page_heads = (other[0] for other in alone)
            yield from (word for word in page_heads if is_heading(word.text) or _runs_over(word, heads))


def _is_in_column(word: Passage, others: Sequence[Passage], em: float) -> bool:
    """Whether a text is set as another one is: at its edge, or around its middle."""
    return any(are_alike(word, other, _SAME_EDGE * em) for other in others)


def _is_foot(index: int, lines: Sequence[Sequence[Passage]], heads: Sequence[Passage], em: float) -> bool:
    """Whether a line below a table has what colons lead, or, as one of the last, fewer cells and one in no column."""
    line = lines[index]
    if all(":" in fold(word.text) for word in line):
        return True
    rows = sum(len(other) > 1 for other in lines[:index])
    if rows < _FEWEST_ROWS or len(lines) - index > _LONGEST_FOOT or len(line) >= len(heads):
        return False
    others = [*heads, *chain.from_iterable(lines[:index]), *chain.from_iterable(lines[index + 1 :])]
    return not all(_is_in_column(word, others, em) for word in line)


def _heads_form(line: Passage, following: Sequence[Passage], em: float) -> bool:
    """Whether a line heads the next form; a year alone may be the first line of a deadline, as of 2025年|11月底前."""
    is_of_form = line.x1 - line.x0 > _TITLE * em or any(is_heading(other.text) for other in following[:1])
    return is_of_form and is_heading(line.text)


def _runs_over(word: Passage, heads: Sequence[Passage]) -> bool:
    """Whether text spans the middles of two columns, as no cell's does."""
    return sum(word.x0 < head.centre < word.x1 for head in heads) > 1
