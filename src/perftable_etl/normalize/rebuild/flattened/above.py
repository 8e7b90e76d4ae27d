"""What stands above the header of a flattened form: labels, each with the value that follows it.

Goals may stand side by side, their texts below and mixed line by line. Blocks of money stand beside each other too;
which of them an amount is in, its label tells, or how often that was printed before.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import get_args

from perftable_etl.fields import Money
from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS, FieldLabel
from perftable_etl.normalize.rebuild.flattened.cells import SLACK
from perftable_etl.normalize.rebuild.flattened.frame import Label
from perftable_etl.normalize.rebuild.flattened.goals import Widths, goals_parted, split_goals, widths_of
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, content_of, place_of, printed
from perftable_etl.normalize.rebuild.flattened.table import is_stray
from perftable_etl.normalize.rebuild.grid_maker import Columns, Content, GridMaker
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.rebuild.line_findings import doubtful_value
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Finding

_LABEL: Columns = (0, 1)
_VALUE: Columns = (1, 2)
_FIELDS = frozenset(get_args(FieldLabel))


@dataclass(frozen=True, slots=True)
class Above:
    """The grid of a form, the pieces of its text, its labels, and what must be said of how they were read."""

    maker: GridMaker
    pieces: Sequence[Piece]
    labels: Sequence[Label]
    vocabulary: Vocabulary
    outside: frozenset[str]
    known: Widths
    findings: list[Finding] = field(default_factory=list)
    widths: list[Widths] = field(default_factory=list)

    def put(self, end: int) -> None:
        """Add all that stands above the piece where the header begins."""
        labels = list(self._without_values())
        blocks = list(_blocks(labels))
        for block, after in zip(blocks, [*(block[0].first for block in blocks[1:]), end], strict=True):
            goals = {label.concept for label in block if label.concept in GOALS}
            (self._put_goals if len(goals) > 1 else self._put_label)(block, after)

    def _without_values(self) -> Iterator[Label]:
        """The labels without those that are the value of a field (资金属性 专项资金 归口单位).

        No side label stands beside fields: one between the labels of two is the value of the first.
        """
        for before, label, after in zip([None, *self.labels], self.labels, [*self.labels[1:], None], strict=False):
            is_between = before and after and {before.concept, after.concept} <= _FIELDS
            if label.concept or not is_between or (before and before.end < label.first):
                yield label

    def _content(self, first: int, end: int) -> Content:
        """Some pieces as a cell; a blank is where the piece before it is."""
        return content_of(self.pieces[first:end]) if first < end else Content("", self.pieces[first - 1].place)

    def _put_label(self, block: Sequence[Label], end: int) -> None:
        """A label and its value in a row of their own; what of its block is printed later in rows before."""
        first, *others = block
        for side in others:
            self.maker.put_row({_LABEL: self._content(side.first, side.end)})
        value = [piece for low, high in _between(block, end) for piece in self.pieces[low:high]]
        content = content_of(value) if value else self._content(first.end, first.end)
        label, beside = self._columns(first) if first.concept else (_LABEL, _VALUE)
        if first.concept or value:
            self.maker.put_row({label: self._content(first.first, first.end), beside: content})
        else:
            self.maker.put_row({label: self._content(first.first, first.end)})
        if value and self._is_doubtful(value, is_field=first.concept in _FIELDS):
            self.findings.append(doubtful_value(content.text, content.place))

    def _is_doubtful(self, value: Sequence[Piece], *, is_field: bool) -> bool:
        """Whether a value has a line like those that are added to a form, or that ends too early.

        Its first line may well be printed outside the form too, as the name of a unit is.
        """
        first, *others = lines = printed(value).split("\n")
        widest = max(map(width, lines))
        is_added = is_note(first) or any(is_note(line) or is_stray(line, self.outside) for line in others)
        is_broken = any(not is_full(width(one), other, widest, SLACK) for one, other in pairwise(lines))
        return is_added or (is_field and is_broken)

    def _columns(self, label: Label) -> tuple[Columns, Columns]:
        """The columns of a label and its value: each block of money has two of its own, all else the first.

        A label that several blocks have (其他资金) is printed for the first of them first.
        """
        led = dict.fromkeys(one.phase for other in self.labels for one in self._money(other) if one.source == "all")
        own = sorted(list(led).index(money.phase) for money in self._money(label) if money.phase in led)
        if not own:
            return _LABEL, _VALUE
        before = sum(other.concept == label.concept and other.first < label.first for other in self.labels)
        column = 2 * own[min(before, len(own) - 1)] + 1
        return (column, column + 1), (column + 1, column + 2)

    def _money(self, label: Label) -> tuple[Money, ...]:
        return self.vocabulary.meaning(printed(self.pieces[label.first : label.end])).money

    def _put_goals(self, block: Sequence[Label], end: int) -> None:
        """The goals' labels side by side, and below them the lines that belong to each."""
        for side in block:
            if side.concept is None:
                self.maker.put_row({_LABEL: self._content(side.first, side.end)})
        goals = sorted(
            {label.concept: label for label in reversed(block) if label.concept}.values(), key=lambda goal: goal.first
        )
        spans = [span for low, high in _between(block, end) for span in self._goal_lines(low, high)]
        owners = self._owners(spans, goals)
        columns: list[Columns] = [(number, number + 1) for number in range(1, len(goals) + 1)]
        self.maker.put_row({at: self._content(goal.first, goal.end) for at, goal in zip(columns, goals, strict=True)})
        for number, (at, goal) in enumerate(zip(columns, goals, strict=True)):
            own = [
                p
                for (low, high), owner in zip(spans, owners, strict=True)
                if owner == number
                for p in self.pieces[low:high]
            ]
            self.maker.put(content_of(own) if own else self._content(goal.end, goal.end), at)
        self.maker.row += 1

    def _goal_lines(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces beside and below the goals' labels, those of every printed line of a cell."""
        starts = [at for at in range(first, end) if at == first or self.pieces[at].joint in ("line", "gap")]
        return pairwise([*starts, end]) if starts else iter(())

    def _owners(self, spans: Sequence[tuple[int, int]], goals: Sequence[Label]) -> Sequence[int]:
        """Which goal each line is of, by their widths; one goal alone is the last, which every form has.

        Where a goal stands between two labels it is the first one's, as every value follows its label.
        """
        last = len(goals) - 1
        owners = [bisect([goal.first for goal in goals], low) - 1 for low, _ in spans]
        if any(owner < last for owner in owners) or not self._has_two_goals(goals):
            return owners
        lines = [printed(self.pieces[low:high]) for low, high in spans]
        page = next((at for at, (low, _) in enumerate(spans) if at and self.pieces[low].opens_page), 0)
        split = split_goals(lines, page, self.known)
        if split is None:
            return owners
        if split.is_sure:
            self.widths.append(widths_of(lines, split))
        place = place_of(self.pieces[spans[0][0] : spans[-1][1]])
        self.findings.append(goals_parted(split, place))
        return [0 if is_first else last for is_first in split.in_first]

    def _has_two_goals(self, goals: Sequence[Label]) -> bool:
        """Whether the form may have a goal before its last: not where its money for its whole life is left blank.

        A form for several years names them, or has a total.
        """
        if any("(" in fold(printed(self.pieces[goal.first : goal.end])) for goal in goals):
            return True
        whole = Money("total", "all")
        are_filled = [one.end < other.first for one, other in pairwise(self.labels) if whole in self._money(one)]
        return not are_filled or any(are_filled)


def _blocks(labels: Sequence[Label]) -> Iterator[list[Label]]:
    """The labels one by one, but a goal's with those of goals and the side labels that follow it."""
    block: list[Label] = []
    for label in labels:
        if block and not (block[0].concept in GOALS and (label.concept in GOALS or label.concept is None)):
            yield block
            block = []
        block.append(label)
    if block:
        yield block


def _between(labels: Sequence[Label], end: int) -> Iterator[tuple[int, int]]:
    """The pieces after each of these labels, up to the next."""
    return zip([label.end for label in labels], [*(label.first for label in labels[1:]), end], strict=True)
