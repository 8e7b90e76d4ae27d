"""Telling apart the two goals (项目总目标, 年度总体目标) that stand side by side on paper and mixed in flattened text.

Each column breaks its lines at its own width, and ends a line early only where a paragraph ends. The best split is the
one under which the fewest lines break that rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from perftable_etl.document import Place
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.flattened.cells import SLACK
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.paragraphs import begins_paragraph, ends_paragraph
from perftable_etl.records import Finding

# The costs of what a well-set column does not do; only their order matters.
_BROKEN_EARLY = 4.0  # a line with room left, in the middle of a sentence
_NEW_PARAGRAPH = 0.3  # a line with room left, at the end of a sentence
_OPEN_END = 2.0  # a column that does not end with a sentence
_CHANGE = 0.8  # a line of one column after a line of the other, beyond the one change that has to be
_UNEVEN = 0.2  # a line with just room for the next word

_SURE = 1.0  # the least lead of a split that is sure: half of what the least broken rule costs
_MOST_WIDTHS = 12


_PARTED = "two goals are side by side on paper; their lines were separated by the line breaks of each column"
_PARTED_OTHERWISE = (
    "two goals are side by side on paper; their lines were separated by the line breaks of each column; "
    "another separation is possible; compare the goals with the page"
)
_NOT_PARTED = (
    "the labels of two goals are above these lines, and the lines were read as one goal; "
    "some may be of the other goal; compare the goals with the page"
)

Widths = tuple[float, float]
"""How many ems a line of each goal has."""


class Split(NamedTuple):
    """Which line belongs to which goal, what that costs, and how much more the next best split would.

    None is of the first goal where one goal explains the lines as well.
    """

    in_first: tuple[bool, ...]
    cost: float
    lead: float = inf

    @property
    def is_sure(self) -> bool:
        """Whether no other split explains the lines about as well."""
        return self.lead >= _SURE


def goals_parted(split: Split, place: Place) -> Finding:
    """That the lines of two goals were told apart by their widths; a warning where they could be told otherwise."""
    if split.is_sure:
        return Finding(code="goals_parted", severity="info", message=_PARTED, place=place)
    message = _PARTED_OTHERWISE if any(split.in_first) else _NOT_PARTED
    return Finding(code="goals_parted", severity="warning", message=message, place=place)


def split_goals(lines: Sequence[str], page: int, known: Widths) -> Split | None:
    """Which of `lines` belong to the first goal and which to the second; None where they are certainly of one goal.

    `page` is the line before which a page breaks; on each page the lines of the first goal stand before the second's.
    They are mixed only where neither that nor one goal explains them. `known` is how wide the columns are at least.
    """
    cuts = [(one, two) for one in range(page + 1) for two in range(page, len(lines) + 1)]
    ordered = [_split(lines, [*range(one), *range(page, two)], known) for one, two in cuts]
    splits = [split for split in ordered if not _is_one_column(lines, split.in_first)]
    if min((split.cost for split in splits), default=0.0) >= _BROKEN_EARLY:
        splits += (_mixed_split(lines, *widths) for widths in _candidate_widths(lines))
    best = min(splits, key=lambda split: split.cost, default=Split((), 0.0))
    others = (split.cost for split in splits if split.in_first != best.in_first)
    best = best._replace(lead=min(best.lead, min(others, default=inf) - best.cost))
    return best if any(best.in_first) or not best.is_sure else None


def widths_of(lines: Sequence[str], split: Split) -> Widths:
    """How wide the columns of two goals are at least."""
    pairs = list(zip(lines, split.in_first, strict=True))
    first, second = ([width(line) for line, is_first in pairs if is_first == which] for which in (True, False))
    return max(first, default=0.0), max(second, default=0.0)


def _is_one_column(lines: Sequence[str], in_first: Sequence[bool]) -> bool:
    """Whether both goals break their lines at one width, so that they are two paragraphs of one column."""
    if min(sum(in_first), len(lines) - sum(in_first)) < 2:
        return all(in_first) and bool(lines)
    one, other = widths_of(lines, Split(tuple(in_first), 0.0))
    return abs(one - other) <= SLACK


def _split(lines: Sequence[str], first: Collection[int], known: Widths) -> Split:
    """The split with these lines of the first goal."""
    in_first = tuple(index in first for index in range(len(lines)))
    columns = ([line for line, own in zip(lines, in_first, strict=True) if own == which] for which in (True, False))
    costs = (_column_cost(own, at_least) for own, at_least in zip(columns, known, strict=True) if own)
    return Split(in_first, sum(costs))


def _column_cost(lines: Sequence[str], at_least: float) -> float:
    column_width = max(at_least, *map(width, lines))
    too_wide = _BROKEN_EARLY if at_least and column_width > at_least + SLACK else 0.0
    return sum(_break_cost(*pair, column_width) for pair in pairwise(lines)) + _end_cost(lines[-1]) + too_wide


def _end_cost(line: str) -> float:
    return 0.0 if ends_paragraph(line) else _OPEN_END


def _break_cost(line: str, following: str, column_width: float) -> float:
    """What it costs that `line` ends where it does in a column this wide."""
    if is_full(width(line), following, column_width, SLACK):
        return 0.0 if is_full(width(line), following, column_width, 0.0) else _UNEVEN
    return _NEW_PARAGRAPH if ends_paragraph(line) or begins_paragraph(following) else _BROKEN_EARLY


def _candidate_widths(lines: Sequence[str]) -> Iterator[Widths]:
    """Pairs of column widths worth trying: those that several lines come near to, the first goal's the narrower.

    On every form seen the first goal stands under two columns and the second under the wider rest.
    """
    widths = sorted({width(line) for line in lines}, reverse=True)
    common = [w for w in widths if w == widths[0] or sum(abs(width(line) - w) <= SLACK for line in lines) > 1]
    return ((one, two) for one in common[:_MOST_WIDTHS] for two in common[:_MOST_WIDTHS] if two - one > SLACK)


class _State(NamedTuple):
    """How many lines are taken, and how many up to the last of each column; none is 0."""

    taken: int
    first: int
    second: int


def _mixed_split(lines: Sequence[str], *widths: float) -> Split:
    """The best split with lines of both columns mixed, for two given widths; it costs too much where there is none."""
    end = _State(len(lines) + 1, 0, 0)

    def steps_from(state: _State) -> Iterator[Step[_State, bool]]:
        taken, *lasts = state
        if taken == len(lines) and all(lasts):
            yield Step(state, end, sum(_end_cost(lines[last - 1]) for last in lasts), False)
        for number in (0, 1) if taken < len(lines) else ():
            last, line = lasts[number], lines[taken]
            if width(line) <= widths[number] + SLACK:
                cost = _break_cost(lines[last - 1], line, widths[number]) if last else 0.0
                cost += _CHANGE if taken and last != taken else 0.0
                after = state._replace(taken=taken + 1, **{"second" if number else "first": taken + 1})
                yield Step(state, after, cost, number == 0)

    readings = Readings(_State(0, 0, 0), end, steps_from)
    chosen = tuple(step.part for step in readings.cheapest())
    others = (step for step in readings.steps() if chosen and step.part != chosen[step.start.taken])
    return Split(chosen[:-1], readings.cost, readings.lead(others) if chosen else inf)
