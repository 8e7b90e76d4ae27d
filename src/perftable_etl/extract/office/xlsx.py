"""The reader of Excel workbooks (.xlsx): the sheets of one, each square as it is shown.

A sheet's XML has each square's value, format, rules and merged areas beside each other, and only for squares that have
some. A reader of values alone would not tell the formats, and would fill the ground between two squares far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property

from perftable_etl.errors import DamagedFile
from perftable_etl.extract.grid_area import GridArea, Position
from perftable_etl.extract.office.number_formats import show_number, show_text
from perftable_etl.extract.office.opc import main_part, related_parts, relationship_id
from perftable_etl.extract.office.packages import Package
from perftable_etl.extract.office.sheets import Square, Worksheet
from perftable_etl.extract.office.xlsx_styles import PLAIN, CellStyle, read_styles
from perftable_etl.extract.office.xlsx_texts import read_string
from perftable_etl.extract.office.xml import Element, child, children, parse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_MOST_COLUMNS = 16_384
_TRUE = ("1", "true", "on")


def read_workbook(data: bytes) -> list[Worksheet]:
    """The sheets of a workbook held in memory, hidden ones among them. Raises ReadError."""
    return list(_Workbook(Package(data)).sheets())


class _Workbook:
    """A workbook, and what its sheets refer to."""

    def __init__(self, package: Package) -> None:
        self._package = package
        name = main_part(package, "xl/workbook.xml")
        self._root = parse(package, name)
        self._related = related_parts(package, name)

    def sheets(self) -> Iterator[Worksheet]:
        """The sheets of cells; those of charts or macros have none."""
        listed = child(self._root, "sheets")
        for entry in () if listed is None else children(listed, "sheet"):
            part = self._related.get(relationship_id(entry))
            if part and part.kind == "worksheet":
                sheet = Worksheet(entry.get("name", ""), entry.get("state", "visible") != "visible")
                _SheetReader(self, sheet).read(parse(self._package, part.name))
                yield sheet

    @cached_property
    def strings(self) -> Sequence[Element]:
        """The strings that cells share."""
        root = self._part("sharedStrings")
        return () if root is None else list(children(root, "si"))

    @cached_property
    def styles(self) -> Sequence[CellStyle]:
        """The looks of cells."""
        root = self._part("styles")
        return () if root is None else read_styles(root)

    @cached_property
    def from_1904(self) -> bool:
        """Whether its dates count from 1904."""
        properties = child(self._root, "workbookPr")
        return properties is not None and properties.get("date1904", "0") in _TRUE

    def _part(self, kind: str) -> Element | None:
        part = next((part for part in self._related.values() if part.kind == kind), None)
        return parse(self._package, part.name) if part and part.name in self._package else None


class _SheetReader:
    """Reads the XML of one sheet."""

    def __init__(self, book: _Workbook, sheet: Worksheet) -> None:
        self._book, self._sheet = book, sheet

    def read(self, root: Element) -> None:
        """Puts all that the sheet shows into it."""
        self._sheet.hidden_columns.update(_hidden_columns(root))
        data = child(root, "sheetData")
        row = -1
        for element in () if data is None else children(data, "row"):
            row = _index(element.get("r"), row + 1)
            if _is_hidden(element):
                self._sheet.hidden_rows.add(row)
            self._read_row(element, row)
        merged = child(root, "mergeCells")
        for element in () if merged is None else children(merged, "mergeCell"):
            self._sheet.merged.extend(_area(element.get("ref", "")))

    def _read_row(self, element: Element, row: int) -> None:
        column = -1
        for cell in children(element, "c"):
            position = _position(cell.get("r", ""))
            column = position[1] if position else column + 1
            self._read_cell(cell, (row, column))

    def _read_cell(self, cell: Element, position: Position) -> None:
        number = cell.get("s", "0")
        style = self._style(int(number)) if number.isdecimal() else PLAIN
        value, formula = child(cell, "v"), child(cell, "f")
        kind = cell.get("t")
        if kind == "e" or (formula is not None and (value is None or not value.text) and kind != "str"):
            self._sheet.uncomputed.append(position)
        text = self._text(cell, value, style)
        self._sheet.put(*position, Square(text, style.sides))

    def _style(self, number: int) -> CellStyle:
        styles = self._book.styles
        return styles[number] if number < len(styles) else PLAIN

    def _text(self, cell: Element, value: Element | None, style: CellStyle) -> str:
        """What a cell shows."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            item = child(cell, "is")
            return show_text(read_string(item, style.font), style.code) if item is not None else ""
        stored = (value.text or "") if value is not None else ""
        if kind == "s":
            return show_text(self._shared(stored, style), style.code)
        if kind == "str" and value is not None:
            return show_text(stored, style.code)
        return _show(kind, stored, style.code, from_1904=self._book.from_1904) if stored else ""

    def _shared(self, index: str, style: CellStyle) -> str:
        strings = self._book.strings
        if not index.isdecimal() or int(index) >= len(strings):
            raise DamagedFile(f"a cell of sheet {self._sheet.name} refers to no text; save it again in Excel")
        return read_string(strings[int(index)], style.font)


def _show(kind: str, stored: str, code: str, *, from_1904: bool) -> str:
    """What a value that is no string shows."""
    if kind == "b":
        return "TRUE" if stored in _TRUE else "FALSE"
    if kind == "d":
        return _show_iso(stored, code)
    try:
        return stored if kind == "e" else show_number(Decimal(stored), code, from_1904=from_1904)
    except InvalidOperation:
        return stored


def _show_iso(stored: str, code: str) -> str:
    """A date that is stored as such, as the same date stored as a number shows."""
    try:
        moment = datetime.fromisoformat(stored).replace(tzinfo=None)
    except ValueError:
        return stored
    days = moment.toordinal() - date(1899, 12, 30).toordinal()
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return show_number(days + Decimal(seconds) / 86_400, code)


def _hidden_columns(root: Element) -> Iterator[int]:
    columns = child(root, "cols")
    for element in () if columns is None else children(columns, "col"):
        if element.get("hidden", "0") in _TRUE or element.get("width") == "0":
            first, last = _index(element.get("min"), 0), _index(element.get("max"), 0)
            yield from range(first, min(last + 1, _MOST_COLUMNS))


def _is_hidden(row: Element) -> bool:
    return row.get("hidden", "0") in _TRUE or row.get("ht") == "0"


def _index(text: str | None, default: int) -> int:
    """The index from 0 of a row or column that is counted from 1."""
    return int(text) - 1 if text and text.isdecimal() and text != "0" else default


def _area(reference: str) -> Iterator[GridArea]:
    """The area of a reference like A1:C7; none of one that cannot be read."""
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last or first)
    if start and end:
        rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
        yield GridArea(rows[0], columns[0], rows[1] + 1, columns[1] + 1)


def _position(reference: str) -> Position | None:
    """The row and column of a reference like C7."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
