"""The grid of rows whose texts are placed: what stands left of a row's texts goes on down from above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Grid
from perftable_etl.normalize.rebuild.grid_maker import Content, GridMaker
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow


class Placed(NamedTuple):
    """A row and the columns that its texts begin in; each goes on to the next one, or to one of `edges`.

    What ends left of `merged` goes on down from above. `doubt` says what speaks against the row, if anything does.
    """

    row: TabbedRow
    columns: tuple[int, ...]
    merged: int = 0
    edges: tuple[int, ...] = ()
    doubt: str | None = None

    def content(self, column: int) -> Content:
        """What its cell that begins in a column prints; a blank stands where the nearest field does."""
        if column in self.columns:
            return Content(*self.row.fields[self.row.starts[self.columns.index(column)]])
        return Content("", self.row.fields[min(column, len(self.row.fields) - 1)].place)


def make_grid(rows: Sequence[Placed], width: int) -> Grid:
    """The rows from top to bottom. A row that goes on beside what is above has its cells where those above begin."""
    maker = GridMaker()
    above: list[tuple[int, int]] = []
    for row, following in pairwise([*rows, Placed(TabbedRow((), ()), (), 0)]):
        kept = [
            (start, end)
            for start, end in above
            if end <= row.merged and not any(start <= at < end for at in row.columns)
        ]
        free = [at for at in range(width) if not any(start <= at < end for start, end in kept)]
        cuts = {*row.columns, *row.edges, following.merged, *(start for start, _ in above if row.merged)}
        starts = [at for at in free if at - 1 not in free or at in cuts]
        own = [
            (start, next(at for at in range(start + 1, width + 1) if at in starts or at not in free))
            for start in starts
        ]
        maker.put_row({columns: row.content(columns[0]) for columns in own}, kept)
        above = [*kept, *own]
    return replace(maker.grid(), is_rebuilt=False)
