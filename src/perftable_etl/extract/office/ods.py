"""The reader of OpenDocument sheets (.ods): each square's text stands in the file as it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from perftable_etl.errors import EncryptedFile
from perftable_etl.extract.grid_area import GridArea
from perftable_etl.extract.office.packages import Package
from perftable_etl.extract.office.sheets import BOTTOM, LEFT, RIGHT, TOP, Square, Worksheet
from perftable_etl.extract.office.xml import Element, attribute, child, children, descendants, local, parse

_MANIFEST = "META-INF/manifest.xml"
_GROUPS = ("table-row-group", "table-rows", "table-header-rows")
_COLUMN_GROUPS = ("table-column-group", "table-columns", "table-header-columns")
_SIDES = {"border-left": LEFT, "border-top": TOP, "border-right": RIGHT, "border-bottom": BOTTOM}
_LEFT_OUT = ("annotation", "tracked-changes", "ruby-text", "note")
_FAILURES = frozenset(
    {"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "Err:502", "Err:504", "Err:508", "Err:522"}
)
"""What formulas show that failed."""

_MOST_REPEATS = 1_000
"""How often a blank square with rules is repeated where it counts; sheets are filled with them to their end."""


def read_workbook(data: bytes) -> list[Worksheet]:
    """The sheets of a workbook held in memory, hidden ones among them. Raises ReadError."""
    package = Package(data)
    _require_open(package)
    root = parse(package, "content.xml")
    styles = _OdsStyles(root)
    if "styles.xml" in package:
        styles.add(parse(package, "styles.xml"))
    return [_read(table, styles) for table in _tables(root)]


def _require_open(package: Package) -> None:
    if _MANIFEST in package and next(descendants(parse(package, _MANIFEST), "encryption-data"), None) is not None:
        raise EncryptedFile("it is encrypted with a password; save it without one")


def _tables(root: Element) -> Iterator[Element]:
    sheets = child(child(root, "body"), "spreadsheet")
    return iter(()) if sheets is None else children(sheets, "table")


class _OdsStyles:
    """What cells and sheets name their look by: ruled sides, and whether a sheet is shown."""

    def __init__(self, root: Element) -> None:
        self._styles: dict[str, Element] = {}
        self._sides: dict[str, int] = {}
        self.add(root)

    def add(self, root: Element) -> None:
        """Makes known the styles of a part."""
        for style in descendants(root, "style"):
            self._styles.setdefault(attribute(style, "name") or "", style)

    def sides(self, name: str | None) -> int:
        """The ruled sides of a cell of that style; what it does not say, its parent does."""
        if not name:
            return 0
        if name not in self._sides:
            self._sides[name] = 0  # ends a circle of parents
            self._sides[name] = self._found_sides(name)
        return self._sides[name]

    def _found_sides(self, name: str) -> int:
        style = self._styles.get(name)
        if style is None:
            return 0
        properties = child(style, "table-cell-properties")
        borders = {} if properties is None else _borders(properties)
        inherited = self.sides(attribute(style, "parent-style-name"))
        return sum(side if borders.get(side, inherited & side) else 0 for side in _SIDES.values())

    def is_displayed(self, name: str | None) -> bool:
        """Whether a sheet of that style is shown."""
        properties = child(self._styles.get(name or ""), "table-properties")
        return properties is None or attribute(properties, "display") != "false"


def _borders(properties: Element) -> Mapping[int, bool]:
    """The sides that a style speaks of, and whether each has a line."""
    found: dict[int, bool] = {}
    for name, value in properties.attrib.items():
        key = str(name).rpartition("}")[2]
        if key == "border":
            found.update({side: _is_line(str(value)) for side in _SIDES.values() if side not in found})
        elif key in _SIDES:
            found[_SIDES[key]] = _is_line(str(value))
    return found


def _is_line(border: str) -> bool:
    return bool({"none", "hidden"}.isdisjoint(border.split()))


class _ColumnRun(NamedTuple):
    """A run of columns that look alike: those before its end."""

    end: int
    style: str | None


def _read(table: Element, styles: _OdsStyles) -> Worksheet:
    sheet = Worksheet(attribute(table, "name") or "", not styles.is_displayed(attribute(table, "style-name")))
    columns: list[_ColumnRun] = []
    for column in _in_groups(table, "table-column", _COLUMN_GROUPS):
        start, count = columns[-1].end if columns else 0, _count(column, "number-columns-repeated")
        columns.append(_ColumnRun(start + count, attribute(column, "default-cell-style-name")))
        if _is_hidden(column):
            sheet.hidden_columns.update(range(start, min(start + count, 16_384)))
    row = 0
    for element in _in_groups(table, "table-row", _GROUPS):
        count = _count(element, "number-rows-repeated")
        _RepeatedRow(sheet, styles, columns, element).read(row, count)
        row += count
    return sheet


def _in_groups(parent: Element, name: str, groups: tuple[str, ...]) -> Iterator[Element]:
    """The rows or columns of a table, also those within groups."""
    for element in parent.iterchildren():
        if local(element) == name:
            yield element
        elif local(element) in groups:
            yield from _in_groups(element, name, groups)


def _is_hidden(element: Element) -> bool:
    return attribute(element, "visibility") in ("collapse", "filter")


def _count(element: Element, name: str) -> int:
    text = attribute(element, name) or "1"
    return max(int(text), 1) if text.isdecimal() else 1


class _RepeatedRow:
    """One row of a sheet, which may stand for several that are alike."""

    def __init__(self, sheet: Worksheet, styles: _OdsStyles, columns: list[_ColumnRun], element: Element) -> None:
        self._sheet, self._styles, self._columns, self._element = sheet, styles, columns, element

    def read(self, row: int, count: int) -> None:
        """Puts what it shows into the sheet, `count` times from `row` on."""
        cells = list(self._cells())
        if _is_hidden(self._element) and cells:
            self._sheet.hidden_rows.update(range(row, row + min(count, _MOST_REPEATS)))
        repeats = count if any(square.text for _, square, _ in cells) else min(count, _MOST_REPEATS)
        for repeat in range(row, row + repeats if cells else row):
            for column, square, spans in cells:
                self._sheet.put(repeat, column, square)
                if square.text in _FAILURES:
                    self._sheet.uncomputed.append((repeat, column))
                if spans != (1, 1):
                    self._sheet.merged.append(GridArea(repeat, column, repeat + spans[0], column + spans[1]))

    def _cells(self) -> Iterator[tuple[int, Square, tuple[int, int]]]:
        """The column of each square that shows or frames something, the square, and the rows and columns it spans."""
        column = 0
        for cell in self._element.iterchildren():
            count = _count(cell, "number-columns-repeated")
            square = Square(_text(cell) if local(cell) == "table-cell" else "", self._cell_sides(cell, column))
            spans = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if square != Square("", 0) or spans != (1, 1):
                repeats = count if square.text else min(count, _MOST_REPEATS)
                yield from ((column + repeat, square, spans) for repeat in range(repeats))
            column += count

    def _cell_sides(self, cell: Element, column: int) -> int:
        style = attribute(cell, "style-name") or attribute(self._element, "default-cell-style-name")
        if style is None:
            style = next((run.style for run in self._columns if column < run.end), None)
        return self._styles.sides(style)


def _text(cell: Element) -> str:
    """The paragraphs of a cell, a line each."""
    return "\n".join(_inline(paragraph).strip() for paragraph in children(cell, "p"))


def _inline(element: Element) -> str:
    """What an element within a paragraph prints."""
    parts = [element.text or ""]
    for part in element.iterchildren():
        parts.append(_part(part))
        parts.append(part.tail or "")
    return "".join(parts)


def _part(element: Element) -> str:
    name = local(element)
    if name in _LEFT_OUT:
        return ""
    if name == "s":
        return " " * min(_count(element, "c"), 100)
    return {"tab": "\t", "line-break": "\n"}.get(name) or _inline(element)
