"""Rows that a missing rule has joined, where no other cell of the table has a border at its height.

A text breaks only where its line is full. So where several cells of one row have two texts below one another, parted at
one height by more than the distance of lines, and the lower ones would fit behind the upper, they are two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Box, Rule, Word
from perftable_etl.extract.joined_cells import CellWords
from perftable_etl.extract.ruling import Outline
from perftable_etl.geometry.boxes import around_words

_FEWEST = 2
"""Cells of one row that must agree: in one cell alone, a line may be broken by hand."""

_MOST_LINES = 3
"""Lines above and below the missing rule. More are paragraphs, which stand apart too."""

_APART = 0.3
"""Of the height of a line: texts of two rows are farther apart than lines of one text."""

_WIDER = 0.3
"""Of the height of a line: how much wider the gap between two texts is than those between the lines of one."""

_MARGINS = 1.3
"""Of the height of a line: the margins of a cell together, at most."""


class Floor(NamedTuple):
    """A rule that is missing: at which height, and which stretches of a table's columns it is missing along."""

    height: float
    stretches: tuple[tuple[float, float], ...]

    def rules(self) -> tuple[Rule, ...]:
        """The rule as it should be printed."""
        return tuple(Rule(x0, self.height, x1, self.height) for x0, x1 in self.stretches)

    def is_below(self, box: Box) -> bool:
        """Whether it is missing right below a box."""
        return abs(box.y1 - self.height) < 1 and any(x0 <= box.middle[0] <= x1 for x0, x1 in self.stretches)


class _PartedCell(NamedTuple):
    """A cell whose texts leave a gap: the gap's ends, and whether the lower text would have fit behind the upper."""

    cell: CellWords
    top: float
    bottom: float
    is_short: bool


def missing_floor(
    cells: Sequence[CellWords], lines: Sequence[Sequence[Sequence[Word]]], outline: Outline
) -> Floor | None:
    """The first rule that is missing below cells of one row; `lines` are the printed lines of each cell, if several."""
    rows: dict[int, list[tuple[CellWords, Sequence[Sequence[Word]]]]] = {}
    for cell, printed in [pair for pair in zip(cells, lines, strict=True) if len(pair[1]) > 1]:
        rows.setdefault(cell.area.row, []).append((cell, printed))
    for row, found in rows.items():
        if len(found) >= _FEWEST and (floor := _floor(row, found, cells, outline)):
            return floor
    return None


def _floor(
    row: int,
    found: Iterable[tuple[CellWords, Sequence[Sequence[Word]]]],
    cells: Iterable[CellWords],
    outline: Outline,
) -> Floor | None:
    xs, end = outline.xs, outline.ys[row + 1]
    parts = [part for cell, printed in found for part in _parts(cell, printed, xs) if part.top < end]
    for part in parts:
        alike = [other for other in parts if other.top < part.bottom and part.top < other.bottom]
        top, bottom = max(other.top for other in alike), min(end, *(other.bottom for other in alike))
        parted = {other.cell.area for other in alike}
        if top < bottom and sum(other.is_short for other in alike) >= _FEWEST:
            own = (cell for cell in cells if cell.area.row == row)
            areas = [cell.area for cell in own if cell.area in parted or not cell.words]
            return Floor((top + bottom) / 2, tuple((xs[area.column], xs[area.end_column]) for area in areas))
    return None


def _parts(cell: CellWords, lines: Sequence[Sequence[Word]], xs: Sequence[float]) -> Iterator[_PartedCell]:
    """The gaps between the lines of a cell that are larger than those between the lines of one text."""
    boxes = [line[0].box if len(line) == 1 else around_words(line) for line in lines]
    width = xs[cell.area.end_column] - xs[cell.area.column]
    gaps = [other.y0 - one.y1 for one, other in pairwise(boxes)]
    for number, (one, other) in enumerate(pairwise(boxes), start=1):
        high = min(one.y1 - one.y0, other.y1 - other.y0)
        is_widest = len(gaps) == 1 or gaps[number - 1] - min(gaps) > _WIDER * high
        if is_widest and gaps[number - 1] > _APART * high and max(number, len(boxes) - number) <= _MOST_LINES:
            room = width - (one.x1 - one.x0) - _MARGINS * high
            yield _PartedCell(cell, one.y1, other.y0, room > _first_unit(lines[number], other))


def _first_unit(line: Sequence[Word], box: Box) -> float:
    """How wide the beginning of a line is that is not broken: two ideographs, or a number and its unit."""
    text = min(line, key=lambda word: word.box.x0).text
    first = next((index for index, character in enumerate(text) if character > _LETTERS), len(text)) + 1
    return min(max(first / 2 + 1, 2) * (box.y1 - box.y0), box.x1 - box.x0)


_LETTERS = "\u2fff"
"""What comes after it are ideographs, and signs as wide as they are."""
