"""The fields above an indicator table without rules: which text is whose value.

A value stands to the right of its label, up to the next label, and is set on one middle with it. A goal stands below
its label, where another goal's stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.aligned.columns import part_columns
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of, stack
from perftable_etl.normalize.rebuild.aligned.rows import Setting, offset
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Run, StackedPages

_ONE_ROW = 0.35
"""Lines by which the middles of labels in one row differ at most."""

_FURTHER_LINE = 0.2  # a value that goes on in another line
_APART = 3.0  # a value with a gap between its lines

_NEXT_LINE = 1.7
"""Lines from one line of a text to the next at most."""

_NEAR = 2.5
"""Lines that one row's values may be away from the next row's."""

_NO_SLOT = 100.0
"""Cost of a row that has no place for a text, the highest there is."""


class Slot(NamedTuple):
    """A label and the room for its value, up to the next label of its row."""

    label: Label
    end: float

    def holds(self, item: Run) -> bool:
        """Whether a run of text stands in the room for the value."""
        return self.label.passage.x1 < item.centre < self.end


class FieldRow(NamedTuple):
    """Labels that stand beside each other, with their values, None for a blank; and text that is no label's value."""

    slots: tuple[Slot, ...]
    values: tuple[Passage | None, ...]
    strays: tuple[Passage, ...]
    cost: float

    @property
    def middle(self) -> float:
        """The height of the row: the middle of its first label."""
        return self.slots[0].label.passage.middle


class GoalRow(NamedTuple):
    """The goals' labels, from left to right, and the text below each; None for a blank."""

    labels: tuple[Label, ...]
    values: tuple[Passage | None, ...]


