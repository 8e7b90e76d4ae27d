"""What stands on a page or in a cell, in order: lines of text, and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple


class FlowCell(NamedTuple):
    """A cell of a table: its content, where it begins, and over how many rows and columns it goes."""

    content: Flow
    row: int
    column: Fraction | int
    row_span: int
    column_span: Fraction | int


class DataTable(NamedTuple):
    """A table that says something by its rows and columns; none of its cells holds another."""

    cells: tuple[FlowCell, ...]
    row_count: int


@dataclass(slots=True)
class Flow:
    """Lines and tables in the order of the page. `struck` and `pictures` tell what else stands among its text."""

    items: list[str | DataTable] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    has_picture: bool = False
    _pieces: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Goes on with the line."""
        self._pieces.append(text)

    def end_line(self) -> None:
        """Ends the line; one without any text is none. White space is one blank, as browsers have it."""
        if self._pieces:
            line = " ".join("".join(self._pieces).split())
            self._pieces.clear()
            if line:
                self.items.append(line)

    def add(self, table: DataTable) -> None:
        """Adds a table below the line."""
        self.end_line()
        self.items.append(table)

    def take_in(self, other: Flow) -> None:
        """Adds all that another flow holds, below the line."""
        self.end_line()
        self.items += other.items
        self.struck += other.struck
        self.has_picture |= other.has_picture

    @property
    def lines(self) -> list[str]:
        """Its lines of text."""
        return [item for item in self.items if isinstance(item, str)]

    @property
    def tables(self) -> list[DataTable]:
        """Its tables."""
        return [item for item in self.items if isinstance(item, DataTable)]

    @property
    def text(self) -> str:
        """Its lines with line breaks between them."""
        return "\n".join(self.lines)
