"""A grid of what has no printed cells, made cell by cell in the columns of the printed form."""

from __future__ import annotations

from collections.abc import Mapping
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
    confidence: float | None = None


@dataclass(slots=True)
class GridMaker:
    """A grid that is filled with cells row by row; `row` is the current one."""

    cells: list[Cell] = field(default_factory=list)
    row: int = 0

    def put(self, content: Content, columns: Columns, row: int | None = None, row_span: int = 1) -> None:
        """Add a cell to `row`, or to the current one."""
        column, end_column = columns
        text, place, parts, confidence = content
        at = self.row if row is None else row
        self.cells.append(
            Cell(text, at, column, row_span, end_column - column, place, parts=parts, confidence=confidence)
        )

    def put_row(self, contents: Mapping[Columns, Content]) -> None:
        """Add a row of cells and go on to the next."""
        for columns, content in contents.items():
            self.put(content, columns)
        self.row += 1

    def grid(self) -> Grid:
        """The cells so far as a grid, of which there must be at least one. It begins on the first page of them."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        page = min(cell.place.page for cell in cells)
        box = Box.around(cell.place.box for cell in cells if cell.place.page == page)
        width = max(cell.end_column for cell in cells)
        row_count = max(cell.end_row for cell in cells)
        return Grid(tuple(cells), row_count, tuple(map(float, range(width + 1))), Place(page, box), is_rebuilt=True)
