"""Telling apart the two goals (项目总目标, 年度总体目标) that stand side by side on paper and mixed in flattened text.

Each column breaks its lines at its own width, and ends a line early only where a paragraph ends. On every form seen the
first goal stands under two columns and the second under the wider rest. The best split breaks these rules the least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_CHANGE = 1.5  # a line of one column after a line of the other, beyond the one change on each page that has to be
_UNEVEN = 0.2  # a line with just room for the next word

_SURE = 1.0  # the least lead of a split that is sure: half of what the least broken rule costs

_PARTED = "two goals are side by side on paper; their lines were separated by the line breaks of each column"
_UNSURE = "two goals are side by side on paper; their lines may be separated otherwise; compare the goals with the page"

Widths = tuple[float, float]
"""How many ems a line of each goal has."""


class Split(NamedTuple):
    """Which line belongs to the first of two goals, what that costs, and how much more the next best split would.

    None does where one goal explains the lines as well.
    """

    in_first: tuple[bool, ...]
    cost: float
    lead: float

    @property
    def is_sure(self) -> bool:
        """Whether no other split explains the lines about as well."""
        return self.lead >= _SURE


def goals_parted(split: Split, place: Place) -> Finding:
    """That the lines of two goals were told apart by their widths; a warning where they could be told otherwise."""
    if split.is_sure:
        return Finding(code="goals_parted", severity="info", message=_PARTED, place=place)
    return Finding(code="goals_parted", severity="warning", message=_UNSURE, place=place)


def split_goals(lines: Sequence[str], page: int, known: Widths) -> Split | None:
    """Which of `lines` belong to the first goal and which to the second; None where they are certainly of one goal.

    `page` is the line before which a page breaks: on each page the first goal may well stand before the second.
    `known` is how wide the columns are at least.
    """
    splits = [_split(lines, page, widths) for widths in _candidates(lines, known)]
    best = min(splits, key=lambda split: split.cost)
    others = (split.cost - best.cost for split in splits if split.in_first != best.in_first)
    best = best._replace(lead=min(best.lead, *others, inf))
    return best if any(best.in_first) or not best.is_sure else None


def _candidates(lines: Sequence[str], known: Widths) -> Iterator[Widths]:
    """The widths that the columns of two goals may have, the first's 0 where it has no lines.

    Nothing tells the second's where it has no full line.
    """
    widths = sorted(set(map(width, lines)))
    widest = max(widths[-1], known[1])
    firsts = sorted({max(known[0], first) for first in widths}) if known[0] else widths
    return ((first, widest if widest - first > SLACK else inf) for first in (0.0, *firsts))


def widths_of(lines: Sequence[str], split: Split) -> Widths:
    """How wide the columns of two goals are at least."""
    pairs = list(zip(lines, split.in_first, strict=True))
    first, second = ([width(line) for line, is_first in pairs if is_first == which] for which in (True, False))
    return max(first, default=0.0), max(second, default=0.0)


_State = tuple[int, int, int]
"""How many lines are taken, and how many up to the last of each column; none is 0."""


def _split(lines: Sequence[str], page: int, widths: Widths) -> Split:
    """The best split for two given widths; the last goal is never without lines."""
    end = (len(lines) + 1, 0, 0)

    def steps_from(state: _State) -> Iterator[Step[_State, bool]]:
        taken, *lasts = state
        if taken == len(lines):
            open_ends = sum(not ends_paragraph(lines[last - 1]) for last in lasts if last)
            yield Step(state, end, _OPEN_END * open_ends if lasts[1] else inf, False)
            return
        line, opening = lines[taken], page if taken >= page else 0
        for is_first, last, limit in zip((True, False), lasts, widths, strict=True):
            if width(line) <= limit + SLACK:
                is_due = taken == opening if is_first else last <= opening
                cost = 0.0 if last == taken or is_due else _CHANGE
                cost += _break_cost(lines[last - 1], line, limit) if last else 0.0
                after = (taken + 1, taken + 1, lasts[1]) if is_first else (taken + 1, lasts[0], taken + 1)
                yield Step(state, after, cost, is_first)

    readings = Readings((0, 0, 0), end, steps_from)
    chosen = tuple(step.part for step in readings.cheapest())
    others = (step for step in readings.steps() if step.part != chosen[step.start[0]])
    return Split(chosen[:-1], readings.cost, readings.lead(others))


def _break_cost(line: str, following: str, column_width: float) -> float:
    """What it costs that `line` ends where it does in a column this wide."""
    if is_full(width(line), following, column_width, SLACK):
        return 0.0 if is_full(width(line), following, column_width, 0.0) else _UNEVEN
    return _NEW_PARAGRAPH if ends_paragraph(line) or begins_paragraph(following) else _BROKEN_EARLY
