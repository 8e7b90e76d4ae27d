"""Measures how well tables of other documents are cut into cells, beside the libraries that do the same.

Usage: bench_tables.py FOLDER, a folder of PDFs with a gold.json: {file: [{page, box, cells: [[row, column, last row,
last column, text], ...]}, ...]}. What counts are relations (Göbel and others, 2013): the text of a cell, that of the
nearest cell to its right or below it that is not blank, and which of both.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

import pdfplumber
import pymupdf

from perftable_etl.document import Box, Grid
from perftable_etl.extract.grids import lay_out
from perftable_etl.extract.noise import without_noise
from perftable_etl.extract.source import PdfSource

SAME_EDGE = 1.5
"""Points. Edges of one column, or of one row, differ by less."""


class Cell(NamedTuple):
    """A cell as it is printed."""

    box: Box
    text: str


class Table(NamedTuple):
    """A table that was found."""

    page: int
    cells: Sequence[Cell]


class Slot(NamedTuple):
    """A cell in the order of its table: the first and the last of its rows and columns."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


Relation = tuple[str, str, Literal["right", "below"]]


class Score(NamedTuple):
    """How many relations are right, were found, and are there."""

    right: int
    found: int
    wanted: int
    perfect: int

    @property
    def f(self) -> float:
        return 2 * self.right / (self.found + self.wanted)


def ours(path: Path) -> Iterator[Table]:
    for page in PdfSource(path.read_bytes()).pages:
        for block in lay_out(without_noise(page)).blocks:
            if isinstance(block, Grid):
                yield Table(page.number, [Cell(cell.place.box, cell.text) for cell in block.cells])


def of_pdfplumber(path: Path) -> Iterator[Table]:
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            yield from (Table(number, list(_cells(table))) for table in page.find_tables())


def of_pymupdf(path: Path) -> Iterator[Table]:
    with pymupdf.open(path) as pdf:
        for number, page in enumerate(pdf, 1):
            found = page.find_tables(strategy="lines_strict", use_layout=False)
            yield from (Table(number, list(_cells(table))) for table in found.tables)


def _cells(table: Any) -> Iterator[Cell]:
    """The cells of a table of pdfplumber's or of MuPDF's, which follow the same plan."""
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box:
                yield Cell(Box(*box), text or "")


def plain(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text)).casefold()


def relations(slots: Sequence[Slot]) -> Counter[Relation]:
    at = {place: slot for slot in slots if slot.text for place in _places(slot)}
    last_row = max((row for row, _ in at), default=0)
    last_column = max((column for _, column in at), default=0)
    found: set[tuple[Slot, Slot, Literal["right", "below"]]] = set()
    for (row, column), slot in at.items():
        right = next((at[row, k] for k in range(column + 1, last_column + 1) if (row, k) in at), slot)
        below = next((at[k, column] for k in range(row + 1, last_row + 1) if (k, column) in at), slot)
        found |= {(slot, right, "right"), (slot, below, "below")}
    return Counter((one.text, two.text, way) for one, two, way in found if one is not two)


def _places(slot: Slot) -> Iterable[tuple[int, int]]:
    return product(range(slot.row, slot.last_row + 1), range(slot.column, slot.last_column + 1))


def ordered(cells: Sequence[Cell]) -> list[tuple[Slot, Box]]:
    """Cells by the edges that they share."""
    column = _index(x for cell in cells for x in (cell.box.x0, cell.box.x1))
    row = _index(y for cell in cells for y in (cell.box.y0, cell.box.y1))
    slots = []
    for (x0, y0, x1, y1), text in cells:
        first_row, first_column = row(y0), column(x0)
        last = max(first_row, row(y1) - 1), max(first_column, column(x1) - 1)
        slots.append((Slot(first_row, first_column, *last, plain(text)), Box(x0, y0, x1, y1)))
    return slots


def _index(edges: Iterable[float]) -> Callable[[float], int]:
    """Which of the distinct edges one is."""
    groups: list[list[float]] = []
    for edge in sorted(edges):
        if groups and edge - groups[-1][-1] <= SAME_EDGE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    middles = [sum(group) / len(group) for group in groups]
    return lambda edge: min(range(len(middles)), key=lambda index: abs(middles[index] - edge))


def found_in(tables: Iterable[Table], wanted: dict[str, Any]) -> Counter[Relation]:
    """The relations that were found within a table of the gold; frames of one row or column have none."""
    total: Counter[Relation] = Counter()
    around = Box(*wanted["box"])
    for table in tables:
        slots = ordered(table.cells) if table.page == wanted["page"] and table.cells else []
        if len({slot.row for slot, _ in slots}) > 1 and len({slot.column for slot, _ in slots}) > 1:
            total += relations([slot for slot, box in slots if _belongs(box, around, slot.text)])
    return total


def _belongs(box: Box, table: Box, text: str) -> bool:
    meets = box.x0 < table.x1 and box.x1 > table.x0 and box.y0 < table.y1 and box.y1 > table.y0
    x0, y0, x1, y1 = table
    return (bool(text) and meets) or Box(x0 - 3, y0 - 3, x1 + 3, y1 + 3).holds(*box.middle)


def score(folder: Path, read: Callable[[Path], Iterator[Table]], gold: dict[str, Any]) -> Score:
    right = found = wanted = perfect = 0
    for name, tables in gold.items():
        read_tables = list(read(folder / name))
        for table in tables:
            want = relations([Slot(*cell) for cell in table["cells"]])
            have = found_in(read_tables, table)
            right += (want & have).total()
            found += have.total()
            wanted += want.total()
            perfect += want == have
    return Score(right, found, wanted, perfect)


def main() -> None:
    folder = Path(sys.argv[1])
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    sys.stdout.write(f"{'':12} {'F':>6} {'precision':>9} {'recall':>6} {'perfect':>7} {'seconds':>7}\n")
    for name, read in (("ours", ours), ("pymupdf", of_pymupdf), ("pdfplumber", of_pdfplumber)):
        started = process_time()
        result = score(folder, read, gold)
        sys.stdout.write(
            f"{name:12} {result.f:6.3f} {result.right / (result.found or 1):9.3f} {result.right / result.wanted:6.3f}"
            f" {result.perfect:7} {process_time() - started:7.1f}\n"
        )


if __name__ == "__main__":
    main()
