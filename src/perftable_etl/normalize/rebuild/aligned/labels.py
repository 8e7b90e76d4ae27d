"""The labels of a form without rules, and between which of the stacked lines it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import Concept, Meaning, Vocabulary
from perftable_etl.normalize.rebuild.aligned.passages import Passage, line_of, lines_of, stack
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Run, StackedPages

_MOST_LINES = 4
"""Lines a label is wrapped over at most: the narrowest column of a form holds two characters."""

_REACH = 60
"""Runs among which the rest of a label is looked for: those of its own and the next few lines."""

_HIGHEST = 6
"""Lines that the name of a project may stand above its label, both being set on one middle."""

_FEWEST_LABELS = 6
"""Fewer different labels are a list that mentions projects, not a form."""


class Label(NamedTuple):
    """A label, what it means, and the runs that it is printed in."""

    passage: Passage
    meaning: Meaning
    runs: frozenset[Run]

    @property
    def field(self) -> Concept | None:
        """What it names; None for one that stands beside a block of rows (项目资金, 绩效指标)."""
        return self.meaning.concept


class FormArea(NamedTuple):
    """One form: its labels above the indicator table, the table's header, and the other runs of each part."""

    labels: tuple[Label, ...]
    header: tuple[Label, ...]
    sides: tuple[Label, ...]
    above: tuple[Run, ...]
    below: tuple[Run, ...]

    def runs(self) -> Iterator[Run]:
        """Everything printed of the form."""
        for label in (*self.labels, *self.header, *self.sides):
            yield from label.runs
        yield from (*self.above, *self.below)


def find_form_areas(stacked: StackedPages, vocabulary: Vocabulary) -> Iterator[FormArea]:
    """The forms on stacked pages, each from the label of its project's name to the end of its indicator table."""
    labels = _find_labels(stacked, vocabulary)
    starts = [_start(stacked, label.passage) for label in labels if label.field == "name"]
    for start, following in pairwise([*starts, float("inf")]):
        area = _form_area(
            stacked, [label for label in labels if start <= label.passage.top < following], start, following
        )
        if area:
            yield area


def _find_labels(stacked: StackedPages, vocabulary: Vocabulary) -> list[Label]:
    """All labels in reading order: of the readings of a text as a label the longest."""
    taken: set[Run] = set()
    labels = []
    for index, run in enumerate(stacked.runs):
        if run in taken:
            continue
        near = [near for near in stacked.runs[index : index + _REACH] if near not in taken]
        label = _label_at(stacked, near, vocabulary)
        if label:
            labels.append(label)
            taken |= label.runs
    return labels


def _label_at(stacked: StackedPages, runs: Sequence[Run], vocabulary: Vocabulary) -> Label | None:
    """The longest label that the first of `runs` begins: over lines below it, or characters set apart beside it."""
    readings = [*_downwards(runs, stacked), *_across(runs, stacked)]
    for chain, passage in sorted(readings, key=lambda reading: -len(reading[1].text)):
        meaning = vocabulary.meaning(passage.text)
        if meaning.is_label:
            return Label(passage, meaning, frozenset(chain))
    return None


def _downwards(runs: Sequence[Run], stacked: StackedPages) -> Iterator[tuple[list[Run], Passage]]:
    """The first of `runs` alone, and together with the lines right below it that are centred or begin like it."""
    chain = [runs[0]]
    yield chain, line_of(chain)
    for run in runs[1:]:
        step = run.top - chain[-1].top
        if len(chain) == _MOST_LINES or step > 1.6 * stacked.pitch:
            return
        if step > 0.5 * stacked.pitch and _is_in_line(chain[0], run, stacked.em):
            chain = [*chain, run]
            yield chain, stack([line_of([run]) for run in chain])


def _is_in_line(upper: Run, lower: Run, em: float) -> bool:
    return abs(upper.centre - lower.centre) < 0.6 * em or abs(upper.x0 - lower.x0) < 0.3 * em


def _across(runs: Sequence[Run], stacked: StackedPages) -> Iterator[tuple[list[Run], Passage]]:
    """The first of `runs` with those beside it, where single characters are set apart (项 目 名 称)."""
    chain = [runs[0]]
    beside = (run for run in runs[1:] if abs(run.middle - chain[0].middle) < 0.45 * stacked.em)
    for run in sorted(beside, key=lambda run: run.x0):
        if len(run.text) > 2 or len(chain[-1].text) > 2 or not 0 <= run.x0 - chain[-1].x1 < 2.5 * stacked.em:
            return
        chain = [*chain, run]
        yield chain, line_of(chain)


def _form_area(stacked: StackedPages, labels: Sequence[Label], start: float, following: float) -> FormArea | None:
    header = _header(labels, stacked.pitch)
    upper = [
        label for label in labels if header and label.passage.bottom <= min(head.passage.top for head in header) + 1
    ]
    if not header or len({label.field for label in (*upper, *header)}) < _FEWEST_LABELS:
        return None
    top, floor = min(head.passage.top for head in header), max(head.passage.bottom for head in header)
    end = min(following, _end(stacked, header, floor))
    sides = tuple(label for label in labels if label not in upper and label.field is None and label.passage.top < end)
    repeated = [label for label in labels if label not in upper and label.meaning.column]
    used = {run for label in (*upper, *sides, *repeated) for run in label.runs}
    free = [run for run in stacked.runs if run not in used]
    return FormArea(
        labels=tuple(upper),
        header=header,
        sides=sides,
        above=tuple(run for run in free if start <= run.middle < top),
        below=tuple(run for run in free if top <= run.middle < end),
    )


def _start(stacked: StackedPages, name: Passage) -> float:
    """Where a form begins: above its first label, or the first line beside it of a name that is taller."""
    start = name.top
    beside = [
        run for run in stacked.runs if run.x0 > name.x1 and name.top - _HIGHEST * stacked.pitch < run.middle < name.top
    ]
    for line in reversed(lines_of(beside)):
        if start - line.bottom > stacked.pitch - 0.7 * stacked.em or is_heading(line.text):
            break
        start = line.top
    return start - 0.1 * stacked.em


def _header(labels: Sequence[Label], pitch: float) -> tuple[Label, ...]:
    """The row that heads the indicator table: the first with 三级指标 and another column beside it."""
    columns = [label for label in labels if label.meaning.column]
    for name in (label for label in columns if label.field == "level3"):
        row = [label for label in columns if abs(label.passage.middle - name.passage.middle) < 0.8 * pitch]
        if len({label.field for label in row}) > 1:
            return tuple(sorted(row, key=lambda label: label.passage.x0))
    return ()


def _end(stacked: StackedPages, header: Sequence[Label], floor: float) -> float:
    """Where an indicator table ends: above a heading, text that runs over its columns, or wide empty space."""
    centres = [head.passage.centre for head in header]
    last = floor
    for line in lines_of(run for run in stacked.runs if run.middle > floor):
        is_far = line.top - last > 3 * stacked.pitch
        over = [run for run in stacked.runs if run.top >= line.top - 1 and run.bottom <= line.bottom + 1]
        if is_far or is_heading(line.text) or any(_runs_over(run, centres) for run in over):
            return line.top
        last = line.bottom
    return float("inf")


def _runs_over(run: Run, centres: Sequence[float]) -> bool:
    """Whether text spans the middles of two columns, as no cell's does."""
    return sum(run.x0 < centre < run.x1 for centre in centres) > 1
