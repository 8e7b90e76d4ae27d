"""The grid of a flattened form as it is filled from stretches of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from perftable_etl.document import Cell, Line
from perftable_etl.normalize.layouts.additions import is_of_page
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.grid_maker import Columns, Content, GridMaker
from perftable_etl.records import Finding

_BREAKS = regex.compile(r"\s*\n\s*")


@dataclass(slots=True)
class FormMaker:
    """A grid that is filled row by row, the lines that it is made of, and what must be said of it."""

    stream: Stream
    grid: GridMaker = field(default_factory=GridMaker)
    used: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def cells(self) -> Sequence[Cell]:
        """The cells so far."""
        return self.grid.cells

    def put(
        self,
        columns: Columns,
        stretches: Sequence[Stretch],
        row: int | None = None,
        place_of: Sequence[Stretch] = (),
    ) -> None:
        """Add a cell to `row`, or the current one, its text taken from these stretches; none of them for a blank.

        It is where `place_of` are printed, all stretches by default; a blank is where the cell before it is.
        """
        texts = [text for stretch in stretches if (text := self._take(*stretch))]
        placed = place_of or stretches
        place = self.stream.place(placed[0][0], placed[-1][1]) if texts else self.cells[-1].place
        self.grid.put(Content("\n".join(texts), place), columns, row)

    def put_row(self, contents: Mapping[Columns, Sequence[Stretch]]) -> None:
        """Add a row of cells and go on to the next."""
        for columns, stretches in contents.items():
            self.put(columns, stretches)
        self.grid.row += 1

    def _take(self, start: int, end: int) -> str:
        """A stretch's text, its lines marked as used but for what pages have."""
        lines = self.stream.lines_of(start, end)
        self.used.update(index for index in lines if not is_of_page(self.stream.lines[index].text))
        return self.text(start, end)

    def lines_used(self) -> Iterator[Line]:
        """The lines that cells were made of."""
        return (self.stream.lines[index] for index in self.used)

    def text(self, start: int, end: int) -> str:
        """A stretch's text without blank lines and what pages have; tabs become spaces."""
        text = _BREAKS.sub("\n", self.stream.text[start:end].strip()).replace("\t", " ")
        return "\n".join(line for line in text.split("\n") if not is_of_page(line)) if "\n" in text else text
