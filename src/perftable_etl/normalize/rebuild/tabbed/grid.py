"""The grid that placed rows make: what is merged down grows, and what nothing covers becomes blank cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perftable_etl.document import Box, Cell, Grid, Place
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedRow

_COLUMN = 10.0
"""How wide each column is made: columns of two tables are the same where their number is."""


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
            self._put(covered, Cell("", number, column, 1, end - column, _place_of_blank(row, column)))
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
            if cell.end_row <= number and is_closed:
                continue
            if taken.isdisjoint(columns):
                self.cells[at] = cell._replace(row_span=max(cell.end_row, number + 1) - cell.row)
                yield from ((column, at) for column in columns)


def _gaps(covered: Mapping[int, int], row: PlacedRow, width: int) -> Iterator[tuple[int, int]]:
    """The columns of a row that nothing covers, those together that no other row parts."""
    start: int | None = None
    for column in range(width + 1):
        is_free = column < width and column not in covered
        if is_free and start is None:
            start = column
        elif start is not None and (not is_free or column in row.stops):
            yield start, column
            start = column if is_free else None


def _place_of_blank(row: PlacedRow, column: int) -> Place:
    """Where a blank stands: at its tab, or at the end of its line where no tab stands for it."""
    fields = row.row.fields
    return fields[min(column, len(fields) - 1)].place


def make_grid(rows: Sequence[PlacedRow], width: int) -> Grid:
    """The rows, from top to bottom, in so many columns."""
    builder = _Builder(width)
    for number, row in enumerate(rows):
        builder.add(number, row)
    cells = sorted(builder.cells, key=lambda cell: (cell.row, cell.column))
    page = cells[0].place.page
    around = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    boundaries = tuple(_COLUMN * number for number in range(width + 1))
    return Grid(tuple(cells), len(rows), boundaries, Place(page, around))
