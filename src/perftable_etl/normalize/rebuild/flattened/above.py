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
        """Add all that stands above the piece where the header begins, a row for each label."""
        blocks = list(_blocks(list(self._without_values())))
        for block, after in zip(blocks, [*(block[0].first for block in blocks[1:]), end], strict=True):
            lines = [line for low, high in _between(block, after) for line in self._lines(low, high)]
            owners = list(zip(lines, self._owners(lines, block), strict=True))
            for label in block:
                value = (self.pieces[low:high] for (low, high), owner in owners if owner is label)
                self._put(label, [piece for line in value for piece in line])

    def _without_values(self) -> Iterator[Label]:
        """The labels without those that are the value of a field (资金属性 专项资金 归口单位).

        No side label stands beside fields: one between the labels of two is the value of the first.
        """
        for before, label, after in zip([None, *self.labels], self.labels, [*self.labels[1:], None], strict=False):
            is_between = before and after and {before.concept, after.concept} <= _FIELDS
            if label.concept or not is_between or (before and before.end < label.first):
                yield label

    def _put(self, label: Label, value: Sequence[Piece]) -> None:
        """A label and its value in a row of their own; a blank is where the label is."""
        at, beside = self._columns(label)
        own = self.pieces[label.first : label.end]
        blank = {beside: Content("", own[-1].place)} if label.concept else {}
        content = {beside: content_of(value)} if value else blank
        self.maker.put_row({at: content_of(own)} | content)
        if value and self._is_doubtful(value, is_field=label.concept in _FIELDS):
            self.findings.append(doubtful_value(printed(value), place_of(value)))

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
        before = sum(other.concept == label.concept and other.first < label.first for other in self.labels)
        column = 2 * own[min(before, len(own) - 1)] + 1 if own else 0
        return (column, column + 1), (column + 1, column + 2)

    def _money(self, label: Label) -> tuple[Money, ...]:
        return self.vocabulary.meaning(printed(self.pieces[label.first : label.end])).money

    def _lines(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Some pieces by the printed line of a cell."""
        starts = [at for at in range(first, end) if at == first or self.pieces[at].joint in ("line", "gap")]
        return pairwise([*starts, end])

    def _owners(self, lines: Sequence[tuple[int, int]], block: Sequence[Label]) -> Sequence[Label]:
        """Which label each line is the value of: of several goals by their widths, if no line is between their labels.

        One goal alone is the last, which every form has. Side labels have no value beside goals.
        """
        before = [[None, *(label.concept for label in block[:at])] for at in range(len(block))]
        goals = [label for label, concepts in zip(block, before, strict=True) if label.concept not in concepts]
        goals = goals or list(block[:1])
        owners = [goals[bisect([goal.first for goal in goals], low) - 1] for low, _ in lines]
        if len(goals) == 1 or any(owner is not goals[-1] for owner in owners) or not self._has_two_goals(goals):
            return owners
        texts = [printed(self.pieces[low:high]) for low, high in lines]
        page = next((at for at, (low, _) in enumerate(lines) if at and self.pieces[low].opens_page), 0)
        split = split_goals(texts, page, self.known) if texts else None
        if split is None:
            return owners
        if split.is_sure:
            self.widths.append(widths_of(texts, split))
        self.findings.append(goals_parted(split, place_of(self.pieces[lines[0][0] : lines[-1][1]])))
        return [goals[0 if is_first else -1] for is_first in split.in_first]

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
