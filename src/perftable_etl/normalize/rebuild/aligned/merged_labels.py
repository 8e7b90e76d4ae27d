"""Which rows a merged label stands beside: those around whose middle it is set, or at whose first it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.rebuild.aligned.passages import Passage, stack
from perftable_etl.normalize.rebuild.aligned.rows import Row, Setting, offset
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_UNLABELLED = 1.5
"""Rows without a label: it may be blank, or a page break may have left it behind."""

_NO_ROWS = 3.0
"""A label with no rows left for it."""

_ON_A_PAGE = 0.1
"""A label set beside those of its rows that stand on one page, and not beside all of them."""

_MOST_LINES = 5
"""Lines of one label at most."""


class LabelCosts:
    """Costs of labels and their rows, apart from where they stand."""

    def beside(self, label: Passage, first: int, last: int) -> float:
        """Cost of a label beside the rows from `first` to `last` (excluded)."""
        return 0.0

    def unlabelled(self, first: int, last: int) -> float:
        """Cost of rows that have no label at all."""
        return _UNLABELLED if first < last else 0.0


class MergedLabel(NamedTuple):
    """A label, its rows (the last excluded), and what they cost."""

    label: Passage
    first: int
    last: int
    cost: float


def join_labels(lines: Sequence[Passage], pitch: float) -> list[Passage]:
    """Printed lines as labels: as many as make up a name of the catalogue, else each by itself."""
    labels: list[Passage] = []
    start = 0
    while start < len(lines):
        count = next(
            (count for count in range(_MOST_LINES, 1, -1) if _is_label(lines[start : start + count], pitch)), 1
        )
        labels.append(stack(lines[start : start + count]))
        start += count
    return labels


def _is_label(lines: Sequence[Passage], pitch: float) -> bool:
    if any(_is_apart(*pair, pitch) for pair in pairwise(lines)):
        return False
    text = "".join(line.text for line in lines)
    is_one = is_level(lines[0].text) or find_level1(lines[0].text) or find_level2(lines[0].text)
    return is_level(text) and not (is_one and is_level(lines[-1].text))


def _is_apart(upper: Passage, lower: Passage, pitch: float) -> bool:
    """Whether other rows may come between two lines of a label; at a page break the rest of the row may."""
    is_cut = upper.parts[-1][1].page != lower.parts[0][1].page
    return lower.top - upper.top > (_MOST_LINES if is_cut else 1.7) * pitch


def spread_labels(
    labels: Sequence[Passage], rows: Sequence[Row], stacked: StackedPages, setting: Setting, costs: LabelCosts
) -> list[MergedLabel]:
    """The rows of each label, in order, that cost least in all."""
    after = [costs.unlabelled(last, len(rows)) for last in range(len(rows) + 1)]
    best: list[list[_Choice]] = []
    for label in reversed(labels):
        choices = [
            min(
                _Choice(after[last] + cost, cost, last)
                for last in range(first, len(rows) + 1)
                for cost in (_label_cost(label, rows[first:last], stacked, setting) + costs.beside(label, first, last),)
            )
            for first in range(len(rows) + 1)
        ]
        best.insert(0, choices)
        after = [
            min(costs.unlabelled(last, first) + choices[first].total for first in range(last, len(rows) + 1))
            for last in range(len(rows) + 1)
        ]
    return list(_chosen_labels(labels, best, costs))


class _Choice(NamedTuple):
    """The best rows for a label from a given one on: the cost from there on, its own, and the row after its last."""

    total: float
    cost: float
    last: int


def _chosen_labels(
    labels: Sequence[Passage], best: Sequence[Sequence[_Choice]], costs: LabelCosts
) -> Iterator[MergedLabel]:
    """The labels with the rows that the best choices give them, one after another."""
    last = 0
    for label, choices in zip(labels, best, strict=True):
        first = min(range(last, len(choices)), key=lambda row: costs.unlabelled(last, row) + choices[row].total)
        yield MergedLabel(label, first, choices[first].last, choices[first].cost)
        last = choices[first].last


def _label_cost(label: Passage, rows: Sequence[Row], stacked: StackedPages, setting: Setting) -> float:
    """How far a label is from the middle of its rows, or of those of them on its own page."""
    if not rows:
        return _NO_ROWS
    pages = frozenset().union(*(row.pages for row in rows))
    own = label.top, label.bottom
    is_cut = len(pages) > 1 or len(label.parts) > 1
    cost = offset(own, _extent(rows), stacked.pitch, setting, is_cut=is_cut)
    parts = [[row for row in rows if page in row.pages] for page in pages] if len(pages) > 1 else []
    on_a_page = (_ON_A_PAGE + offset(own, _extent(part), stacked.pitch, setting, is_cut=is_cut) for part in parts)
    return min([cost, *on_a_page])


def _extent(rows: Sequence[Row]) -> tuple[float, float]:
    return min(row.top for row in rows), max(row.bottom for row in rows)
