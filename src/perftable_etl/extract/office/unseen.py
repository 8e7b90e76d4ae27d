"""What of a sheet is not shown, and what is missing of it."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Box, Place
from perftable_etl.extract.grid_area import GridArea, Position
from perftable_etl.extract.office.sheets import Worksheet
from perftable_etl.tables import Unseen, UnseenKind


def find_unseen(sheet: Worksheet, number: int) -> Iterator[Unseen]:
    """The texts of a sheet that nobody sees, and its formulas without results."""
    merged = sheet.merged_squares()
    for position, square in sheet.squares.items():
        if square.text.strip() and (kind := _hidden_kind(sheet, position, merged.get(position))):
            yield Unseen(kind, square.text.strip(), _place(position, number))
    if not sheet.is_hidden:
        for position in sheet.uncomputed:
            if sheet.is_shown(position):
                yield Unseen("not_computed", "", _place(position, number))


def _hidden_kind(sheet: Worksheet, position: Position, merged: GridArea | None) -> UnseenKind | None:
    """By what a square is hidden; None where it is seen."""
    if sheet.is_hidden:
        return "hidden_sheet"
    if merged:
        return _hidden_in_merged(sheet, position, merged)
    return None if sheet.is_shown(position) else _hidden_line(sheet, position)


def _hidden_line(sheet: Worksheet, position: Position) -> UnseenKind:
    return "hidden_row" if position[0] in sheet.hidden_rows else "hidden_column"


def _hidden_in_merged(sheet: Worksheet, position: Position, area: GridArea) -> UnseenKind | None:
    """Merged squares show the text of their first; it is hidden where all their rows or all their columns are."""
    if position != (area.row, area.column):
        return "hidden_text"
    rows_hidden = all(row in sheet.hidden_rows for row in range(area.row, area.end_row))
    columns_hidden = all(column in sheet.hidden_columns for column in range(area.column, area.end_column))
    return _hidden_line(sheet, position) if rows_hidden or columns_hidden else None


def _place(position: Position, number: int) -> Place:
    row, column = position
    return Place(number, Box(column, row, column + 1, row + 1))
