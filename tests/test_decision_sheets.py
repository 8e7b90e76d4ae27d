"""Sheets of decisions as programs save them: what was written is read again, and hostile text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from perftable_etl.decisions.sheets import read_sheet, write_sheet
from perftable_etl.errors import OutputError, SheetError
from perftable_etl.load.corrections.sheet import SheetRow, guarded, unguarded
from tests.examples import examples

TEXTS = [
    "=1+1",
    "+5",
    "-3%",
    "@x",
    "'quoted'",
    "95%",
    "0012",
    "1e5",
    "2024-01-02",
    "1/2",
    "TRUE",
    "≥95(%)",
    '"',
    "a,b\nc",
]


@given(st.text(alphabet="='+-@0123456789%eE/.:aTRUE中 \t"))
@examples(200)
def test_a_guarded_text_is_read_as_it_was(text: str) -> None:
    assert unguarded(guarded("reason", text)) == text.strip()


@pytest.mark.parametrize("text", [one for one in TEXTS if one[0] in "=+-@'0123456789T"])
def test_what_a_program_would_change_has_a_guard(text: str) -> None:
    assert guarded("new_value", text).startswith("'")


ROWS = [SheetRow(code="no_target", verdict="corrected", reason=text, new_value=text, author="王") for text in TEXTS]


def test_a_sheet_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    write_sheet(path, ROWS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [line.row for line in read_sheet(path)] == ROWS
    with pytest.raises(OutputError):
        write_sheet(tmp_path / "missing" / "s.csv", ROWS)


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_other_encodings_and_delimiters_are_known(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """As Excel saves it on Chinese Windows, as Unicode text, and where a comma is the decimal point."""
    path = tmp_path / "s.csv"
    lines = (("Verdict", "Author", "Level3"), ("dismissed", "王", "培训人数"))
    path.write_text("\r\n".join(map(delimiter.join, lines)), encoding=encoding)
    assert [line.row for line in read_sheet(path)] == [SheetRow(verdict="dismissed", author="王", level3="培训人数")]


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """Columns in another order, one more, a blank row, a percentage that Excel has made a number."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["my notes", "new_value", "verdict", "fiscal_year"])
    sheet.append([])
    sheet.append(["?", 0.955, "corrected", 2024])
    sheet["B3"].number_format = "0.00%"
    book.save(tmp_path / "s.xlsx")
    (line,) = read_sheet(tmp_path / "s.xlsx")
    assert line.number == 3
    assert line.row == SheetRow(verdict="corrected", new_value="95.50%", fiscal_year="2024")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xff\xff\xff", b"PK\x03\x04 broken", b"%PDF-1.4"])
def test_what_is_no_sheet_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(SheetError, match=r"s\.csv is no sheet of decisions"):
        read_sheet(path)
    with pytest.raises(SheetError, match="cannot be read"):
        read_sheet(tmp_path / "missing.csv")
