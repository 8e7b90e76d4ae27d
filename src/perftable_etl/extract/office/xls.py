"""The reader of Excel 97 workbooks (.xls): the sheets of one, each square as it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import SIGNATURE, CompDoc
from xlrd.sheet import Cell as StoredCell
from xlrd.sheet import Sheet as StoredSheet

from perftable_etl.errors import DamagedFile, EncryptedFile, ReadError
from perftable_etl.extract.grid_area import GridArea
from perftable_etl.extract.office.number_formats import GENERAL, show_number, show_text
from perftable_etl.extract.office.sheets import BOTTOM, LEFT, RIGHT, TOP, Square, Worksheet
from perftable_etl.extract.symbol_fonts import signs


def read_workbook(data: bytes) -> list[Worksheet]:
    """The sheets of a workbook held in memory, hidden ones among them. Raises ReadError.

    xlrd, which trusts what it reads, fails on a damaged file in as many ways as there are.
    """
    try:
        _require_ends(data)
        with xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO()) as book:
            return list(_sheets(book))
    except (ReadError, MemoryError):
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise EncryptedFile("it is encrypted with a password; save it without one") from error
        raise DamagedFile(f"it is damaged ({error}); fetch it again") from error
    except Exception as error:
        raise DamagedFile(f"it is damaged ({type(error).__name__}: {error}); fetch it again") from error


def _require_ends(data: bytes) -> None:
    """Raises DamagedFile where the sectors of a short stream lead in a circle, which xlrd would follow for ever."""
    if not data.startswith(SIGNATURE):
        return
    container = CompDoc(data, logfile=StringIO())
    for entry in container.dirlist:
        if entry.tot_size < container.min_size_std_stream:
            _require_end(container.SSAT, entry.first_SID)


def _require_end(following: Sequence[int], sector: int) -> None:
    for _ in range(len(following) + 1):
        if not 0 <= sector < len(following):
            return
        sector = following[sector]
    raise DamagedFile("it is damaged (a stream in it has no end); fetch it again")


def _sheets(book: Book) -> Iterator[Worksheet]:
    for index in range(book.nsheets):
        stored = book.sheet_by_index(index)
        sheet = Worksheet(stored.name, bool(stored.visibility))
        _read(book, stored, sheet)
        yield sheet


def _read(book: Book, stored: StoredSheet, sheet: Worksheet) -> None:
    sheet.hidden_rows.update(row for row, info in stored.rowinfo_map.items() if info.hidden or info.height == 0)
    sheet.hidden_columns.update(column for column, info in stored.colinfo_map.items() if info.hidden or not info.width)
    sheet.merged.extend(
        GridArea(row, column, end_row, end_column) for row, end_row, column, end_column in stored.merged_cells
    )
    for row in range(stored.nrows):
        for column, cell in enumerate(stored.row(row)):
            sheet.put(row, column, _square(book, stored, cell, (row, column)))
            if cell.ctype == xlrd.XL_CELL_ERROR:
                sheet.uncomputed.append((row, column))


def _square(book: Book, stored: StoredSheet, cell: StoredCell, position: tuple[int, int]) -> Square:
    if cell.xf_index is None:
        return Square(_text(book, cell, GENERAL), 0)
    look = book.xf_list[cell.xf_index]
    known = book.format_map.get(look.format_key)
    text = _text(book, cell, known.format_str if known else GENERAL)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = _in_fonts(book, text, look.font_index, stored.rich_text_runlist_map.get(position, ()))
    return Square(text, _sides(look.border))


def _text(book: Book, cell: StoredCell, code: str) -> str:
    """What a cell shows."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return show_text(str(cell.value).replace("\r\n", "\n").replace("\r", "\n"), code)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return show_number(Decimal(repr(float(cell.value))), code, from_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return str(error_text_from_code.get(cell.value, "")) if cell.ctype == xlrd.XL_CELL_ERROR else ""


def _in_fonts(book: Book, text: str, font: int, runs: object) -> str:
    """A text in the signs of its fonts: that of the cell, and from some characters on others."""
    starts = [(0, font), *(runs if isinstance(runs, list) else ())]
    ends = [*(start for start, _ in starts[1:]), len(text)]
    return "".join(
        signs(text[start:end], book.font_list[index].name if index < len(book.font_list) else None)
        for (start, index), end in zip(starts, ends, strict=True)
    )


def _sides(border: object) -> int:
    """The sides that have a line."""
    lines = {"left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM}
    return sum(side for name, side in lines.items() if getattr(border, f"{name}_line_style", 0))
