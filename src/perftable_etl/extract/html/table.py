"""The tables of a page while they are read: where their cells stand, and what the table is for.

Cells stand where HTML's algorithm puts them ("forming a table"): each in the first column that no cell above reaches
into. A table may only lay out the page; then what its cells hold stands on the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, groupby

from perftable_etl.errors import TooManyCells
from perftable_etl.extract.html.flow import DataTable, Flow, FlowCell
from perftable_etl.extract.html.styles import Attributes
from perftable_etl.extract.tables import MOST_CELLS

_MOST_COLUMNS = 1000
"""That a cell goes over, as browsers have it."""

_MOST_ROWS = 65534

_MOST_STEPS = 5_000_000
"""Columns that the cells of a table reach over, all its rows together."""

_FEWEST_ROWS = 2
"""Rows of several texts that a table has which says something and holds another table."""

_NUMBER = re.compile(r"\s*\+?([0-9]+)")


@dataclass(slots=True)
class TableDraft:
    """A table whose cells are still to come."""

    cells: list[FlowCell] = field(default_factory=list)
    _row: int = -1
    _column: int = 0
    _group: int = 0
    _taken: dict[int, int] = field(default_factory=dict)
    _steps: int = 0

    def begin_row(self) -> None:
        """Goes on in the next row."""
        self._row += 1
        self._column = 0

    def begin_cell(self, attributes: Attributes) -> Flow:
        """Goes on with the next cell of the row, and gives the flow for what it holds."""
        if self._row < 0:
            self.begin_row()
        columns = min(max(_number(attributes.get("colspan"), 1), 1), _MOST_COLUMNS)
        rows = min(_number(attributes.get("rowspan"), 1), _MOST_ROWS) or _MOST_ROWS  # 0: to the end of the group
        first = self._column
        while self._taken.get(first, 0) > self._row:
            first += 1
        self._count(first - self._column + columns)
        if rows > 1:
            self._taken |= dict.fromkeys(range(first, first + columns), self._row + rows)
        self._column = first + columns
        content = Flow()
        self.cells.append(FlowCell(content, self._row, first, rows, columns))
        return content

    def end_group(self) -> None:
        """Ends a group of rows (tbody): no cell goes beyond it."""
        end = self._row + 1
        for index in range(self._group, len(self.cells)):
            cell = self.cells[index]
            if cell.row + cell.row_span > end:
                self.cells[index] = cell._replace(row_span=end - cell.row)
        self._group = len(self.cells)
        self._taken.clear()

    def finish(self, page: Flow) -> None:
        """Adds to the page what the table says: itself, or, where it only lays out the page, what its cells hold."""
        self.end_group()
        for cell in self.cells:
            cell.content.end_line()
        if self._is_data():
            page.add(_flat(self.cells, self._row + 1))
        else:
            for cell in self.cells:
                page.take_in(cell.content)

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _MOST_STEPS or len(self.cells) >= MOST_CELLS:
            raise TooManyCells(f"a table has more than {MOST_CELLS:,} cells; give the part of it that has the forms")

    def _is_data(self) -> bool:
        """Whether its rows and columns say something: a table of one column parts nothing.

        One that holds tables lays out the page, unless it has rows of several texts of its own.
        """
        filled = [cell for cell in self.cells if cell.content.items]
        if not any(cell.content.tables for cell in filled):
            return len(filled) > 1 and len({cell.column for cell in self.cells}) > 1
        texts = Counter(cell.row for cell in filled if not cell.content.tables)
        return sum(count > 1 for count in texts.values()) >= _FEWEST_ROWS


def _flat(cells: Sequence[FlowCell], row_count: int) -> DataTable:
    """A table with the rows and columns of those in its cells as its own."""
    if not any(cell.content.tables for cell in cells):
        return DataTable(tuple(cells), row_count)
    heights = [1] * row_count
    for cell in cells:
        if cell.content.tables:
            own = sum(heights[cell.row : cell.row + cell.row_span])
            heights[cell.row + cell.row_span - 1] += max(_height(cell.content) - own, 0)
    tops = [0, *accumulate(heights)]
    moved = (cell._replace(row=tops[cell.row], row_span=_below(cell, tops) - tops[cell.row]) for cell in cells)
    return DataTable(tuple(piece for cell in moved for piece in _pieces(cell)), tops[-1])


def _below(cell: FlowCell, tops: Sequence[int]) -> int:
    return tops[cell.row + cell.row_span]


def _height(content: Flow) -> int:
    """How many rows a cell needs: those of its tables, and one for the text above, between and below them."""
    return sum(item.row_count if isinstance(item, DataTable) else 1 for item in _runs(content))


def _runs(content: Flow) -> Iterator[Flow | DataTable]:
    """The tables in a cell, and the texts between them."""
    for is_text, items in groupby(content.items, key=lambda item: isinstance(item, str)):
        if is_text:
            yield Flow(list(items))
        else:
            yield from (item for item in items if isinstance(item, DataTable))


def _pieces(cell: FlowCell) -> Iterator[FlowCell]:
    """A cell, or the cells that stand in it: its width is that of each table in it."""
    if not cell.content.tables:
        yield cell
        return
    row = cell.row
    for item in _runs(cell.content):
        if isinstance(item, Flow):
            yield FlowCell(item, row, cell.column, 1, cell.column_span)
            row += 1
            continue
        width = Fraction(cell.column_span) / Fraction(max(one.column + one.column_span for one in item.cells))
        for one in item.cells:
            column = cell.column + one.column * width
            yield FlowCell(one.content, row + one.row, column, one.row_span, one.column_span * width)
        row += item.row_count


def _number(text: str | None, otherwise: int) -> int:
    """A number as HTML reads it: what follows its digits is passed over."""
    found = _NUMBER.match(text) if text else None
    return int(found[1][:9]) if found else otherwise