def goals_below(labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels of goals that stand beside each other, and so above their texts; none where they do not."""
    goals = sorted((label for label in labels if label.field in GOALS), key=lambda label: label.passage.x0)
    apart = all(left.passage.x1 < right.passage.x0 for left, right in pairwise(goals))
    return tuple(goals) if len(goals) > 1 and apart else ()


def read_goals(labels: Sequence[Label], runs: Sequence[Run], em: float) -> GoalRow:
    """The text below each goal's label."""
    boundaries = [*part_columns([label.passage for label in labels], runs, em), float("inf")]
    values = []
    left = float("-inf")
    for right in boundaries:
        lines = lines_of(run for run in runs if left < run.centre < right)
        values.append(stack(lines) if lines else None)
        left = right
    return GoalRow(tuple(labels), tuple(values))


def read_fields(
    labels: Sequence[Label], runs: Sequence[Run], stacked: StackedPages, setting: Setting
) -> list[FieldRow]:
    """The rows of labels with their values, from top to bottom, read as set in one way."""
    rows = [_slots(row, labels) for row in _rows(labels, stacked, setting)]
    found: list[list[Run]] = [[] for _ in rows]
    costs = [0.0 for _ in rows]
    for texts in _stacked_groups(runs, stacked.pitch):
        for row, (text, cost) in enumerate(_assign(texts, rows, stacked, setting)):
            found[row] += text
            costs[row] += cost
    return [_field_row(*parts) for parts in zip(rows, found, costs, strict=True)]


def _field_row(slots: tuple[Slot, ...], runs: Sequence[Run], cost: float) -> FieldRow:
    strays = [run for run in runs if not any(slot.holds(run) for slot in slots)]
    return FieldRow(slots, tuple(_value(slot, runs) for slot in slots), tuple(lines_of(strays)), cost)


def _value(slot: Slot, runs: Sequence[Run]) -> Passage | None:
    lines = lines_of(run for run in runs if slot.holds(run))
    return stack(lines) if lines else None


def _rows(labels: Sequence[Label], stacked: StackedPages, setting: Setting) -> list[list[Label]]:
    """Labels set at one height are a row."""
    rows: list[list[Label]] = []
    for label in sorted(labels, key=lambda label: _height(label.passage, setting)):
        if rows and _height(label.passage, setting) - _height(rows[-1][0].passage, setting) < _ONE_ROW * stacked.pitch:
            rows[-1].append(label)
        else:
            rows.append([label])
    return rows


def _height(passage: Passage, setting: Setting) -> float:
    return passage.top if setting == "top" else passage.middle


def _slots(row: Sequence[Label], labels: Sequence[Label]) -> tuple[Slot, ...]:
    """The room beside each label of a row: up to the next label that stands as high, in this row or a merged one."""
    slots = []
    for label in sorted(row, key=lambda label: label.passage.x0):
        passage = label.passage
        right = (
            other.passage.x0
            for other in labels
            if other.passage.x0 >= passage.x1
            and other.passage.top < passage.bottom
            and other.passage.bottom > passage.top
        )
        slots.append(Slot(label, min(right, default=float("inf"))))
    return tuple(slots)


def _stacked_groups(runs: Sequence[Run], pitch: float) -> list[list[Run]]:
    """Texts in groups: those near one another of which one stands below the other."""
    groups: list[list[Run]] = []
    for run in runs:
        linked = [group for group in groups if any(_is_near(run, other, pitch) for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(other for group in linked for other in group), run])
    return groups


def _is_near(one: Run, other: Run, pitch: float) -> bool:
    return abs(one.middle - other.middle) < _NEAR * pitch and one.x0 < other.x1 and other.x0 < one.x1


class _Step(NamedTuple):
    """The best way on from a row: the cost from there on, the cost of the row, and how many texts it takes."""

    total: float
    cost: float
    texts: int


def _assign(
    runs: Sequence[Run], rows: Sequence[tuple[Slot, ...]], stacked: StackedPages, setting: Setting
) -> Iterator[tuple[list[Run], float]]:
    """For every row the texts that are its values: in order, none left out, each as near to its row as can be."""
    texts = sorted(runs, key=lambda run: run.middle)
    best: dict[tuple[int, int], _Step] = {(len(rows), len(texts)): _Step(0.0, 0.0, 0)}
    for row in range(len(rows) - 1, -1, -1):
        for start in range(len(texts) + 1):
            steps = [
                _Step(best[row + 1, end].total + cost, cost, end - start)
                for end in range(start, len(texts) + 1)
                if (row + 1, end) in best
                for cost in (_row_cost(rows[row], texts[start:end], stacked, setting),)
            ]
            if steps:
                best[row, start] = min(steps)
    start = 0
    for row in range(len(rows)):
        step = best[row, start]
        yield texts[start : start + step.texts], step.cost
        start += step.texts


def _row_cost(slots: Sequence[Slot], texts: Sequence[Run], stacked: StackedPages, setting: Setting) -> float:
    """How far values are off their labels."""
    inside = [[run for run in texts if slot.holds(run)] for slot in slots]
    cost = _NO_SLOT * (len(texts) - sum(map(len, inside)))
    return cost + sum(
        _value_cost(slot, runs, stacked, setting) for slot, runs in zip(slots, inside, strict=True) if runs
    )


def _value_cost(slot: Slot, runs: Sequence[Run], stacked: StackedPages, setting: Setting) -> float:
    label = slot.label.passage
    pages = {run.place.page for run in runs}
    extent = min(run.top for run in runs), max(run.bottom for run in runs)
    is_cut = len(label.parts) > 1 or len(pages) > 1
    cost = offset((label.top, label.bottom), extent, stacked.pitch, setting, is_cut=is_cut)
    return cost + sum(_joining_cost(*pair, stacked.pitch) for pair in pairwise(runs))


def _joining_cost(upper: Run, lower: Run, pitch: float) -> float:
    """Cost of taking two texts for one value."""
    step = (lower.middle - upper.middle) / pitch
    return 0.0 if step < 0.5 else _APART if step > _NEXT_LINE else _FURTHER_LINE
