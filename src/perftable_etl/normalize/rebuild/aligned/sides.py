"""What stands beside a block of rows, and which rows those are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from perftable_etl.normalize.rebuild.aligned.cells import Extent, Setting
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow
from perftable_etl.normalize.rebuild.aligned.passages import Passage, are_alike

_SAME_EDGE = 2.0
"""Points by which the edges or the middles of cells in one column may differ."""


class Side(NamedTuple):
    """A text and the rows that it stands beside, the last excluded."""

    text: Passage
    first: int
    end: int


def place_sides(sides: Sequence[Passage], rows: Sequence[FieldRow], setting: Setting) -> Iterator[Side]:
    """Texts beside rows, each with its rows, which end where the next begins."""
    ordered = sorted(sides, key=lambda side: side.top)
    ends = [*(side.top for side in ordered[1:]), float("inf")]
    for side, bottom in zip(ordered, ends, strict=False):
        first, end = _rows_beside(side, [row for row in rows if row.extent.top < bottom], setting)
        yield Side(side, first, max(end, first + 1))


def side_of_rows(index: int, rows: Sequence[FieldRow], setting: Setting) -> Side | None:
    """The first cell of a row with the rows that it stands beside, if it is no label and they have the same columns."""
    first, *others = rows[index].cells
    if first in rows[index].labels or len(others) < 2:
        return None
    without = [*rows[:index], FieldRow((), tuple(others)), *rows[index + 1 :]]
    start, end = _rows_beside(first, without, setting)
    return Side(first, start, end) if start <= index < end and end - start > 1 else None


def _rows_beside(side: Passage, rows: Sequence[FieldRow], setting: Setting) -> tuple[int, int]:
    """The rows that a text stands beside: as many as can be around whose middle, or at whose first, it is set.

    No other cell of them stands where it does, and one has cells in the columns of the next.
    """
    spans = [
        (start, end)
        for start, end in combinations(range(len(rows) + 1), 2)
        if all(_is_free(side, row) for row in rows[start:end])
        and all(_have_columns(*pair) for pair in pairwise(rows[start:end]))
    ]
    return min(
        spans, key=lambda span: (_distance(side, rows[slice(*span)], setting), span[0] - span[1]), default=(0, 0)
    )


def _is_free(side: Passage, row: FieldRow) -> bool:
    """Whether no cell of a row stands where a text beside it does."""
    return not any(cell.x0 < side.x1 and side.x0 < cell.x1 for cell in row.cells)


def _have_columns(row: FieldRow, following: FieldRow) -> bool:
    """Whether two cells of one row are set as cells of the other are, or the only one of either is."""
    alike = sum(any(are_alike(cell, other, _SAME_EDGE) for other in following.cells) for cell in row.cells)
    return alike >= min(2, len(row.cells), len(following.cells))


def _distance(side: Passage, rows: Sequence[FieldRow], setting: Setting) -> int:
    """How far a text is from the middle of rows, or from the top of the first of them, in points."""
    extent = Extent.around(row.extent for row in rows)
    if setting == "top":
        return round(abs(extent.top - side.top))
    return round(abs(extent.top + extent.bottom - side.top - side.bottom) / 2)
