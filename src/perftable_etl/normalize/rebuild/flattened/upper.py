"""What stands above the header of a flattened form: labels, each with the value that follows it.

Goals may stand side by side, their texts below and mixed line by line. Blocks of money stand beside each other too;
which of them an amount is in, its label tells, or how often that was printed before.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest
from typing import get_args

import regex

from perftable_etl.fields import Money
from perftable_etl.normalize.layouts.additions import is_of_page
from perftable_etl.normalize.layouts.words import GOALS, FieldLabel
from perftable_etl.normalize.rebuild.flattened.findings import broken_value, doubtful_values, goals_parted, label_apart
from perftable_etl.normalize.rebuild.flattened.forms import FlattenedForm, FoundLabel
from perftable_etl.normalize.rebuild.flattened.goals import split_goals
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.flattened.table import FormMaker
from perftable_etl.normalize.rebuild.grid_maker import Columns
from perftable_etl.normalize.values.text import fold

_LABEL: Columns = (0, 1)
_VALUE: Columns = (1, 2)

_FIELDS = frozenset(get_args(FieldLabel))

_WIDE = r"[\p{Han}\u3001-\u303F\uFF00-\uFFEF“”‘’]"
_GOAL_LINE = regex.compile(rf"[^\s](?:[^\n\t ]|(?<!{_WIDE}) | (?!{_WIDE}))*")


def put_upper(maker: FormMaker, form: FlattenedForm, outside: frozenset[str]) -> None:
    """Add all that stands above the header; `outside` are the lines outside all forms, folded."""
    labels = list(_without_values(maker.stream, form.labels))
    upper = _Upper(maker, labels)
    blocks = list(_blocks(labels))
    for block, following in zip_longest(blocks, blocks[1:]):
        end = following[0].start if following else form.header.start
        goals = {label.field for label in block if label.field in GOALS}
        (upper.put_goals if len(goals) > 1 else upper.put_label)(block, end)
    told = {finding.place for finding in maker.findings}
    maker.findings += (found for found in doubtful_values(maker.cells, outside) if found.place not in told)


def _without_values(stream: Stream, labels: Sequence[FoundLabel]) -> Iterator[FoundLabel]:
    """The labels without those that are the value of a field (资金属性 专项资金 归口单位).

    No side label stands beside fields. One between the labels of two is the value of the first, if it stands on one
    line and nothing else does.
    """
    for before, label, after in zip(chain((None,), labels), labels, chain(labels[1:], (None,)), strict=False):
        is_between = before and after and {before.field, after.field} <= _FIELDS
        own = stream.text[before.end if before else 0 : label.end].strip()
        if label.field is not None or not is_between or own != stream.text[label.start : label.end]:
            yield label


def _blocks(labels: Sequence[FoundLabel]) -> Iterator[list[FoundLabel]]:
    """The labels one by one, but a goal's with those of goals and the side labels that follow it."""
    block: list[FoundLabel] = []
    for label in labels:
        if block and not (block[0].field in GOALS and (label.field in GOALS or label.field is None)):
            yield block
            block = []
        block.append(label)
    yield block


