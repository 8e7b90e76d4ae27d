"""What stands above an indicator table without rules: rows of labels with their values, and goals with text below them.

A value stands to the right of its label, up to the next label, and is set on one height with it. What fits no label
there makes a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.aligned.cells import Extent, Setting, offset
from perftable_etl.normalize.rebuild.aligned.columns import part_columns
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of, on_lines, side_by_side, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.line_breaks import NEXT_LINE, is_full

_ONE_ROW = 0.35
"""Lines by which the heights of labels in one row differ at most."""

_GOES_ON = 0.02  # a value that goes on in another line
_PARAGRAPH = 0.2  # a value that goes on where its line is not full, but ends a sentence
_NOT_FULL = 2.5  # a value that goes on where its line is not full
_APART = 3.0  # a value with a gap between its lines
_OWN_ROW = 2.0  # a text that is no label's value

_SLACK = 1.0
"""Em that a full line may miss: a value's column may be wider than its longest line."""

_NEAR = 2.5
"""Lines that one row's values may be away from the next row's."""

_OTHER_CELL = 1.0
"""Em. What stands further apart on one line is in different cells: Han text is set without gaps."""


_SENTENCE_END = regex.compile(r"[。；;：:！!？?.]”?$")


class FieldRow(NamedTuple):
    """Labels that stand beside each other and the texts to the right of each; `cost` speaks against their being so."""

    height: float
    labels: tuple[Passage, ...]
    texts: tuple[Passage, ...]
    cost: float = 0.0

    @property
    def cells(self) -> list[Passage]:
        """All of it, from left to right."""
        return sorted((*self.labels, *self.texts), key=lambda cell: cell.x0)


def read_fields(
    labels: Sequence[Label], words: Sequence[Passage], stacked: StackedPages, setting: Setting
) -> list[FieldRow]:
    """All rows, from top to bottom, read as set in one way."""
    named = [label for label in labels if label.concept]
    goals = _goals_above_texts(named, words)
    plain = [label.passage for label in named if label not in goals]
    top = min((goal.passage.top for goal in goals), default=float("inf"))
    end = min((label.top for label in plain if label.top > top), default=float("inf"))
    below_goals = [word for word in words if top <= word.middle < end]
    rows = _label_rows(plain, [word for word in words if word not in below_goals], stacked, setting)
    rows += _goal_rows([goal.passage for goal in goals], below_goals, stacked.em)
    return sorted(rows, key=lambda row: row.height)


def _goals_above_texts(labels: Sequence[Label], words: Sequence[Passage]) -> list[Label]:
    """The labels of goals that no text stands beside: it stands below them."""
    goals = [label for label in labels if label.concept in GOALS]
    return [] if any(_has_text_beside(goal.passage, words) for goal in goals) else goals


def _has_text_beside(label: Passage, words: Sequence[Passage]) -> bool:
    return any(word.x0 > label.x1 and word.top < label.bottom and word.bottom > label.top for word in words)


def _goal_rows(goals: Sequence[Passage], words: Sequence[Passage], em: float) -> list[FieldRow]:
    """The labels of the goals in one row, and the text below each in the next."""
    if not goals:
        return []
    labels = sorted(goals, key=lambda goal: goal.x0)
    edges = [float("-inf"), *part_columns(labels, words, em), float("inf")]
    columns = [lines_of(word for word in words if left < word.centre < right) for left, right in pairwise(edges)]
    pairs = [_as_wide(label, stack(lines)) for label, lines in zip(labels, columns, strict=True) if lines]
    height = max(label.bottom for label in labels)
    blank = [label for label, lines in zip(labels, columns, strict=True) if not lines]
    rows = (
        FieldRow(height, (*blank, *(label for label, _ in pairs)), ()),
        FieldRow(height + em, (), tuple(text for _, text in pairs)),
    )
    return [row for row in rows if row.cells]


def _as_wide(label: Passage, text: Passage) -> tuple[Passage, Passage]:
    """A label and the text below it, as wide as both together: they stand in one column."""
    x0, x1 = min(label.x0, text.x0), max(label.x1, text.x1)
    return label._replace(x0=x0, x1=x1), text._replace(x0=x0, x1=x1)


def _cells(words: Sequence[Passage], em: float) -> list[Passage]:
    """Words as the cells of one row."""
    return side_by_side(words, _OTHER_CELL * em)


class _Slot(NamedTuple):
    """A label and where the room for its value ends: at the next label that stands as high."""

    label: Passage
    end: float

    def holds(self, word: Passage) -> bool:
        """Whether a text stands in the room for the value."""
        return self.label.x1 < word.centre < self.end


class _LabelRow(NamedTuple):
    """Labels set at one height, with the room beside each."""

    height: float
    slots: tuple[_Slot, ...]

    def with_texts(self, words: Sequence[Passage], cost: float, em: float) -> FieldRow:
        """The row with the words that stand beside its labels."""
        beside = ([word for word in words if slot.holds(word)] for slot in self.slots)
        texts = (text for own in beside for text in _cells(own, em))
        return FieldRow(self.height, tuple(slot.label for slot in self.slots), tuple(texts), cost)


