"""Telling apart the two goals (项目总目标, 年度总体目标) that stand side by side on paper and mixed in flattened text.

Each column breaks its lines at its own width, and ends a line early only where a paragraph ends. The best split is the
one under which the fewest lines break that rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.flattened.roles import SLACK
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.paragraphs import begins_paragraph, ends_paragraph

# The costs of what a well-set column does not do; only their order matters.
_BROKEN_EARLY = 4.0  # a line with room left, in the middle of a sentence
_NEW_PARAGRAPH = 0.3  # a line with room left, at the end of a sentence
_OPEN_END = 2.0  # a column that does not end with a sentence
_CHANGE = 0.8  # a line of one column after a line of the other, beyond the one change that has to be
_UNEVEN = 0.1  # for every em a full line misses or exceeds

# the least lead of a split that is sure: half of what the least broken rule costs. Splits that break the same rules
# differ by less
_SURE = 1.0
_MOST_WIDTHS = 12


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


def split_goals(lines: Sequence[str]) -> Split | None:
    """Which of `lines` belong to the first goal and which to the second; None where they are certainly of one goal.

    One after the other is tried first; mixed line by line only where neither that nor one goal explains the lines.
    """
    if len(lines) < 2:
        return None
    single = _column_cost(lines)
    apart = [_consecutive_split(lines, cut) for cut in range(1, len(lines))]
    of_two_widths = [split for split in apart if not _same_width(lines, sum(split.in_first))]
    cheapest = min((split.cost for split in of_two_widths), default=inf)
    if cheapest <= single and cheapest < _BROKEN_EARLY:
        return _cheapest_split(of_two_widths)
    if single < _BROKEN_EARLY:
        lead = cheapest - single
        return None if lead >= _SURE else Split((False,) * len(lines), single, lead)
    return _cheapest_split([*apart, *(_mixed_split(lines, *widths) for widths in _candidate_widths(lines))])


def _cheapest_split(splits: Sequence[Split]) -> Split:
    """The cheapest split, with its lead over the cheapest that gives some line to the other goal."""
    best = min(splits, key=lambda split: split.cost)
    others = (split.cost for split in splits if split.in_first != best.in_first)
    return best._replace(lead=min(best.lead, min(others, default=inf) - best.cost))


def _same_width(lines: Sequence[str], cut: int) -> bool:
    """Whether both parts break their lines at one width, so that they are two paragraphs of one column."""
    first, second = lines[:cut], lines[cut:]
    if len(first) < 2 or len(second) < 2:
        return False
    return abs(max(map(width, first)) - max(map(width, second))) <= SLACK


def _consecutive_split(lines: Sequence[str], cut: int) -> Split:
    cost = _column_cost(lines[:cut]) + _column_cost(lines[cut:])
    return Split((True,) * cut + (False,) * (len(lines) - cut), cost)


def _column_cost(lines: Sequence[str]) -> float:
    column_width = max(map(width, lines))
    cost = sum(_break_cost(line, following, column_width) for line, following in pairwise(lines))
    return cost + _end_cost(lines[-1])


def _end_cost(line: str) -> float:
    return 0.0 if ends_paragraph(line) else _OPEN_END


def _break_cost(line: str, following: str, column_width: float) -> float:
    """What it costs that `line` ends where it does in a column this wide."""
    if is_full(width(line), following, column_width, SLACK):
        return _UNEVEN * abs(column_width - width(line))
    return _NEW_PARAGRAPH if ends_paragraph(line) or begins_paragraph(following) else _BROKEN_EARLY


def _candidate_widths(lines: Sequence[str]) -> Iterator[tuple[float, float]]:
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
