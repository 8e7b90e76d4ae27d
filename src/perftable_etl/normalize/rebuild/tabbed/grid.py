"""The grid of rows whose cells are placed: what stands left of a row's cells is merged down from above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Place
from perftable_etl.normalize.rebuild.tabbed.rows import Field, Row

_COLUMN = 10.0  # how wide each column is made: columns of two tables are the same where their number is


class Spread(NamedTuple):
    """A row whose cells begin in these columns; its head is `width` columns wide."""

    row: Row
    fields: Mapping[int, Field]
    width: int = 0

    @property
    def first(self) -> int:
        """The column of its first cell."""
        return next(iter(self.fields), 0)

    def at(self, column: int) -> Field:
        """What stands in a column, a blank where nothing does."""
        nearest = self.row.fields[min(column, len(self.row.fields) - 1)]
        return self.fields.get(column) or nearest._replace(text="")


class PlacedCell(NamedTuple):
    """A field and its columns: the first, and the one after the last. `row_span` is how many rows it certainly has."""

    field: Field
    column: int
    end_column: int
    row_span: int = 1


class PlacedRow(NamedTuple):
    """The cells of a row from left to right; what stands left of column `merged` is merged down from above.

    In the columns of `own` nothing is. Blanks are parted at the columns in `stops`. `doubt` says what speaks against
    the row, if anything does.
    """

    row: Row
    cells: tuple[PlacedCell, ...]
    merged: int = 0
    stops: tuple[int, ...] = ()
    doubt: str | None = None
    own: tuple[int, ...] = ()


@dataclass(slots=True)
class _Builder:
    """Cells by the columns they cover in the row that was filled last."""

    width: int
    cells: list[Cell] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)

    def add(self, number: int, row: PlacedRow) -> None:
        """Fill one more row."""
        covered = dict(self._merged_down(number, row))
        for cell in row.cells:
            shape = number, cell.column, cell.row_span, cell.end_column - cell.column
            self._put(covered, Cell(cell.field.text, *shape, cell.field.place))
        for column, end in _gaps(covered, row, self.width):
            place = row.row.fields[min(column, len(row.row.fields) - 1)].place
            self._put(covered, Cell("", number, column, 1, end - column, place))
        self.above = covered

    def _put(self, covered: dict[int, int], cell: Cell) -> None:
        covered.update(dict.fromkeys(range(cell.column, cell.end_column), len(self.cells)))
        self.cells.append(cell)

    def _merged_down(self, number: int, row: PlacedRow) -> Iterator[tuple[int, int]]:
        """What of the row above goes on over this one, by column."""
        taken = {column for cell in row.cells for column in range(cell.column, cell.end_column)}
        for at in dict.fromkeys(self.above.values()):
            cell = self.cells[at]
            columns = range(cell.column, cell.end_column)
            is_closed = cell.end_column > row.merged or any(column in columns for column in row.own)
            if not (cell.end_row <= number and is_closed) and taken.isdisjoint(columns):
                self.cells[at] = cell._replace(row_span=max(cell.end_row, number + 1) - cell.row)
                yield from ((column, at) for column in columns)


def _gaps(covered: Mapping[int, int], row: PlacedRow, width: int) -> Iterator[tuple[int, int]]:
    """The columns of a row that nothing covers, those together that no other row parts."""
    free = [column for column in range(width) if column not in covered]
    starts = [column for column in free if column - 1 not in free or column in row.stops]
    for start, following in zip(starts, [*starts[1:], width], strict=False):
        yield start, next((end for end in range(start + 1, following) if end not in free), following)


def make_grid(rows: Sequence[PlacedRow]) -> Grid:
    """The rows, from top to bottom, in as many columns as they need."""
    builder = _Builder(max(cell.end_column for row in rows for cell in row.cells))
    for number, row in enumerate(rows):
        builder.add(number, row)
    cells = sorted(builder.cells, key=lambda cell: (cell.row, cell.column))
    page = cells[0].place.page
    around = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    boundaries = tuple(_COLUMN * number for number in range(builder.width + 1))
    return Grid(tuple(cells), len(rows), boundaries, Place(page, around))
