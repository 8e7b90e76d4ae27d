"""The grid of rows whose texts are placed: what stands left of a row's texts goes on down from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perftable_etl.document import Cell, Grid
from perftable_etl.normalize.rebuild.grid_maker import GridMaker
from perftable_etl.normalize.rebuild.tabbed.rows import Row

_COLUMN = 10.0  # how wide each column is made: columns of two tables are the same where their number is


class Placed(NamedTuple):
    """A row and the columns that its texts begin in; each goes on to the next one, or to one of `edges`.

    What ends left of column `merged` above goes on down, but not in the columns of `own`. `doubt` says what speaks
    against the row, if anything does.
    """

    row: Row
    columns: tuple[int, ...]
    merged: int = 0
    edges: tuple[int, ...] = ()
    own: frozenset[int] = frozenset()
    doubt: str | None = None

    @property
    def texts(self) -> dict[int, str]:
        """What stands in which column."""
        return dict(zip(self.columns, self.row.texts, strict=True))

    @property
    def width(self) -> int:
        """How many columns it needs."""
        return max(self.columns, default=0) + 1

    def keeps(self, cell: Cell) -> bool:
        """Whether a cell of the row above goes on down."""
        return cell.end_column <= self.merged and self.own.union(self.columns).isdisjoint(_columns(cell))

    def cells(self, number: int, free: Sequence[int]) -> Iterator[Cell]:
        """Its own cells, in the columns that are free."""
        starts = [column for column in free if column - 1 not in free or column in {*self.columns, *self.edges}]
        for start in starts:
            end = next(end for end in range(start + 1, free[-1] + 2) if end in starts or end not in free)
            text, place = self.row.fields[self._field(start)]
            yield Cell(text if start in self.columns else "", number, start, 1, end - start, place)

    def _field(self, column: int) -> int:
        """Which field stands in a column, or nearest to it."""
        if column in self.columns:
            return self.row.starts[self.columns.index(column)]
        return min(column, len(self.row.fields) - 1)


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.end_column)


def make_grid(rows: Sequence[Placed], width: int) -> Grid:
    """The rows from top to bottom. Tabs part the cells, so that they are as printed."""
    done: list[Cell] = []
    above: list[Cell] = []
    for number, row in enumerate(rows):
        done += [cell for cell in above if not row.keeps(cell)]
        kept = [cell._replace(row_span=cell.row_span + 1) for cell in above if row.keeps(cell)]
        covered = {column for cell in kept for column in _columns(cell)}
        above = [*kept, *row.cells(number, [column for column in range(width) if column not in covered])]
    grid = GridMaker([*done, *above]).grid()
    return replace(grid, boundaries=tuple(_COLUMN * x for x in grid.boundaries), is_rebuilt=False)
