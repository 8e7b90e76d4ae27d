"""A sheet of a workbook as it is shown: the texts of its squares, what is merged, where rules are, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from perftable_etl.errors import TooManyCells
from perftable_etl.extract.grid_area import GridArea, Position

MOST_SQUARES = 1_000_000
"""Squares of a sheet that hold or frame something. A sheet of a hundred projects has a thirtieth."""

LEFT, TOP, RIGHT, BOTTOM = 1, 2, 4, 8
"""The sides of a square that a rule is on, as bits."""


class Square(NamedTuple):
    """One square of a sheet: the text it shows, and its ruled sides."""

    text: str
    sides: int


@dataclass(slots=True)
class Worksheet:
    """A sheet while it is read. `uncomputed` are the formulas whose results the file lacks or that failed."""

    name: str
    is_hidden: bool = False
    squares: dict[Position, Square] = field(default_factory=dict)
    merged: list[GridArea] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[Position] = field(default_factory=list)

    def put(self, row: int, column: int, square: Square) -> None:
        """Adds a square that shows something, or is framed. Raises TooManyCells."""
        if not square.text and not square.sides:
            return
        if len(self.squares) >= MOST_SQUARES:
            raise TooManyCells(
                f"sheet {self.name} has more than {MOST_SQUARES:,} cells; give the part of it that has the forms"
            )
        self.squares[row, column] = square

    def is_shown(self, position: Position) -> bool:
        """Whether neither its row nor its column is hidden."""
        return position[0] not in self.hidden_rows and position[1] not in self.hidden_columns

    def squares_in(self, area: GridArea) -> list[Position]:
        """The squares of an area that show or frame something; it may reach over the whole sheet."""
        if area.size < len(self.squares):
            return [position for position in area.positions() if position in self.squares]
        return [position for position in self.squares if area.holds(position)]

    def merged_squares(self) -> dict[Position, GridArea]:
        """The squares that are merged, and with which others."""
        return {position: area for area in self.merged for position in self.squares_in(area)}
