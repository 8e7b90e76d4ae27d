"""The grid of rows whose texts are placed: what stands left of a row's texts goes on down from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Grid
from perftable_etl.normalize.rebuild.grid_maker import Content, GridMaker
from perftable_etl.normalize.rebuild.tabs.rows import Field, Row

_COLUMN = 10.0  # how wide each column is made: columns of two tables are the same where their number is


class Placed(NamedTuple):
    """A row and the columns that its texts begin in.

    Cells are parted at `edges`. What ends left of `merged` above goes on down, but not in the columns of `own`.
    `doubt` says what speaks against the row, if anything does.
    """

    row: Row
    columns: tuple[int, ...]
    merged: int
    edges: tuple[int, ...] = ()
    own: frozenset[int] = frozenset()
    doubt: str | None = None

    @property
    def fields(self) -> dict[int, Field]:
        """What stands in its columns."""
        return {column: self.row.fields[index] for column, index in zip(self.columns, self.row.starts, strict=True)}


def placed(row: Row, offset: int = 0) -> Placed:
    """A row whose fields stand by their number, some columns to the right."""
    columns = tuple(index + offset for index in row.starts)
    return Placed(row, columns, min(columns, default=0))


@dataclass(slots=True)
class TableMaker:
    """A table of so many columns, filled row by row."""

    width: int
    maker: GridMaker = field(default_factory=GridMaker)

    def add(self, row: Placed) -> None:
        """Fill one more row."""
        above = [cell for cell in self.maker.cells if cell.end_row == self.maker.row]
        fields = row.fields
        covered = set()
        cells = list(self._cells(row, fields))
        for cell in above:
            columns = set(range(cell.column, cell.end_column))
            if cell.end_column <= row.merged and not columns & row.own and not columns & set(fields):
                self.maker.cells.remove(cell)
                self.maker.cells.append(cell._replace(row_span=cell.row_span + 1))
                covered |= columns
        free = [column for column in range(self.width) if column not in covered]
        starts = [c for c in free if c in fields or c in row.edges or c - 1 not in free]
        for start, following in pairwise([*starts, self.width]):
            end = next((c for c in range(start + 1, following) if c in covered), following)
            at = min(start, len(row.row.fields) - 1)
            one = fields.get(start) or row.row.fields[at]._replace(text="")
            self.maker.put(Content(one.text, one.place), (start, end))
        self.maker.row += 1

    def _cells(self, row, fields):
        return ()

    def grid(self) -> Grid:
        """All rows. Tabs part the cells, so that they are as printed."""
        grid = self.maker.grid()
        return replace(grid, is_rebuilt=False, boundaries=tuple(_COLUMN * x for x in grid.boundaries))
