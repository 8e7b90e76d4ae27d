"""Between which of the stacked lines a form stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.heads import TableHead, find_repeated, find_table_head
from perftable_etl.normalize.rebuild.aligned.labels import Label, find_labels
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_HIGHEST = 6
"""Lines that the name of a project may stand above its label, both being set on one middle."""

_FEWEST_LABELS = 6
"""Fewer different labels are a list that mentions projects, not a form."""

_TITLE = 6.0
"""Em. Headings that are no longer stand beside another."""

_EMPTY = 3.0
"""Lines. More empty space ends a table."""


class FormArea(NamedTuple):
    """One form: its labels above the indicator table, the table's head, the labels beside it, and all other words.

    `repeated` is the header printed again.
    """

    labels: tuple[Label, ...]
    head: TableHead
    sides: tuple[Label, ...]
    above: tuple[Passage, ...]
    below: tuple[Passage, ...]
    repeated: tuple[Passage, ...]

    def words(self) -> Iterator[Passage]:
        """Everything printed of the form."""
        for label in (*self.labels, *self.sides):
            yield from label.words
        yield from (*self.head.words, *self.above, *self.below, *self.repeated)


def find_form_areas(stacked: StackedPages, vocabulary: Vocabulary) -> Iterator[FormArea]:
    """The forms on stacked pages, each from the label of its project's name to the end of its indicator table."""
    found = find_labels(stacked, vocabulary)
    labels = [label for label in found if label.concept or not _has_label_before(label.passage, found)]
    starts = [_start(stacked, label.passage) for label in labels if label.concept == "name"]
    for start, following in pairwise([*starts, float("inf")]):
        own = [label for label in labels if start <= label.passage.top < following]
        area = _form_area(stacked, own, start, following, vocabulary)
        if area:
            yield area


def _has_label_before(side: Passage, labels: Sequence[Label]) -> bool:
    """Whether another label stands left of a side label, as beside a value that is spelled like one."""
    return any(
        other.concept
        and other.passage.x1 <= side.x0
        and other.passage.top < side.bottom
        and other.passage.bottom > side.top
        for other in labels
    )


def _form_area(
    stacked: StackedPages, labels: Sequence[Label], start: float, following: float, vocabulary: Vocabulary
) -> FormArea | None:
    head = find_table_head(labels, stacked, vocabulary)
    if head is None:
        return None
    upper = [label for label in labels if label.passage.bottom <= head.band.top + 1]
    if len({label.concept for label in upper} | {label.meaning.column for label in head.heads}) < _FEWEST_LABELS:
        return None
    end = min(following, _end(stacked, head))
    lower = [label for label in labels if head.band.top < label.passage.bottom and label.passage.top < end]
    sides = [label for label in lower if label.concept is None]
    repeated = find_repeated(head, lower, stacked, vocabulary)
    used = {word for label in (*upper, *sides) for word in label.words} | head.words
    free = [word for word in stacked.words if start <= word.middle < end and word not in used]
    again = [word for word in free if any(band.holds(word) for band in repeated)]
    return FormArea(
        labels=tuple(upper),
        head=head,
        sides=tuple(sides),
        above=tuple(word for word in free if word.middle < head.band.top),
        below=tuple(word for word in free if word.middle > head.band.top and word not in again),
        repeated=tuple(again),
    )


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


def _end(stacked: StackedPages, head: TableHead) -> float:
    """Where an indicator table ends: above a heading, text that runs over its columns, or wide empty space."""
    centres = [column.passage.centre for column in head.heads]
    floor = head.band.floor
    lines = lines_of(word for word in stacked.words if word.middle > floor)
    last = floor
    for index, line in enumerate(lines):
        is_far = line.top - last > _EMPTY * stacked.pitch
        over = [word for word in stacked.words if word.top >= line.top - 1 and word.bottom <= line.bottom + 1]
        if (
            is_far
            or _heads_form(line, lines[index + 1 :], stacked.em)
            or any(_runs_over(word, centres) for word in over)
        ):
            return line.top
        last = line.bottom
    return float("inf")


def _heads_form(line: Passage, following: Sequence[Passage], em: float) -> bool:
    """Whether a line heads the next form; a year alone may be the first line of a deadline, as of 2025年|11月底前."""
    is_title = line.x1 - line.x0 > _TITLE * em or any(is_heading(other.text) for other in following[:1])
    return is_title and is_heading(line.text)


def _runs_over(word: Passage, centres: Sequence[float]) -> bool:
    """Whether text spans the middles of two columns, as no cell's does."""
    return sum(word.x0 < centre < word.x1 for centre in centres) > 1
