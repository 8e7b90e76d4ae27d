"""The grid of rows whose texts are placed: what stands left of a row's texts goes on down from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perftable_etl.document import Cell, Grid
from perftable_etl.normalize.rebuild.grid_maker import GridMaker
from perftable_etl.normalize.rebuild.tabbed.rows import Field, TabbedRow

_COLUMN = 10.0  # how wide each column is made: columns of two tables are the same where their number is


class Placed(NamedTuple):
    """A row and the columns that its texts begin in; each goes on to the next one, or to one of `edges`.

    What ends left of its first text above, or of column `merged`, goes on down, but not in the columns of `own`.
    `doubt` says what speaks against the row, if anything does.
    """

    row: TabbedRow
    columns: tuple[int, ...]
    edges: tuple[int, ...] = ()
    merged: int = 0
    own: frozenset[int] = frozenset()
    doubt: str | None = None

    @property
    def first(self) -> int:
        """The column of its first text."""
        return min(self.columns, default=0)

    @property
    def fields(self) -> dict[int, Field]:
        """What stands in which column."""
        return dict(zip(self.columns, (one for one in self.row.fields if one.text), strict=True))

    def keeps(self, cell: Cell) -> bool:
        """Whether a cell of the row above goes on down."""
        return cell.end_column <= (self.merged or self.first) and self.own.union(self.columns).isdisjoint(
            _columns(cell)
        )

    def cells(self, number: int, free: Sequence[int]) -> Iterator[Cell]:
        """Its own cells, in the columns that are free."""
        fields = self.fields
        starts = [column for column in free if column - 1 not in free or column in {*fields, *self.edges}]
        for start in starts:
            end = next(end for end in range(start + 1, free[-1] + 2) if end in starts or end not in free)
            nearest = self.row.fields[min(start, len(self.row.fields) - 1)]
            text, place = fields.get(start, nearest._replace(text=""))
            yield Cell(text, number, start, 1, end - start, place)


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
