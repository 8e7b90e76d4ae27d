"""What LibreOffice reads of a workbook and of delimited text is what was exported; `make test-office` runs this."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import Encoding, ExportFormat
from tests.drawing.soffice import convert
from tests.load.export.awkward import awkward_database
from tests.load.export.test_workbook import SHEETS, TABLES, by_id, rows_of, unlike


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awkward_database(tmp_path_factory.mktemp("awkward") / "a.duckdb")


def saved(path: Path, folder: Path, reading: str = "") -> Any:
    """The workbook that LibreOffice makes of a file."""
    folder.mkdir()
    convert([path], "xlsx", folder, reading)
    return openpyxl.load_workbook(folder / f"{path.stem}.xlsx")


def resaved(cell: Any) -> Any:
    """A cell as it was before LibreOffice wrote it anew: it writes truth as a formula, and no escapes of its own."""
    return {"=TRUE()": True, "=FALSE()": False}.get(cell, cell) if isinstance(cell, str) else cell


def shown(value: Any) -> Any:
    """A value as LibreOffice has it: a line has one end, whatever system it is from."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


@pytest.mark.office
def test_a_workbook_in_libreoffice(db: Path, tmp_path: Path) -> None:
    to = export(db, Order(tmp_path / "a.xlsx", ExportFormat.XLSX, TABLES), lambda _name, _rows: None).to
    book = saved(to, tmp_path / "saved")
    formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"=TRUE()", "=FALSE()"}
    for table in TABLES:
        rows = sorted((tuple(map(shown, row)) for row in rows_of(db, table)), key=by_id)
        cells = [row[-len(rows[0]) :] for row in book[SHEETS[table]].iter_rows(min_row=2, values_only=True)]
        found = sorted((tuple(map(resaved, row)) for row in cells), key=by_id)
        assert [(cell, value) for cell, value in unlike(found, rows) if cell != value] == [], table
    book.close()


@pytest.mark.office
@pytest.mark.parametrize("encoding", Encoding)
def test_delimited_text_in_libreoffice(encoding: Encoding, db: Path, tmp_path: Path) -> None:
    """Its columns are read as text: else LibreOffice, as Excel, makes 7 of 007, and a float of each number."""
    to = export(db, Order(tmp_path / "csv", ExportFormat.CSV, TABLES, encoding), lambda _name, _rows: None).to
    for table in TABLES:
        with (to / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            written = [[shown(value) for value in row] for row in csv.reader(file)]
        columns = "/".join(f"{number}/2" for number in range(1, len(written[0]) + 1))
        book = saved(to / f"{table}.csv", tmp_path / table, f"CSV:44,34,76,1,{columns},0,false,false")
        assert [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)] == written
        book.close()
