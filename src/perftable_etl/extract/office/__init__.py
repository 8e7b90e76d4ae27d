"""Documents of office programs: Word, Excel and OpenDocument. Their grids are given, so they need no geometry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from perftable_etl.document import Box, LaidOutPage, Place
from perftable_etl.extract.office import docx, ods, xls, xlsx
from perftable_etl.extract.office.docx_pages import lay_out_text
from perftable_etl.extract.office.sheet_layout import lay_out_sheet
from perftable_etl.extract.office.sheets import Worksheet
from perftable_etl.extract.office.unseen import find_unseen
from perftable_etl.formats import FormatName
from perftable_etl.tables import TableDocument, Unseen

_NOWHERE = Place(1, Box(0, 0, 1, 1))
"""The place of what stands nowhere on paper."""


def read_docx(data: bytes) -> TableDocument:
    """A Word document: each of its tables is a page, with the lines above it. Raises ReadError."""
    text = docx.read_document(data)
    unseen = (Unseen("hidden_text", one.strip(), _NOWHERE) for one in text.hidden)
    return TableDocument(tuple(lay_out_text(text)), unseen=tuple(unseen))


def read_xlsx(data: bytes) -> TableDocument:
    """An Excel workbook: each of its sheets is a page. Raises ReadError."""
    return _of_sheets(xlsx.read_workbook(data))


def read_xls(data: bytes) -> TableDocument:
    """An Excel 97 workbook: each of its sheets is a page. Raises ReadError."""
    return _of_sheets(xls.read_workbook(data))


def read_ods(data: bytes) -> TableDocument:
    """An OpenDocument workbook: each of its sheets is a page. Raises ReadError."""
    return _of_sheets(ods.read_workbook(data))


READERS: Mapping[FormatName, Callable[[bytes], TableDocument]] = {
    "docx": read_docx,
    "ods": read_ods,
    "xls": read_xls,
    "xlsx": read_xlsx,
}
"""The reader of each format."""


def read_rows(data: bytes, name: FormatName) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet of a workbook, hidden ones too, each with its number from 1. Raises ReadError."""
    sheet = next(iter(_WORKBOOKS[name](data)), None)
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), square in (sheet.squares if sheet else {}).items():
        rows[row][column] = square.text
    return [(row + 1, [rows[row].get(column, "") for column in range(max(rows[row]) + 1)]) for row in sorted(rows)]


_WORKBOOKS: Mapping[FormatName, Callable[[bytes], Sequence[Worksheet]]] = {
    "ods": ods.read_workbook,
    "xls": xls.read_workbook,
    "xlsx": xlsx.read_workbook,
}


def _of_sheets(sheets: Sequence[Worksheet]) -> TableDocument:
    numbered = list(enumerate(sheets, 1))
    pages = (LaidOutPage(number, ()) if sheet.is_hidden else lay_out_sheet(sheet, number) for number, sheet in numbered)
    unseen = (one for number, sheet in numbered for one in find_unseen(sheet, number))
    return TableDocument(tuple(pages), tuple(sheet.name for sheet in sheets), tuple(unseen))
