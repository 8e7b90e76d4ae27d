"""Between which of the stacked lines a form stands, and which of them are the head of its indicator table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.rebuild.aligned.labels import Label, find_labels
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of, side_by_side
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_HIGHEST = 6
"""Lines that the name of a project may stand above its label, both being set on one middle."""

_FEWEST_LABELS = 6
"""Fewer different labels are a list that mentions projects, not a form."""

_ONE_HEADER = 1.2
"""Lines by which the middles of heads in one row differ at most: some are wrapped, and set from the top."""

_APART = 0.4
"""Em. Unknown heads nearer to one another are one."""

_TITLE = 6.0
"""Em. Headings that are no longer stand beside another."""

_EMPTY = 3.0
"""Lines. More empty space ends a table."""


class FormArea(NamedTuple):
    """One form: its labels above the indicator table, the table's heads, the labels beside it, and all other words.

    `heads` are from left to right, of known columns and of unknown ones. `repeated` is the header printed again.
    """

    labels: tuple[Label, ...]
    heads: tuple[Label, ...]
    sides: tuple[Label, ...]
    above: tuple[Passage, ...]
    below: tuple[Passage, ...]
    repeated: tuple[Passage, ...]

    def words(self) -> Iterator[Passage]:
        """Everything printed of the form."""
        for label in (*self.labels, *self.heads, *self.sides):
            yield from label.words
        yield from (*self.above, *self.below, *self.repeated)


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
    known = _known_heads(labels, stacked.pitch)
    top, floor = _extent(known)
    upper = [label for label in labels if label.passage.bottom <= top + 1]
    if not known or len({label.concept for label in (*upper, *known)}) < _FEWEST_LABELS:
        return None
    end = min(following, _end(stacked, known, floor))
    lower = [label for label in labels if top < label.passage.bottom and label.passage.top < end]
    sides = [label for label in lower if label.concept is None]
    repeated = list(_repeated_extents([label for label in lower if label not in known], known, stacked.pitch))
    used = {word for label in (*upper, *known, *sides) for word in label.words}
    free = [word for word in stacked.words if start <= word.middle < end and word not in used]
    unknown = [word for word in free if top <= word.middle <= floor]
    again = [word for word in free if any(high <= word.middle <= low for high, low in repeated)]
    heads = [*known, *_unknown_heads(unknown, stacked.em)]
    return FormArea(
        labels=tuple(upper),
        heads=tuple(sorted(heads, key=lambda head: head.passage.centre)),
        sides=tuple(sides),
        above=tuple(word for word in free if word.middle < top),
        below=tuple(word for word in free if word.middle > floor and word not in again),
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


def _known_heads(labels: Sequence[Label], pitch: float) -> list[Label]:
    """The known heads of the indicator table's columns: the first row with 三级指标 and another head beside it."""
    heads = [label for label in labels if label.meaning.column]
    for name in (label for label in heads if label.meaning.column == "level3"):
        row = _beside(name, heads, pitch)
        if len({label.meaning.column for label in row}) > 1:
            return row
    return []


def _beside(label: Label, labels: Sequence[Label], pitch: float) -> list[Label]:
    """Those of the labels that are set as high as one of them, on its page."""
    return [
        other
        for other in labels
        if abs(other.passage.middle - label.passage.middle) < _ONE_HEADER * pitch
        and other.passage.pages == label.passage.pages
    ]


def _extent(heads: Sequence[Label]) -> tuple[float, float]:
    """Where a row of heads begins and ends down the stack."""
    tops, bottoms = [head.passage.top for head in heads], [head.passage.bottom for head in heads]
    return min(tops, default=0.0), max(bottoms, default=0.0)


def _unknown_heads(words: Sequence[Passage], em: float) -> Iterator[Label]:
    """Words between the known heads as heads of unknown columns."""
    for cell in side_by_side(words, _APART * em):
        yield Label(cell, UNKNOWN, frozenset(word for word in words if cell.x0 <= word.centre <= cell.x1))


def _repeated_extents(labels: Sequence[Label], known: Sequence[Label], pitch: float) -> Iterator[tuple[float, float]]:
    """Where a page prints the header again: half of its known heads beside one another."""
    heads = [label for label in labels if label.meaning.column]
    for head in heads:
        row = _beside(head, heads, pitch)
        if len({label.concept for label in row}) * 2 >= len(known):
            yield _extent(row)


def _end(stacked: StackedPages, heads: Sequence[Label], floor: float) -> float:
    """Where an indicator table ends: above a heading, text that runs over its columns, or wide empty space."""
    centres = [head.passage.centre for head in heads]
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
