"""What stands above the header of a flattened form: labels, each with the value that follows it.

Goals may stand side by side, their texts below and mixed line by line. Blocks of money stand beside each other too;
which of them an amount is in, its label tells, or how often that was printed before.
"""

from __future__ import annotations

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
        labels = list(self._without_values())
        ends = [*(label.first for label in labels[1:]), end]
        values = {label: self.pieces[label.end : after] for label, after in zip(labels, ends, strict=True)}
        for goal, side in pairwise(labels):
            if goal.concept in GOALS and side.concept is None:  # the goal stands beside the side label
                values[goal], values[side] = [*values[goal], *values[side]], ()
        for first, last in pairwise(label for label in labels if label.concept):
            are_goals = first.concept in GOALS and last.concept in {*GOALS} - {first.concept}
            if are_goals and values[last] and not values[first] and self._has_two_goals(first, last):
                values[first], values[last] = self._parted(values[last])
        for label, value in values.items():
            self._put(label, value)

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

    def _parted(self, value: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
        """What belongs to the first of two goals and what to the second; one alone is the last, as every form has."""
        starts = [at for at, piece in enumerate(value) if at == 0 or piece.joint in ("line", "gap")]
        lines = [value[low:high] for low, high in pairwise([*starts, len(value)])]
        texts = [printed(line) for line in lines]
        page = next((at for at, line in enumerate(lines) if at and line[0].opens_page), 0)
        split = split_goals(texts, page, self.known)
        if split is None:
            return (), value
        if split.is_sure:
            self.widths.append(widths_of(texts, split))
        self.findings.append(goals_parted(split, place_of(value)))
        owned = list(zip(lines, split.in_first, strict=True))
        first, last = ([piece for line, own in owned if own == which for piece in line] for which in (True, False))
        return first, last

    def _has_two_goals(self, *goals: Label) -> bool:
        """Whether the form may have a goal before its last: not where its money for its whole life is left blank.

        A form for several years names them, or has a total.
        """
        whole = Money("total", "all")
        are_filled = [one.end < other.first for one, other in pairwise(self.labels) if whole in self._money(one)]
        are_named = ["(" in fold(printed(self.pieces[goal.first : goal.end])) for goal in goals]
        return any(are_named) or any(are_filled) or not are_filled
