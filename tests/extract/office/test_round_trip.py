"""Random forms of every kind, written as Word documents and as sheets, are the same grids when they are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from perftable_etl.document import Grid, Line
from perftable_etl.extract.office import read_docx, read_ods, read_xlsx
from perftable_etl.tables import TableDocument
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.composition import compose
from tests.drawing.kinds.records import USUAL, FormKind
from tests.drawing.office_ods import write_ods
from tests.drawing.office_sheet import SheetStyle, write_xlsx
from tests.drawing.office_word import WordStyle, write_docx
from tests.drawing.table import DrawnForm

KINDS = USUAL
Read = Callable[[bytes], TableDocument]


def drawn_grid(form: DrawnForm) -> list[tuple[object, ...]]:
    """The cells of a drawn table, on the rows and columns in which some cell begins; spaces are as on paper."""
    rows = sorted({cell.row for cell in form.table.cells})
    columns = sorted({cell.column for cell in form.table.cells})
    return [
        (
            "\n".join(" ".join(line.split()) for line in cell.text.split("\n")),
            rows.index(cell.row),
            columns.index(cell.column),
            sum(cell.row <= row < cell.end_row for row in rows),
            sum(cell.column <= column < cell.end_column for column in columns),
        )
        for cell in form.table.cells
    ]


def read_grid(grid: Grid) -> list[tuple[object, ...]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def seen(document: TableDocument) -> list[tuple[list[str], list[list[tuple[object, ...]]]]]:
    """The lines and the grids of each page."""
    return [
        (
            [block.text for block in page.blocks if isinstance(block, Line)],
            [read_grid(block) for block in page.blocks if isinstance(block, Grid)],
        )
        for page in document.pages
    ]


WORD = {
    "plain": WordStyle(),
    "bare": WordStyle(bare_merges=True),
    "tracked": WordStyle(tracked=True),
    "controls": WordStyle(controls=True),
    "split": WordStyle(split=True),
    "arranged": WordStyle(arranged=True),
    "left out": WordStyle(leaves_out=True),
}
SHEETS = {
    "plain": SheetStyle(),
    "at C7": SheetStyle(row=6, column=2),
    "with a note": SheetStyle(note="注：本表由单位填报"),
    "with hidden parts": SheetStyle(row=2, column=1, hidden=True),
    "typed": SheetStyle(typed=True),
}
WRITTEN: dict[str, tuple[Callable[[list[DrawnForm]], bytes], Read]] = {
    **{f"docx {name}": (partial(write_docx, style=style), read_docx) for name, style in WORD.items()},
    **{f"xlsx {name}": (partial(write_xlsx, style=style), read_xlsx) for name, style in SHEETS.items()},
    "ods": (write_ods, read_ods),
    "ods at D": (partial(write_ods, column=3), read_ods),
}


def check(kind: FormKind, style: str, seed: int) -> None:
    forms = [compose(Choice(seed + number), kind).form for number in range(2)]
    write, read = WRITTEN[style]
    document = read(write(forms))
    lines = [[*form.heading, *(["注：本表由单位填报"] if "note" in style else [])] for form in forms]
    assert seen(document) == [(above, [drawn_grid(form)]) for above, form in zip(lines, forms, strict=True)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", WRITTEN)
def test_grids_are_read_as_they_were_drawn(kind: FormKind, style: str) -> None:
    check(kind, style, KINDS.index(kind))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", WRITTEN)
def test_many_grids_are_read_as_they_were_drawn(kind: FormKind, style: str) -> None:
    for seed in range(10, 90, 2):
        check(kind, style, seed)