def _label_rows(
    labels: Sequence[Passage], words: Sequence[Passage], stacked: StackedPages, setting: Setting
) -> list[FieldRow]:
    """The labels with their values, and the texts that are no label's value, in rows of their own."""
    rows = list(_rows_of_labels(labels, stacked.pitch, setting))
    found: list[list[Passage]] = [[] for _ in rows]
    costs = [0.0 for _ in rows]
    strays: list[Passage] = []
    for group in _stacked_groups(words, stacked.pitch):
        ordered = sorted(group, key=lambda word: word.middle)
        for step in _Values(ordered, rows, stacked, setting).steps():
            if step.part.row is None:
                strays += step.part.words
            else:
                found[step.part.row] += step.part.words
                costs[step.part.row] += step.cost
    filled = [row.with_texts(own, cost, stacked.em) for row, own, cost in zip(rows, found, costs, strict=True)]
    return _with_strays(filled, strays, stacked)


def _with_strays(rows: list[FieldRow], strays: Sequence[Passage], stacked: StackedPages) -> list[FieldRow]:
    """Rows with the texts that are no label's value: in the row they stand in, else in one of their own."""
    for line in on_lines(strays):
        texts, height = tuple(_cells(line, stacked.em)), line[0].middle
        near = [row for row in rows if abs(row.height - height) < _ONE_ROW * stacked.pitch]
        if near:
            rows[rows.index(near[0])] = near[0]._replace(texts=near[0].texts + texts)
        else:
            rows.append(FieldRow(height, (), texts))
    return rows


def _rows_of_labels(labels: Sequence[Passage], pitch: float, setting: Setting) -> Iterator[_LabelRow]:
    """Labels set at one height are a row."""
    heights = {label: label.top if setting == "top" else label.middle for label in labels}
    row: list[Passage] = []
    for label in [*sorted(labels, key=lambda label: heights[label]), None]:
        if row and (label is None or heights[label] - heights[row[0]] > _ONE_ROW * pitch):
            yield _LabelRow(row[0].middle, tuple(_slots(row, labels)))
            row = []
        if label:
            row.append(label)


def _slots(row: Sequence[Passage], labels: Sequence[Passage]) -> Iterator[_Slot]:
    """The room beside each label of a row: up to the next label that stands as high, in this row or a merged one."""
    for label in row:
        beside = (
            other.x0
            for other in labels
            if other.x0 >= label.x1 and other.top < label.bottom and other.bottom > label.top
        )
        yield _Slot(label, min(beside, default=float("inf")))


def _stacked_groups(words: Sequence[Passage], pitch: float) -> list[list[Passage]]:
    """Texts in groups: those near one another of which one stands below the other."""
    groups: list[list[Passage]] = []
    for word in words:
        linked = [group for group in groups if any(_is_near(word, other, pitch) for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), word])
    return groups


def _is_near(one: Passage, other: Passage, pitch: float) -> bool:
    return abs(one.middle - other.middle) < _NEAR * pitch and one.x0 < other.x1 and other.x0 < one.x1


_State = tuple[int, int]


class _Taken(NamedTuple):
    """Words that are a row's values, or, without a row, none's."""

    row: int | None
    words: Sequence[Passage]


class _Values(NamedTuple):
    """Words that stand below one another, and all rows that they may be values of."""

    words: Sequence[Passage]
    rows: Sequence[_LabelRow]
    stacked: StackedPages
    setting: Setting

    def steps(self) -> Iterator[Step[_State, _Taken]]:
        """For every row the words that are its values: in order, each as near to its row as can be."""
        return Readings((0, 0), (len(self.rows), len(self.words)), self._steps_from).cheapest()

    def _steps_from(self, state: _State) -> Iterator[Step[_State, _Taken]]:
        row, word = state
        if word < len(self.words):
            yield Step(state, (row, word + 1), _OWN_ROW, _Taken(None, self.words[word : word + 1]))
        if row == len(self.rows):
            return
        slots = self.rows[row].slots
        for end in range(word, len(self.words) + 1):
            taken = self.words[word:end]
            if taken and not any(slot.holds(taken[-1]) for slot in slots):
                return
            inside = ([other for other in taken if slot.holds(other)] for slot in slots)
            cost = sum(self._cost(slot.label, own) for slot, own in zip(slots, inside, strict=True) if own)
            yield Step(state, (row + 1, end), cost, _Taken(row, taken))

    def _cost(self, label: Passage, words: Sequence[Passage]) -> float:
        """What speaks against taking words for a label's value."""
        lines = lines_of(words)
        longest = max(line.x1 - line.x0 for line in lines)
        joins = sum(self._join(*pair, longest) for pair in pairwise(lines))
        return offset((label, Extent.around(words)), self.stacked.pitch, self.setting) + joins

    def _join(self, line: Passage, following: Passage, longest: float) -> float:
        """What speaks against taking two lines for one value."""
        em, pitch = self.stacked.em, self.stacked.pitch
        if following.middle - line.middle > NEXT_LINE * pitch:
            return _APART
        if is_full((line.x1 - line.x0) / em, following.text, longest / em, _SLACK):
            return _GOES_ON
        return _PARAGRAPH if _SENTENCE_END.search(line.text) else _NOT_FULL
