"""A table before any producer has drawn it: cells with spans, text and alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
RowKind = Literal["title", "header", "funds", "goal_labels", "goals", "columns", "indicator"]


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell; `text` may hold newlines, which every producer prints as line breaks."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    align: Align = "center"

    @property
    def end_row(self) -> int:
        return self.row + self.row_span

    @property
    def end_column(self) -> int:
        return self.column + self.column_span


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """Cells by row and then column, which fill the table without gaps; `widths` are the columns' shares."""

    cells: tuple[DrawnCell, ...]
    rows: tuple[RowKind, ...]
    widths: tuple[float, ...]

    def row(self, index: int) -> list[DrawnCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == index]

    def reaching(self, index: int) -> list[DrawnCell]:
        """The cells that a row is part of."""
        return [cell for cell in self.cells if cell.row <= index < cell.end_row]


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """One form: the lines above its table, and the table."""

    heading: tuple[str, ...]
    table: DrawnTable
