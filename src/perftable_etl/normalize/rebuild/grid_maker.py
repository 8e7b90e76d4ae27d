"""A grid of what has no printed cells, made cell by cell in the columns of the printed form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Place

Columns = tuple[int, int]
"""The columns a cell covers: the first, and the one after the last."""


class Content(NamedTuple):
    """What a cell prints: its text, its place, and its parts where a page break cuts it."""

    text: str
    place: Place
    parts: tuple[tuple[str, Place], ...] = ()


def grid_of(cells: Iterable[Cell], boundaries: Sequence[float] = ()) -> Grid:
    """Cells as a grid, of which there must be at least one; without `boundaries`, all columns are equally wide.

    It begins on the first page of its cells.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    page = min(cell.place.page for cell in ordered)
    box = Box.around(cell.place.box for cell in ordered if cell.place.page == page)
    width = max(cell.end_column for cell in ordered)
    row_count = max(cell.end_row for cell in ordered)
    edges = tuple(boundaries) or tuple(map(float, range(width + 1)))
    return Grid(tuple(ordered), row_count, edges, Place(page, box), is_rebuilt=True)


@dataclass(slots=True)
class GridMaker:
    """A grid that is filled with cells row by row; `row` is the current one."""

    cells: list[Cell] = field(default_factory=list)
    row: int = 0

    def put_row(self, contents: Mapping[Columns, Content]) -> None:
        """Add a row of cells and go on to the next."""
        for (column, end), (text, place, parts) in contents.items():
            self.cells.append(Cell(text, self.row, column, 1, end - column, place, parts=parts))
        self.row += 1

    def grid(self) -> Grid:
        """The rows so far as a grid."""
        return grid_of(self.cells)
