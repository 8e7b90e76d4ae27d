"""Tabbed text as tests write it, and the grids that are made of it."""

from __future__ import annotations

from perftable_etl.document import Cell, Document, Grid, LaidOutPage
from perftable_etl.extract import plaintext
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt
from perftable_etl.normalize.rebuild.text import rebuild
from tests.normalize.reader import VOCABULARY


def rebuilt(*lines: str) -> Rebuilt:
    """What is made of lines; an arrow stands for a tab."""
    text = "\n".join(lines).replace("→", "\t")
    return rebuild(Document(plaintext.read_text(text.encode()).pages), VOCABULARY)


def grids_of(pages: tuple[LaidOutPage, ...]) -> list[Grid]:
    return [block for page in pages for block in page.blocks if isinstance(block, Grid)]


def grid(*lines: str) -> Grid:
    """The one grid that is made of lines."""
    (one,) = grids_of(rebuilt(*lines).document.pages)
    return one


def lines_left(*lines: str) -> list[str]:
    """The lines that are in no grid."""
    return [line.text for line in rebuilt(*lines).document.lines()]


def told(*lines: str) -> list[str]:
    """What is told, and of which line."""
    return [f"{one.code} {one.raw}" for one in rebuilt(*lines).findings if one.severity != "info"]


def drawn(one: Grid) -> list[str]:
    """A grid row by row: `^` where a cell goes on, `·` for a blank one."""
    rows = [["?"] * one.column_count for _ in range(one.row_count)]
    for cell in one.cells:
        for row, column in spots(cell):
            assert rows[row][column] == "?", f"two cells in row {row}, column {column}"
            rows[row][column] = "^"
        rows[cell.row][cell.column] = cell.text or "·"
    return ["|".join(row) for row in rows]


def spots(cell: Cell) -> list[tuple[int, int]]:
    """The rows and columns that a cell covers."""
    columns = range(cell.column, cell.end_column)
    return [(row, column) for row in range(cell.row, cell.end_row) for column in columns]
