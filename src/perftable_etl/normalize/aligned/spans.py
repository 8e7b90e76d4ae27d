"""Which rows a merged label stands beside: those around whose middle it is set, or at whose first it begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.aligned.galley import Galley
from perftable_etl.normalize.aligned.passages import Passage, stack
from perftable_etl.normalize.aligned.rows import Row, Setting, offset
from perftable_etl.normalize.catalogue import find_level1, find_level2, is_level

_UNLABELLED = 1.5
"""Rows above the first label: a page break may have left their label behind."""

_NO_ROWS = 3.0
"""A label with no rows left for it."""

_ON_A_PAGE = 0.1
"""A label set beside those of its rows that stand on one page, and not beside all of them."""

_MOST_LINES = 5
"""Lines of one label at most."""

Agrees = Callable[[Passage, int, int], float]
"""What speaks against a label's standing beside the rows from one to another (excluded), apart from their places."""


class Span(NamedTuple):
    """A label and its rows, the last excluded; and how much speaks against it."""

    label: Passage
    first: int
    last: int
    doubt: float


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
    labels: Sequence[Passage], rows: Sequence[Row], galley: Galley, setting: Setting, agrees: Agrees
) -> list[Span]:
    """The rows of each label, in order and none left out below the first label, with the least doubts in all."""
    if not labels:
        return []
    best = _search(labels, rows, galley, setting, agrees)
    _, first = min((cost + (_UNLABELLED if row else 0), row) for row, (cost, _, _) in best[0].items())
    spans = []
    for index, label in enumerate(labels):
        _, doubt, last = best[index][first]
        spans.append(Span(label, first, last, doubt))
        first = last
    return spans


def _search(
    labels: Sequence[Passage], rows: Sequence[Row], galley: Galley, setting: Setting, agrees: Agrees
) -> list[dict[int, tuple[float, float, int]]]:
    """For each label, by its first row: the doubts from there on, its own, and the row after its last."""
    after: dict[int, float] = {len(rows): 0.0}
    best: list[dict[int, tuple[float, float, int]]] = []
    for label in reversed(labels):
        choices: dict[int, tuple[float, float, int]] = {}
        for first in range(len(rows) + 1):
            spans = [
                (after[last] + doubt, doubt, last)
                for last in range(first, len(rows) + 1)
                if last in after
                for doubt in (_doubt(label, rows[first:last], galley, setting) + agrees(label, first, last),)
            ]
            if spans:
                choices[first] = min(spans)
        best.insert(0, choices)
        after = {first: cost for first, (cost, _, _) in choices.items()}
    return best


def _doubt(label: Passage, rows: Sequence[Row], galley: Galley, setting: Setting) -> float:
    """How far a label is from the middle of its rows, or of those of them on its own page."""
    if not rows:
        return _NO_ROWS
    pages = frozenset().union(*(row.pages for row in rows))
    own = label.top, label.bottom
    is_cut = len(pages) > 1 or len(label.parts) > 1
    doubt = offset(own, _extent(rows), galley.pitch, setting, is_cut=is_cut)
    parts = [[row for row in rows if page in row.pages] for page in pages] if len(pages) > 1 else []
    on_a_page = (_ON_A_PAGE + offset(own, _extent(part), galley.pitch, setting, is_cut=is_cut) for part in parts)
    return min([doubt, *on_a_page])


def _extent(rows: Sequence[Row]) -> tuple[float, float]:
    return min(row.top for row in rows), max(row.bottom for row in rows)
