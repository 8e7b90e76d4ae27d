"""What a sheet shows, and where its tables are: written by openpyxl, or by hand where it cannot."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from perftable_etl import parse
from perftable_etl.document import Grid, Line
from perftable_etl.extract.office import read_ods, read_xlsx
from perftable_etl.tables import TableDocument
from tests.drawing import office_ods
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.composition import compose
from tests.drawing.office_sheet import write_xlsx

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(fill: Callable[[Any], None]) -> TableDocument:
    """What is read of a workbook whose one sheet is filled so."""
    book = Workbook()
    fill(book.active)
    return read_xlsx(saved(book))


def put(sheet: Any, first: str, rows: list[list[object]], border: Border | None = FRAME) -> None:
    """Writes rows from a cell on, each cell with a border."""
    start = sheet[first]
    for down, texts in enumerate(rows):
        for across, text in enumerate(texts):
            square = sheet.cell(start.row + down, start.column + across, text)
            if border:
                square.border = border


def lines(document: TableDocument) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks if isinstance(block, Line)]


def grids(document: TableDocument) -> list[Grid]:
    return [block for page in document.pages for block in page.blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.row_count)]


def test_a_table_that_begins_at_c7_keeps_its_place() -> None:
    document = read(lambda sheet: put(sheet, "C7", [["a", "b"], ["c", "d"]]))
    (grid,) = grids(document)
    assert rows(grid) == [["a", "b"], ["c", "d"]]
    assert [document.anchor(cell.place) for cell in grid.cells] == ["Sheet!C7", "Sheet!D7", "Sheet!C8", "Sheet!D8"]


def test_lines_stand_above_below_and_beside_a_table() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "A1", [["题"]], Border(bottom=THIN))
        put(sheet, "A2", [["a", "b"], ["c", "d"]])
        put(sheet, "A5", [["填报人：张三", None, "电话"]], None)
        put(sheet, "E2", [["注"]], None)

    document = read(fill)
    assert lines(document) == ["题", "注", "填报人：张三", "电话"]
    assert [rows(grid) for grid in grids(document)] == [[["a", "b"], ["c", "d"]]]


def test_tables_side_by_side_are_two() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "A1", [["a", "b"], ["c", "d"]])
        put(sheet, "D1", [["e", "f"], ["g", "h"]])

    assert [rows(grid)[0] for grid in grids(read(fill))] == [["a", "b"], ["e", "f"]]


def test_rows_without_rules_below_a_table_go_on_with_it() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "A1", [["a", "b", "c"], ["d", "e", "f"]])
        put(sheet, "A3", [["g", "h", "i"]], None)

    (grid,) = grids(read(fill))
    assert rows(grid)[2] == ["g", "h", "i"]


def test_a_sheet_without_rules_is_a_table_between_its_lines() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "B2", [["题"], ["a", "b"], ["c", None], ["d", "e"], ["注"]], None)

    document = read(fill)
    assert lines(document) == ["题", "注"]
    assert [rows(grid) for grid in grids(document)] == [[["a", "b"], ["c", ""], ["d", "e"]]]


def test_rules_far_beyond_the_last_text_are_no_part_of_a_table() -> None:
    blank: list[list[object]] = [[None] * 3] * 300
    document = read(lambda sheet: put(sheet, "A1", [["a", "b", None], ["c", "d", None], *blank]))
    (grid,) = grids(document)
    assert rows(grid) == [["a", "b"], ["c", "d"]]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told() -> None:
    book = Workbook()
    put(book.active, "A1", [["a", "列", "b"], ["行", "x", "y"], ["c", "z", "d"]])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    put(book.create_sheet("字典"), "A1", [["选项"]])
    book["字典"].sheet_state = "hidden"
    document = read_xlsx(saved(book))
    assert [rows(grid) for grid in grids(document)] == [[["a", "b"], ["c", "d"]]]
    told = {(one.kind, one.text) for one in document.unseen}
    assert {("hidden_column", "列"), ("hidden_row", "行"), ("hidden_sheet", "选项")} <= told
    assert document.anchor(document.unseen[-1].place) == "字典!A1"


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    book = Workbook()
    put(book.active, "B2", [["合计", "=1+1"], ["差额", "#REF!"]])
    (tmp_path / "sums.xlsx").write_bytes(saved(book))
    (finding,) = parse(tmp_path / "sums.xlsx").findings
    assert (finding.code, finding.severity) == ("formula_not_computed", "warning")
    assert "2 formulas" in finding.message
    assert "Sheet!C2" in finding.message


def test_a_form_does_not_go_on_on_the_next_sheet(tmp_path: Path) -> None:
    """Other sheets have tables of as many columns, and no page break cuts a sheet."""
    path = tmp_path / "two.xlsx"
    form = compose(Choice(5), "declaration").form
    path.write_bytes(write_xlsx([form]))
    alone = parse(path).declarations
    book = load_workbook(path)
    names: list[list[object]] = [[f"值{row}{at}" for at in range(len(form.table.widths))] for row in range(5)]
    put(book.create_sheet("名单"), "A1", names)
    path.write_bytes(saved(book))
    assert parse(path).declarations == alone


def test_signs_of_symbol_fonts_are_read() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "A1", [["R", CellRichText(TextBlock(InlineFont(rFont="Symbol"), "\uf0b3"), "90%")], ["a", "b"]])
        sheet["A1"].font = Font(name="Wingdings 2")

    (grid,) = grids(read(fill))
    assert rows(grid)[0] == ["☑", "≥90%"]


def test_merged_squares_show_their_first_text() -> None:
    def fill(sheet: Any) -> None:
        put(sheet, "A1", [["a", "b"], ["c", "d"], ["e", "f"]])
        sheet.merge_cells("A1:A2")

    (grid,) = grids(read(fill))
    assert rows(grid) == [["a", "b"], ["d"], ["e", "f"]]


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [
        ('a<text:s text:c="2"/>b', "a b"),
        ("a<text:line-break/>b", "a\nb"),
        ("<text:span>a</text:span><text:tab/>b", "a b"),
        ("a<office:annotation><text:p>批注</text:p></office:annotation>", "a"),
    ],
)
def test_the_text_of_an_open_document_cell(paragraph: str, shown: str) -> None:
    cell = f"<table:table-cell><text:p>{paragraph}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    data = office_ods.package(f'<table:table table:name="S">{row}{row}</table:table>')
    (grid,) = grids(read_ods(data))
    assert {one.text for one in grid.cells} == {shown}


def test_spaces_that_only_align_a_text_are_one_or_none() -> None:
    """As on a page, where words have places and spaces have not."""
    document = read(lambda sheet: put(sheet, "A1", [["　　其中： 财政拨款 ", "a  b"], ["c\n\n d", " "]]))
    (grid,) = grids(document)
    assert rows(grid) == [["其中： 财政拨款", "a b"], ["c\nd", ""]]
