"""Writes forms as Excel workbooks (.xlsx), by openpyxl, in the ways in which forms stand on sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter

from tests.drawing.table import DrawnCell, DrawnForm

_PERCENT = re.compile(r"(?P<number>[0-9]{1,3})%")
_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})*\.[0-9]{2}")
_DATE = re.compile(r"(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """How a form stands on its sheet.

    `row` and `column` (from 0) are where it begins. `typed`: shares, amounts and dates are numbers with formats.
    `hidden`: rows and columns that are not shown stand among its own. `note`: something is written beside it.
    """

    row: int = 0
    column: int = 0
    ruled: bool = True
    typed: bool = False
    hidden: bool = False
    note: str = ""


def write_xlsx(forms: Iterable[DrawnForm], style: SheetStyle = SheetStyle()) -> bytes:
    """A workbook with a sheet for each form."""
    book = Workbook()
    book.remove(book.active)
    for number, form in enumerate(forms, 1):
        _Form(book.create_sheet(f"项目{number}"), style).write(form)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Form:
    """A sheet on which one form is written."""

    def __init__(self, sheet: Any, style: SheetStyle) -> None:
        self._sheet, self._style = sheet, style

    def write(self, form: DrawnForm) -> None:
        top, columns = self._style.row + 1, len(form.table.widths)
        for line in form.heading:
            self._put(DrawnCell(line, 0, 0, 1, columns), top, ruled=False)
            top += 1
        for cell in form.table.cells:
            self._put(cell, top, ruled=self._style.ruled)
        if self._style.note:
            column = self._column(columns) + 2
            self._sheet.cell(top + 1, column, self._style.note)
        if self._style.hidden:
            self._hide(top, columns)

    def _put(self, cell: DrawnCell, top: int, *, ruled: bool) -> None:
        row, end_row = top + self._row(cell.row), top + self._row(cell.end_row - 1)
        column, end_column = self._column(cell.column) + 1, self._column(cell.end_column - 1) + 1
        square = self._sheet.cell(row, column)
        self._write(square, cell.text)
        if ruled:
            for r in range(row, end_row + 1):
                for c in range(column, end_column + 1):
                    self._sheet.cell(r, c).border = _FRAME
        if (end_row, end_column) != (row, column):
            self._sheet.merge_cells(start_row=row, start_column=column, end_row=end_row, end_column=end_column)

    def _write(self, square: Any, text: str) -> None:
        if self._style.typed and (match := _PERCENT.fullmatch(text)):
            square.value, square.number_format = int(match["number"]) / 100, "0%"
        elif self._style.typed and _AMOUNT.fullmatch(text):
            square.value, square.number_format = float(text.replace(",", "")) + 0.0004, "#,##0.00"
        elif self._style.typed and (match := _DATE.fullmatch(text)):
            days = date(*map(int, match.groups())) - date(1899, 12, 30)
            square.value, square.number_format = days.days, 'yyyy"年"m"月"d"日"'
        elif text:
            square.value, square.data_type = text, "s"

    def _row(self, row: int) -> int:
        """Where a row stands: a hidden one follows the first."""
        return row + (self._style.hidden and row > 0)

    def _column(self, column: int) -> int:
        """Where a column stands: a hidden one follows the first."""
        return self._style.column + column + (self._style.hidden and column > 0)

    def _hide(self, top: int, columns: int) -> None:
        """Writes into the row and the column that are not shown, wherever nothing merged covers them."""
        row, column = top + 1, self._column(0) + 2
        self._sheet.row_dimensions[row].hidden = True
        self._sheet.column_dimensions[get_column_letter(column)].hidden = True
        for at in range(columns):
            square = self._sheet.cell(row, self._column(at) + 1)
            if not isinstance(square, MergedCell):
                square.value = "隐藏"
