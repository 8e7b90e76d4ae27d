"""A part of a grid: some of its rows and columns, which a cell covers, or a table on a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Position = tuple[int, int]
"""A row and a column, from 0."""


class GridArea(NamedTuple):
    """Rows `row` to `end_row` and columns `column` to `end_column`, ends excluded."""

    row: int
    column: int
    end_row: int
    end_column: int

    @classmethod
    def around(cls, areas: Iterable[GridArea]) -> GridArea:
        """The smallest area that holds all of `areas`, of which there must be at least one."""
        rows, columns, end_rows, end_columns = zip(*areas, strict=True)
        return cls(min(rows), min(columns), max(end_rows), max(end_columns))

    def holds(self, position: Position) -> bool:
        """Whether it has a row and column."""
        return self.row <= position[0] < self.end_row and self.column <= position[1] < self.end_column

    @property
    def size(self) -> int:
        """How many rows of how many columns there are, multiplied."""
        return (self.end_row - self.row) * (self.end_column - self.column)

    def positions(self) -> Iterable[Position]:
        """Its rows and columns, all pairs of them."""
        return (
            (row, column) for row in range(self.row, self.end_row) for column in range(self.column, self.end_column)
        )
