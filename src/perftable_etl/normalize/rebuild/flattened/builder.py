"""A grid filled row by row with stretches of flattened text, in the columns of the printed form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from perftable_etl.document import Box, Cell, Grid, Line, Place
from perftable_etl.normalize.rebuild.flattened.stray_lines import is_of_page
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.records import Finding

Columns = tuple[int, int]
"""The columns a cell covers: the first, and the one after the last."""

_BOUNDARIES = tuple(float(i) for i in range(8))
SIDE: Columns = (0, 1)
LABEL: Columns = (0, 1)
VALUE: Columns = (1, 7)
LEFT_LABEL: Columns = (1, 2)
LEFT_VALUE: Columns = (2, 3)
RIGHT_LABEL: Columns = (3, 5)
RIGHT_VALUE: Columns = (5, 7)
LEFT_GOAL: Columns = (1, 3)
RIGHT_GOAL: Columns = (3, 7)
LEVEL1: Columns = (1, 2)
LEVEL2: Columns = (2, 3)
NAME: Columns = (3, 5)
TARGET: Columns = (5, 7)

_BREAKS = regex.compile(r"\s*\n\s*")


@dataclass(slots=True)
class GridBuilder:
    """A grid that is filled row by row with stretches of a stream."""

    stream: Stream
    cells: list[Cell] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    row: int = 0

    def put(self, columns: Columns, stretches: Sequence[Stretch], row: int | None = None) -> None:
        """Add a cell to `row`, or the current one, its text taken from these stretches; none of them for a blank.

        A blank is given the place of what is printed before it.
        """
        texts = [text for stretch in stretches if (text := self._take(*stretch))]
        column, end_column = columns
        place = self.stream.place(stretches[0][0], stretches[-1][1]) if texts else self.cells[-1].place
        self.cells.append(
            Cell("\n".join(texts), self.row if row is None else row, column, 1, end_column - column, place)
        )

    def put_row(self, contents: Mapping[Columns, Sequence[Stretch]]) -> None:
        """Add a row of cells and go on to the next."""
        for columns, stretches in contents.items():
            self.put(columns, stretches)
        self.row += 1

    def extend_last(self, columns: Columns, stretches: Sequence[Stretch]) -> None:
        """Add text to the last cell in these columns: what a page break cut off from it."""
        index = max(i for i, cell in enumerate(self.cells) if cell.column == columns[0])
        more = [self._take(*stretch) for stretch in stretches]
        self.cells[index] = self.cells[index]._replace(text="\n".join([self.cells[index].text, *more]))

    def _take(self, start: int, end: int) -> str:
        """A stretch's text, its lines marked as used but for what pages have."""
        lines = range(self.stream.line_at(start), self.stream.line_at(max(start, end - 1)) + 1)
        self.used.update(index for index in lines if not is_of_page(self.stream.lines[index].text))
        return self.text(start, end)

    def lines_used(self) -> Iterator[Line]:
        """The lines that cells were made of."""
        return (self.stream.lines[index] for index in self.used)

    def text(self, start: int, end: int) -> str:
        """A stretch's text without blank lines and what pages have; tabs become spaces."""
        text = _BREAKS.sub("\n", self.stream.text[start:end].strip()).replace("\t", " ")
        return "\n".join(line for line in text.split("\n") if not is_of_page(line)) if "\n" in text else text

    def grid(self) -> Grid:
        """The cells so far as a grid."""
        page = self.cells[0].place.page
        box = Box.around(cell.place.box for cell in self.cells if cell.place.page == page)
        self.cells.sort(key=lambda cell: (cell.row, cell.column))
        return Grid(tuple(self.cells), self.row + 1, _BOUNDARIES, Place(page, box))