@dataclass(frozen=True, slots=True)
class _Upper:
    """The maker of a form's grid, and all of its labels above the header."""

    maker: FormMaker
    labels: Sequence[FoundLabel]

    def put_label(self, block: Sequence[FoundLabel], end: int) -> None:
        """A label and its value in a row of their own; what of its block is printed later in rows before."""
        first, *others = block
        for side in others:
            self.maker.put_row({_LABEL: [(side.start, side.end)]})
        value = list(_between(block, end))
        if first.field is not None:
            label, beside = self._columns(first)
            self.maker.put_row({label: [(first.start, first.end)], beside: value})
            if first.field in _FIELDS:
                self.maker.findings += broken_value(self.maker.cells[-1])
            return
        self.maker.put_row({_LABEL: [(first.start, first.end)]})
        cell = self.maker.cells[-1]
        following = next((label.field for label in self.labels if label.start > first.start), None)
        if any(self.maker.text(*stretch) for stretch in value):
            self.maker.put_row({_VALUE: value})
        elif "\n" in cell.text and following in _FIELDS:  # no side label stands beside the label of a field
            self.maker.findings.append(label_apart(cell))

    def _columns(self, label: FoundLabel) -> tuple[Columns, Columns]:
        """The columns of a label and its value: each block of money has two of its own, all else the first.

        A label that several blocks have (其他资金) is printed for the first of them first.
        """
        led = dict.fromkeys(one.phase for other in self.labels for one in self._money(other) if one.source == "all")
        own = sorted(list(led).index(money.phase) for money in self._money(label) if money.phase in led)
        if not own:
            return _LABEL, _VALUE
        before = sum(other.field == label.field and other.start < label.start for other in self.labels)
        column = 2 * own[min(before, len(own) - 1)] + 1
        return (column, column + 1), (column + 1, column + 2)

    def _money(self, label: FoundLabel) -> tuple[Money, ...]:
        stream = self.maker.stream
        return stream.vocabulary.meaning(stream.text[label.start : label.end]).money

    def put_goals(self, block: Sequence[FoundLabel], end: int) -> None:
        """The goals' labels side by side, and below them the lines that belong to each."""
        for side in block:
            if side.field is None:
                self.maker.put_row({_LABEL: [(side.start, side.end)]})
        goals = list({label.field: label for label in reversed(block) if label.field is not None}.values())
        goals.sort(key=lambda goal: goal.start)
        lines = [line for stretch in _between(block, end) for line in _goal_lines(self.maker.stream, *stretch)]
        texts = self._assign(lines, goals)
        columns: list[Columns] = [(number, number + 1) for number in range(1, len(goals) + 1)]
        self.maker.put_row({where: [(goal.start, goal.end)] for where, goal in zip(columns, goals, strict=True)})
        self.maker.put_row(dict(zip(columns, texts, strict=True)))

    def _assign(self, lines: Sequence[Stretch], goals: Sequence[FoundLabel]) -> list[list[Stretch]]:
        """The lines of each goal, by their widths; one goal alone is the last, which every form has.

        Where a goal stands between two labels it is the first one's, as every value follows its label.
        """
        starts = [goal.start for goal in goals]
        owners = [bisect(starts, start) - 1 for start, _ in lines]
        if not any(owner < len(goals) - 1 for owner in owners) and self._has_two_goals(goals):
            stream = self.maker.stream
            split = split_goals([stream.text[start:end].strip() for start, end in lines])
            if split:
                self.maker.findings.append(goals_parted(stream, lines, split))
                owners = [0 if is_first else len(goals) - 1 for is_first in split.in_first]
        return [
            [line for line, owner in zip(lines, owners, strict=True) if owner == number] for number in range(len(goals))
        ]

    def _has_two_goals(self, goals: Sequence[FoundLabel]) -> bool:
        """Whether the form may have a goal before its last: not where its money for its whole life is left blank.

        A form for several years names them, or has a total.
        """
        maker, meaning = self.maker, self.maker.stream.vocabulary.meaning
        if any("(" in fold(maker.text(goal.start, goal.end)) for goal in goals):
            return True
        led = {cell.column for cell in maker.cells if Money("total", "all") in meaning(cell.text).money}
        pairs = ((label.column, value) for label, value in pairwise(maker.cells) if label.row == value.row)
        return not led or any(column in led and value.text for column, value in pairs)


def _between(labels: Sequence[FoundLabel], end: int) -> Iterator[Stretch]:
    """What is printed after each of these labels, up to the next."""
    starts = [*(label.start for label in labels[1:]), end]
    return ((label.end, start) for label, start in zip(labels, starts, strict=True))


def _goal_lines(stream: Stream, start: int, end: int) -> Iterator[Stretch]:
    """The stretches of text beside and below the goals' labels, one for every printed line of a cell.

    A space between two full-width characters parts two cells: set type has none there.
    """
    for match in _GOAL_LINE.finditer(stream.text, start, end):
        if not is_of_page(stream.lines[stream.line_at(match.start())].text):
            yield match.span()
