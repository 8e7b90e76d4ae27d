"""One workbook on its way to the disk: rows as they come, and none of them kept. The only module that knows xlsxwriter.

A text is never a formula, whatever it begins with, and a number is written with all digits that it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from perftable_etl.errors import ExportError
from perftable_etl.load.export.cells import Cut, cell_of

_EXACT = 1e15
"""Up to here a whole number is written without a point."""

MOST_ROWS = 1_048_576
"""Of a sheet, its header among them."""


class _ExactSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet that writes what it is given. xlsxwriter rounds to 16 digits, and takes `<r>…</r>` for its own markup."""

    def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        exact = int(number) if number.is_integer() and abs(number) < _EXACT else number
        self._xml_formatted(f"<v>{exact!r}</v>", attributes)

    def _xml_rich_inline_string(self, string: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        self._xml_inline_string(string, True, [*attributes])

    def _xml_formatted(self, content: str, attributes: Sequence[tuple[str, Any]]) -> None:
        named = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{named}>{content}</c>")


class SheetColumn(NamedTuple):
    """How a column of a sheet looks: its heading, its width in characters, and what its numbers are."""

    heading: str
    width: int
    number_format: str = "General"


class Sheet:
    """One sheet, written row by row from the header on."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[SheetColumn]) -> None:
        self.name = name
        self.cuts: list[Cut] = []
        self._sheet = book.add_worksheet(name, worksheet_class=_ExactSheet)
        self._columns = columns
        self._row = 0
        self._formats = [book.add_format({"num_format": column.number_format, "valign": "top"}) for column in columns]
        self._dates = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._write_header(book.add_format({"bold": True, "bg_color": "#D9E2EC", "bottom": 1, "valign": "top"}))

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another row."""
        return self._row == MOST_ROWS - 1

    def write(self, row: Sequence[Any]) -> None:
        """Adds a row."""
        self._row += 1
        for column, value in enumerate(row):
            if value is not None:
                self._write_value(column, value)

    def end(self) -> None:
        """Adds the filter, which covers all rows that were written."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)

    def _write_header(self, bold: Any) -> None:
        for index, column in enumerate(self._columns):
            self._sheet.set_column(index, index, column.width)
            self._sheet.write_string(0, index, column.heading, bold)
        self._sheet.freeze_panes(1, 0)

    def _write_value(self, column: int, value: Any) -> None:
        cell = cell_of(value)
        match cell:
            case bool():
                self._sheet.write_boolean(self._row, column, cell, self._formats[column])
            case int() | float() | Decimal():
                self._sheet.write_number(self._row, column, float(cell), self._formats[column])
            case date():
                self._sheet.write_datetime(self._row, column, cell, self._dates)
            case Cut():
                self.cuts.append(cell.at(self.name, self._columns[column].heading, self._row + 1))
                self._sheet.write_string(self._row, column, cell.pieces[0], self._formats[column])
            case _:
                self._sheet.write_string(self._row, column, cell, self._formats[column])


class Book:
    """A workbook at `path`; whole when its block has ended."""

    def __init__(self, path: Path) -> None:
        # Each sheet's rows wait in a file of their own, in the folder that the workbook is written to.
        options = {"constant_memory": True, "tmpdir": str(path.parent), "use_zip64": True, "strings_to_urls": False}
        self._book = Workbook(str(path), options)
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._book.close()
        except (XlsxWriterException, OSError) as failure:
            if error is None:
                raise ExportError(f"the workbook cannot be written ({failure}). Check the disk.") from failure

    def sheet(self, name: str, columns: Sequence[SheetColumn]) -> Sheet:
        """Another sheet; where there is one of that name, it gets a number."""
        number = 1
        while (numbered := name if number == 1 else f"{name} ({number})") in self._names:
            number += 1
        self._names.add(numbered)
        return Sheet(self._book, numbered, columns)
