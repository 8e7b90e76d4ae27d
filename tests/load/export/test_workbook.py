"""A workbook holds every value exactly, and nothing in it is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from perftable_etl import connect
from perftable_etl.load.export import sheets
from perftable_etl.load.export.cells import Cut, cell_of
from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import ExportFormat
from perftable_etl.load.export.headings import headings
from perftable_etl.load.export.relation import relations_of
from perftable_etl.load.export.workbook import workbook_names
from perftable_etl.load.warehouse import Warehouse
from tests.load.export.awkward import awkward_database
from tests.outcomes import outcome_of

TABLES = ("documents", "projects", "indicators", "findings")
SHEETS = {"documents": "文件", "projects": "全部项目", "indicators": "全部指标", "findings": "问题"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awkward_database(tmp_path_factory.mktemp("awkward") / "a.duckdb")


@pytest.fixture(scope="module")
def book(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = openpyxl.load_workbook(written(db, tmp_path_factory.mktemp("book") / "a.xlsx"), read_only=False)
    yield found
    found.close()


def written(db: Path, to: Path, names: tuple[str, ...] = TABLES) -> Path:
    return export(db, Order(to, ExportFormat.XLSX, names), lambda _name, _rows: None).to


def rows_of(db: Path, table: str) -> list[tuple[Any, ...]]:
    with connect(db) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def as_text(value: Any) -> str | None:
    """A value as text, so that 1 is 1.0 and a day is a day; a blank cell is no value and an empty one."""
    match value:
        case None | "":
            return None
        case datetime():
            return value.date().isoformat()
        case float():
            return as_text(Decimal(repr(value)))
        case Decimal():
            digits = format(value, "f")
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case _:
            return str(value)


def unlike(sheet: list[tuple[Any, ...]], rows: list[tuple[Any, ...]]) -> list[tuple[Any, Any]]:
    """The cells that say something else than the values."""
    pairs = [pair for one, other in zip(sheet, rows, strict=True) for pair in zip(one, other, strict=True)]
    return [(cell, value) for cell, value in pairs if not is_alike(cell, value)]


def is_alike(cell: Any, value: Any) -> bool:
    if isinstance(value, datetime):
        return str(cell) == value.isoformat(sep=" ")
    if isinstance(value, Decimal) and isinstance(cell, str):
        return Decimal(cell) == value
    return as_text(unescape(cell) if isinstance(cell, str) else cell) == as_text(value)


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_the_value(table: str, book: Any, db: Path) -> None:
    rows = rows_of(db, table)
    shown = [tuple(row[-len(rows[0]) :]) for row in book[SHEETS[table]].iter_rows(min_row=2, values_only=True)]
    assert unlike(sorted(shown, key=by_id), sorted(rows, key=by_id)) == []


def by_id(row: tuple[Any, ...]) -> str:
    return str(row[0])


def test_no_cell_is_a_formula(book: Any) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b", "d", "inlineStr"}


def test_numbers_and_days_are_typed_where_excel_keeps_them_whole(book: Any) -> None:
    columns = {cell.value: cell.column for cell in book["全部项目"][1]}
    money = [row[columns["项目资金总额"] - 1] for row in book["全部项目"].iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in money} == {
        ("9999999999999999.99", "s"), (-0.01, "n"), (15365275, "n"), (0, "n"), (None, "n"),
    }  # fmt: skip
    assert {cell.number_format for cell in money if cell.value is not None} == {"#,##0.00"}
    days = [row[columns["计划开始日期"] - 1] for row in book["全部项目"].iter_rows(min_row=2)]
    assert {f"{cell.value:%F}" for cell in days if cell.is_date} == {"2024-02-29", "2025-01-01", "9999-12-31"}
    assert {cell.value for cell in days if cell.data_type == "s"} == {"1899-12-31", "1900-02-28"}


def test_headers_stay_in_sight_and_filter(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_files_and_projects_stand_before_their_ids(book: Any) -> None:
    heads = [cell.value for cell in book["问题"][1]]
    assert heads[:3] == ["文件名", "项目名称", "问题编号"]
    assert book["问题"][2][0].value == "2025.pdf"


def test_notes_name_each_sheet_and_the_fields_explain_each_column(book: Any, db: Path) -> None:
    noted = {row[0] for row in book["说明"].iter_rows(values_only=True)}
    assert noted >= {*SHEETS.values(), "金额", "空白"}
    explained = {(row[0], row[2]) for row in book["字段"].iter_rows(min_row=2, values_only=True)}
    with connect(db) as connection:
        for relation in relations_of(connection, TABLES):
            assert explained >= {(SHEETS[relation.name], name) for name in relation.column_names}
    assert "documents by status" in {row[0] for row in book["质量"].iter_rows(values_only=True)}


def test_every_usual_column_has_a_chinese_heading(db: Path) -> None:
    with connect(db) as connection:
        for relation in relations_of(connection, workbook_names()):
            names = headings(relation)
            assert len(set(names)) == len(names)
            assert [name for name in names if not any("\u4e00" <= character <= "\u9fff" for character in name)] == []


def test_rows_that_are_too_many_for_a_sheet_go_on_in_another(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 11)
    found = openpyxl.load_workbook(written(db, tmp_path / "a.xlsx", ("projects",)))
    rows = rows_of(db, "projects")
    parts = [sheet for sheet in found if sheet.title.startswith("全部项目")]
    assert [sheet.title for sheet in parts] == ["全部项目", "全部项目 (2)", "全部项目 (3)"]
    assert [sheet.max_row for sheet in parts] == [11, 11, len(rows) - 20 + 1]
    found.close()


def test_a_text_that_no_cell_holds_is_whole_in_pieces(tmp_path: Path) -> None:
    path, text = tmp_path / "a.duckdb", "长𠮷" * 30_000
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE documents SET title = ?", [text])
    book = openpyxl.load_workbook(written(path, tmp_path / "a.xlsx", ("documents",)))
    pieces = list(book["长文本"].iter_rows(min_row=2, values_only=True))
    assert "".join(piece[4] for piece in pieces) == text
    assert [piece[:4] for piece in pieces] == [("文件", 2, "标题", number) for number in (1, 2, 3)]
    heads = [cell.value for cell in book["文件"][1]]
    assert book["文件"][2][heads.index("标题")].value == pieces[0][4]
    assert "长文本" in {row[0] for row in book["说明"].iter_rows(values_only=True)}
    book.close()


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x1b", "\x0b", "\ufffe"])
def test_control_characters_come_through(control: str, tmp_path: Path) -> None:
    """Excel writes them as _x0000_, and Python's reader turns that back."""
    path = tmp_path / "a.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE documents SET title = ?", [f"a{control}b"])
    book = openpyxl.load_workbook(written(path, tmp_path / "a.xlsx", ("documents",)))
    heads = [cell.value for cell in book["文件"][1]]
    shown = book["文件"][2][heads.index("标题")].value
    assert unescape(shown) == f"a{control}b"
    book.close()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (10**15 - 1, 10**15 - 1),
        (10**15 + 1, "1000000000000001"),
        (Decimal("1234567890.12345"), Decimal("1234567890.12345")),
        (Decimal("1234567890.123456"), "1234567890.123456"),
        (Decimal("1E+20"), Decimal("1E+20")),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (date(1900, 3, 1), date(1900, 3, 1)),
        (date(1900, 2, 28), "1900-02-28"),
        (datetime(2026, 1, 2, 3, 4, 5, 6), "2026-01-02 03:04:05.000006"),
        ([1, 2], "[1, 2]"),
    ],
)
def test_a_cell_holds_the_value_or_its_text(value: object, cell: object) -> None:
    assert cell_of(value) == cell


def test_characters_are_counted_as_excel_does() -> None:
    assert cell_of("𠮷" * 16_383) == "𠮷" * 16_383
    assert cell_of("𠮷" * 16_384) == Cut(("𠮷" * 16_383, "𠮷"))
