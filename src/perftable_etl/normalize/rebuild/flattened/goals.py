"""Telling apart the two goals (项目总目标, 年度总体目标) that stand side by side on paper and mixed in flattened text.

Each column breaks its lines at its own width, and ends a line early only where a paragraph ends. The best split is the
one under which the fewest lines break that rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from perftable_etl.normalize.rebuild.flattened.roles import SLACK
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.paragraphs import begins_paragraph, ends_paragraph

# The costs of what a well-set column does not do; only their order matters.
_BROKEN_EARLY = 4.0  # a line with room left, in the middle of a sentence
_NEW_PARAGRAPH = 0.3  # a line with room left, at the end of a sentence
_OPEN_END = 2.0  # a column that does not end with a sentence
_CHANGE = 0.8  # a line of one column after a line of the other, beyond the one change that has to be
_UNEVEN = 0.1  # for every em a full line misses or exceeds

_SURE = 1.0
"""The least lead of a split that is sure: half of what the least broken rule costs. Splits that break the same rules
differ by less."""


class Split(NamedTuple):
    """Which line belongs to which goal, what that costs, and how much more the next best split would.

    None is of the first goal where one goal explains the lines as well.
    """

    in_first: tuple[bool, ...]
    cost: float
    lead: float = 0.0

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
    of_two_widths = [split for split in apart if not _same_width(lines, split)]
    cheapest = min(map(_cost, of_two_widths), default=inf)
    if cheapest <= single and cheapest < _BROKEN_EARLY:
        return _cheapest_split(of_two_widths)
    if single < _BROKEN_EARLY:
        lead = cheapest - single
        return None if lead >= _SURE else Split((False,) * len(lines), single, lead)
    return _cheapest_split(
        [*apart, *(split for widths in _candidate_widths(lines) for split in _mixed_splits(lines, *widths))]
    )


def _cheapest_split(splits: Sequence[Split]) -> Split:
    """The cheapest split, with its lead over the cheapest that gives some line to the other goal."""
    best = min(splits, key=_cost)
    others = (split.cost for split in splits if split.in_first != best.in_first)
    return best._replace(lead=min(others, default=inf) - best.cost)


def _same_width(lines: Sequence[str], split: Split) -> bool:
    """Whether both parts break their lines at one width, so that they are two paragraphs of one column."""
    first = [line for line, is_first in zip(lines, split.in_first, strict=True) if is_first]
    second = [line for line, is_first in zip(lines, split.in_first, strict=True) if not is_first]
    if len(first) < 2 or len(second) < 2:
        return False
    return abs(max(map(width, first)) - max(map(width, second))) <= SLACK


def _cost(split: Split) -> float:
    return split.cost


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
    if ends_paragraph(line) or begins_paragraph(following):
        return _NEW_PARAGRAPH
    return _BROKEN_EARLY


def _candidate_widths(lines: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Pairs of column widths worth trying: those that several lines come near to, the first goal's the narrower.

    On every form seen the first goal stands under two columns and the second under the wider rest.
    """
    widths = sorted({width(line) for line in lines}, reverse=True)
    common = [w for w in widths if w == widths[0] or sum(abs(width(line) - w) <= SLACK for line in lines) > 1][:12]
    return ((first, second) for first in common for second in common if second - first > SLACK)


class _State(NamedTuple):
    """How far a mixed split has come: the last line of each column (-1 for none), which came last, the choices."""

    first: int
    second: int
    in_first: tuple[bool, ...]


_Step = tuple[float, _State]


def _mixed_splits(lines: Sequence[str], first_width: float, second_width: float) -> Iterator[Split]:
    """The best splits with lines of both columns mixed, for two given widths; none where some line fits neither."""
    best: list[_Step] = [(0.0, _State(-1, -1, ()))]
    for index in range(len(lines)):
        steps: dict[tuple[int, int], list[_Step]] = {}
        for cost, state in best:
            for to_first in (True, False):
                step = _next_step(lines, index, cost, state, to_first, first_width if to_first else second_width)
                if step:
                    steps.setdefault((step[1].first, step[1].second), []).append(step)
        best = [step for alike in steps.values() for step in sorted(alike)[:2]]  # the second tells the first's lead
    for cost, state in best:
        if state.first >= 0 and state.second >= 0:
            yield Split(state.in_first, cost + _end_cost(lines[state.first]) + _end_cost(lines[state.second]))


def _next_step(
    lines: Sequence[str], index: int, cost: float, state: _State, to_first: bool, column_width: float
) -> _Step | None:
    """The state after giving line `index` to one column, or None where it is too wide for it."""
    if width(lines[index]) > column_width + SLACK:
        return None
    before = state.first if to_first else state.second
    if before >= 0:
        cost += _break_cost(lines[before], lines[index], column_width)
    if state.in_first and state.in_first[-1] != to_first:
        cost += _CHANGE
    return cost, _State(
        index if to_first else state.first, state.second if to_first else index, (*state.in_first, to_first)
    )
