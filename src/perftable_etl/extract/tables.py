"""From the cells of a file that brings its tables with it to grids and lines: no geometry, only rows and columns."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Line, Place
from perftable_etl.errors import TooManyCells
from perftable_etl.extract.grid_area import GridArea

MOST_CELLS = 100_000
"""A table of more is no form: a sheet of a hundred projects has a third of that. Blank ones count."""

WIDTH = 1_000_000.0
"""How wide a table counts as: tables below one another are mostly as wide as the page, whatever columns they have."""

_SHIFT = 10.0
_MOST_SHIFTS = 300
"""By how much inner boundaries stand further right for each column that a table has. So tables of other numbers of
columns share none: without widths, nothing says which column of one stands below which of the other."""

_APART = 5.0
"""By how much they stand further right in every other table that text parts from the one above: it is another table."""


ColumnNumber = int | Fraction
"""A column by its number from 0; those of a table that stands in a cell part the columns of that cell."""


class TableCell(NamedTuple):
    """A cell as a file has it, at its row and column from 0; `text` keeps line breaks as newlines."""

    text: str
    row: int
    column: ColumnNumber
    row_span: int = 1
    column_span: ColumnNumber = 1


def build_grid(cells: Iterable[TableCell], number: int, group: int = 0) -> Grid | None:
    """The table with this number in its file; None without any cell. Raises TooManyCells.

    Tables of one `group` follow one another without any text between them.

    Rows and columns that only spans reach over are none in the grid; places keep them. Where cells overlap, the first
    keeps the ground, and a cell that has none left gives its text to the one that has. What no cell covers is blank.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    if not ordered:
        return None
    rows = _edges((cell.row, max(cell.row_span, 1)) for cell in ordered)
    columns = _edges((cell.column, cell.column_span or 1) for cell in ordered)
    if (len(rows) - 1) * (len(columns) - 1) > MOST_CELLS:
        raise TooManyCells(
            f"table {number} has {len(rows) - 1:,} rows of {len(columns) - 1:,} columns, more than {MOST_CELLS:,} "
            "cells; give the part of it that has the forms"
        )
    ground = _Ground(rows, columns)
    for cell in ordered:
        ground.place(cell)
    around = _box(columns[0], rows[0], columns[-1], rows[-1])
    boundaries = tuple(_boundaries(columns, group))
    return Grid(tuple(ground.cells(number)), len(rows) - 1, boundaries, Place(number, around))


def lines_above(texts: Sequence[str], number: int, first_row: int = 0) -> tuple[Line, ...]:
    """The lines that stand above the table with this number, which begins in `first_row`."""
    return lines_from(texts, number, first_row - len(texts))


def lines_from(texts: Sequence[str], number: int, row: int) -> tuple[Line, ...]:
    """Lines one below the other, the first in `row`; as below a table, or in a file without any."""
    return tuple(Line(text, Place(number, Box(0, at, 1, at + 1))) for at, text in enumerate(texts, start=row))


def _edges(spans: Iterable[tuple[ColumnNumber, ColumnNumber]]) -> list[ColumnNumber]:
    """The rows, or columns, in which cells begin, and the end of the last: of each cell its first, and how many."""
    known = list(spans)
    return [*sorted({start for start, _ in known}), max(start + span for start, span in known)]


def _boundaries(columns: Sequence[ColumnNumber], group: int) -> Iterator[float]:
    """Where the columns of a table begin and the last ends, whatever number they have in their file."""
    first, count = columns[0], columns[-1] - columns[0]
    shift = _SHIFT * (math.ceil(count) % _MOST_SHIFTS) + _APART * (group % 2)
    yield 0.0
    yield from (WIDTH * float((column - first) / Fraction(count)) + shift for column in columns[1:-1])
    yield WIDTH


def _box(left: ColumnNumber, top: ColumnNumber, right: ColumnNumber, bottom: ColumnNumber) -> Box:
    return Box(float(left), float(top), float(right), float(bottom))


class _Ground:
    """The rows and columns of a grid, and which cell has which part of them."""

    def __init__(self, rows: Sequence[ColumnNumber], columns: Sequence[ColumnNumber]) -> None:
        self._rows, self._columns = rows, columns
        self._owners: list[list[int | None]] = [[None] * (len(columns) - 1) for _ in rows[1:]]
        self._areas: list[GridArea] = []
        self._texts: list[str] = []

    def place(self, cell: TableCell) -> None:
        """Give a cell what is left of its ground."""
        wanted = GridArea(
            bisect_left(self._rows, cell.row),
            bisect_left(self._columns, cell.column),
            bisect_left(self._rows, cell.row + cell.row_span, hi=len(self._rows) - 1),
            bisect_left(self._columns, cell.column + cell.column_span, hi=len(self._columns) - 1),
        )
        owner = self._owners[wanted.row][wanted.column]
        if owner is None:
            self._take(self._free_part(wanted), cell.text)
        elif cell.text:
            self._texts[owner] = "\n".join(filter(None, (self._texts[owner], cell.text)))

    def cells(self, number: int) -> Iterator[Cell]:
        """All cells by row and then column, the blank ground among them."""
        for row, owners in enumerate(self._owners):
            for column, owner in enumerate(owners):
                area = GridArea(row, column, row + 1, column + 1) if owner is None else self._areas[owner]
                if area.row == row and area.column == column:
                    yield self._cell(area, "" if owner is None else self._texts[owner], number)

    def _take(self, area: GridArea, text: str) -> None:
        owner = len(self._areas)
        self._areas.append(area)
        self._texts.append(text)
        for owners in self._owners[area.row : area.end_row]:
            owners[area.column : area.end_column] = [owner] * (area.end_column - area.column)

    def _free_part(self, wanted: GridArea) -> GridArea:
        """The part from its first row and column on that no other cell has: first its width, then its height."""
        row, column = wanted.row, wanted.column
        end_column = column + 1
        while end_column < wanted.end_column and self._owners[row][end_column] is None:
            end_column += 1
        end_row = row + 1
        while end_row < wanted.end_row and not any(
            owner is not None for owner in self._owners[end_row][column:end_column]
        ):
            end_row += 1
        return GridArea(row, column, end_row, end_column)

    def _cell(self, area: GridArea, text: str, number: int) -> Cell:
        box = _box(
            self._columns[area.column],
            self._rows[area.row],
            self._columns[area.end_column],
            self._rows[area.end_row],
        )
        shape = area.row, area.column, area.end_row - area.row, area.end_column - area.column
        return Cell(text, *shape, Place(number, box))
