"""The grid of rows whose texts are placed: what stands left of a row's texts goes on down from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Grid
from perftable_etl.normalize.rebuild.grid_maker import grid_of
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow


class Placed(NamedTuple):
    """A row and the columns that its texts begin in; each goes on to the next one, or to one of `edges`.

    What ends left of `merged` goes on down from above, where no text stands below it. `doubt` says what speaks against
    the row, if anything does.
    """

    row: TabbedRow
    columns: tuple[int, ...]
    merged: int = 0
    edges: tuple[int, ...] = ()
    doubt: str = ""

    def keeps(self, cell: Cell) -> bool:
        """Whether a cell of the row above goes on down."""
        return cell.end_column <= self.merged and not any(cell.column <= at < cell.end_column for at in self.columns)

    def cells(self, number: int, columns: Sequence[int], starts: Sequence[int]) -> Iterator[Cell]:
        """Its own cells, which fill some columns and begin in these; a blank stands where the nearest field does."""
        fields = dict(zip(self.columns, (one for one in self.row.fields if one.text), strict=True))
        for start, end in pairwise([*starts, columns[-1] + 1] if columns else []):
            nearest = self.row.fields[min(start, len(self.row.fields) - 1)]
            text, place = fields.get(start, nearest._replace(text=""))
            width = sum(start <= at < end for at in columns)
            yield Cell(text, number, start, 1, width, place)


def make_grid(rows: Sequence[Placed], width: int) -> Grid:
    """The rows from top to bottom. A row that goes on beside what is above has its cells where those above begin."""
    done: list[Cell] = []
    above: list[Cell] = []
    for number, (row, following) in enumerate(pairwise([*rows, Placed(TabbedRow((), ()), ())])):
        done += [cell for cell in above if not row.keeps(cell)]
        kept = [cell._replace(row_span=cell.row_span + 1) for cell in above if row.keeps(cell)]
        covered = {at for cell in kept for at in range(cell.column, cell.end_column)}
        free = [at for at in range(width) if at not in covered]
        edges = {*row.columns, *row.edges, following.merged, *(cell.column for cell in above if row.merged)}
        starts = [at for at in free if at - 1 not in free or at in edges]
        above = [*kept, *row.cells(number, free, starts)]
    return replace(grid_of([*done, *above]), is_rebuilt=False)
