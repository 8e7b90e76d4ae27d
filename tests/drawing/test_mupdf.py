"""What is drawn is on the page: every character, in every style, however the pages break."""

from __future__ import annotations

import re
from collections import Counter

import pymupdf
import pytest

from tests.drawing import sources
from tests.drawing.layouts import LAYOUTS, forms
from tests.drawing.mupdf import RULED, Pen, RuleStyle, draw
from tests.drawing.table import DrawnTable

PENS = [
    Pen(),
    Pen(cut_rows=True, page_break="open", rules="fills"),
    Pen(cut_rows=True, page_break="closed", narrow=True, font_size=10.5, first_y=300),
    Pen(repeat_columns=True, page_break="reprinted", landscape=True, form_per_page=True, preface=True),
    Pen(repeat_columns=True, page_break="open", cut_rows=True, middle=False),
]


def characters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


def printed(data: bytes) -> Counter[str]:
    with pymupdf.open("pdf", data) as document:
        return characters("".join(page.get_text() for page in document))


@pytest.mark.parametrize("name", sources.names())
@pytest.mark.parametrize("pen", PENS)
def test_page_holds_every_character(name: str, pen: Pen) -> None:
    disclosure = sources.source(name)
    cells = "".join(cell.text for form in forms(disclosure) for cell in form.table.cells)
    missing = characters(disclosure.title + cells) - printed(draw(disclosure, pen))
    assert not missing


@pytest.mark.parametrize("rules", RULED)
def test_rules_are_drawn(rules: RuleStyle) -> None:
    with pymupdf.open("pdf", draw(sources.source("cac-2024"), Pen(rules=rules))) as document:
        assert all(len(page.get_cdrawings()) > 5 for page in document)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", sources.names())
def test_cells_fill_the_table_without_gaps(name: str, layout: str) -> None:
    for form in forms(sources.source(name), LAYOUTS[layout]):
        squares = Counter(square for cell in form.table.cells for square in _squares(cell.row, cell.column, form.table))
        assert set(squares.values()) == {1}
        assert len(squares) == len(form.table.rows) * len(form.table.widths)


def _squares(row: int, column: int, table: DrawnTable) -> list[tuple[int, int]]:
    cell = next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))
    return [(r, c) for r in range(row, cell.end_row) for c in range(column, cell.end_column)]
