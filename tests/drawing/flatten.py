"""Draws a disclosure as flattened text, in the styles in which such text is found.

Tabs between cells (as copied from a spreadsheet), broken lines (as copied from a word processor's PDF), and one line
for each printed line (as a PDF library reads a page).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

import pymupdf

from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import Layout, forms
from tests.drawing.mupdf import Pen, draw
from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable
from tests.drawing.wrap import wrap

HAN_BEFORE_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")


def printed_lines(disclosure: DrawnDisclosure, pen: Pen | None = None, layout: Layout | None = None) -> str:
    """The text of the drawn PDF as MuPDF reads it: a line for each printed line, form feeds between pages."""
    return printed_text(draw(disclosure, pen, layout))


def printed_text(data: bytes) -> str:
    """The text of a PDF as MuPDF reads it: a line for each printed line, form feeds between pages."""
    with pymupdf.open("pdf", data) as document:
        return "\f".join(page.get_text() for page in document)


@dataclass(frozen=True, slots=True)
class Tabbed:
    """How cells are parted by tabs.

    `spans`: a merged cell leaves an empty field for each further column; `bare`: none at all, not for further rows
    either, as web pages are copied. After `rows_per_page` rows (0: never) a page
    ends with `page_mark`; with `drop_side` the next page's rows lack the field of the side label.
    """

    spans: bool = False
    rows_per_page: int = 0
    page_mark: str = "\n"
    drop_side: bool = False
    bare: bool = False


def tabbed(disclosure: DrawnDisclosure, style: Tabbed | None = None, layout: Layout | None = None) -> str:
    """The disclosure with a line for each row and tabs between its cells."""
    return tabbed_forms(disclosure.title, forms(disclosure, layout), style or Tabbed())


def tabbed_forms(title: str, drawn: Iterable[DrawnForm], style: Tabbed) -> str:
    """These forms under a title, which may be empty, with a line for each row and tabs between its cells."""
    parts = [f"{title}\n\n"] if title else []
    for form in drawn:
        parts += [f"{line}\n\n" for line in form.heading]
        parts += _tabbed_rows(form.table, style)
        parts.append("\n")
    return "".join(parts)


def _tabbed_rows(table: DrawnTable, style: Tabbed) -> Iterator[str]:
    broken = False
    for row, kind in enumerate(table.rows):
        if kind == "indicator" and style.rows_per_page and row and row % style.rows_per_page == 0:
            yield style.page_mark
            broken = True
        if style.bare:
            yield "\t".join(cell.text.replace("\n", " ") for cell in table.row(row)) + "\n"
            continue
        fields = _fields(table, row, style)
        dropped = fields[1:] if broken and style.drop_side else fields
        yield "\t".join([*dropped, "\n"]) if any(dropped) else ""


def _fields(table: DrawnTable, row: int, style: Tabbed) -> list[str]:
    fields: list[str] = []
    for cell in sorted(table.reaching(row), key=lambda cell: cell.column):
        fields.append(cell.text.replace("\n", " ") if cell.row == row else "")
        fields += [""] * (cell.column_span - 1) if style.spans else []
    return fields


@dataclass(frozen=True, slots=True)
class Broken:
    """How cells are broken into lines: the table is `total` em wide, minus 0.8 em of padding a cell.

    `spaced`: a blank before Latin letters and digits that follow Han characters. `loose`: a blank line also between
    the cells of a row where one of them is broken. `interleaved`: the lines of the two goals alternate. After about
    `lines_per_page` lines (0: never) a page ends with `page_mark`; with `cut_names` inside the name of an indicator,
    whose value stands on the page that ends.
    """

    total: float = 44.0
    spaced: bool = False
    loose: bool = False
    interleaved: bool = False
    lines_per_page: int = 0
    page_mark: str = "\n\n\n"
    cut_names: bool = False


def broken(disclosure: DrawnDisclosure, style: Broken | None = None, layout: Layout | None = None) -> str:
    """The disclosure as broken lines, with blank lines inside the cells."""
    return broken_forms(disclosure.title, forms(disclosure, layout), style or Broken())


def broken_forms(title: str, drawn: Iterable[DrawnForm], style: Broken) -> str:
    """These forms under a title, which may be empty, as broken lines, with blank lines inside the cells."""
    writer = _Writer(style)
    if title:
        writer.line(title)
    for form in drawn:
        writer.form(form)
    return "".join(writer.parts)


class _Writer:
    """Collects lines, and counts them for the page breaks."""

    def __init__(self, style: Broken) -> None:
        self.style = style
        self.parts: list[str] = []
        self.count = 0

    def line(self, text: str) -> None:
        self._put(text + "\n\n")

    def form(self, form: DrawnForm) -> None:
        for line in form.heading:
            self.line(line)
        for row in range(len(form.table.rows)):
            self._row(form.table, row)
        self.parts.append("\n\n")

    def _row(self, table: DrawnTable, row: int) -> None:
        cells = [self._lines(table, cell) for cell in table.row(row)]
        filled = [lines for lines in cells if lines]
        full = self.style.lines_per_page and self.count >= self.style.lines_per_page
        if table.rows[row] == "goals" and self.style.interleaved:
            filled = [[line for pair in zip_longest(*filled) for line in pair if line]]
        if full and table.rows[row] == "indicator":
            self._break(filled)
        else:
            self._cells(filled)

    def _lines(self, table: DrawnTable, cell: DrawnCell) -> list[str]:
        share = sum(table.widths[cell.column : cell.end_column]) / sum(table.widths)
        text = HAN_BEFORE_LATIN.sub(" ", cell.text) if self.style.spaced else cell.text
        return wrap(text, self.style.total * share - 0.8)

    def _break(self, cells: list[list[str]]) -> None:
        """Ends the page, within the row's name if that is asked for and possible."""
        *labels, name, value = cells
        if self.style.cut_names and len(name) > 1 and len(value) == 1:
            self._cells([*labels, name[:-1], value])
            self._new_page()
            self._cells([name[-1:]])
        else:
            self._new_page()
            self._cells(cells)

    def _new_page(self) -> None:
        self.parts.append(self.style.page_mark)
        self.count = 0

    def _cells(self, cells: list[list[str]]) -> None:
        """Whole cells share a line; a broken cell stands on lines of its own, with blank lines inside."""
        text = ""
        for before, lines in zip([None, *cells], cells, strict=False):
            text += self._joint(before, lines) + "\n\n".join(lines)
        if text:
            self._put(text + "\n\n")

    def _joint(self, before: list[str] | None, lines: list[str]) -> str:
        if before is None:
            return ""
        if len(before) == len(lines) == 1:
            return " "
        return "\n\n" if self.style.loose or (len(before) > 1 and len(lines) > 1) else "\n"

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.count += sum(1 for line in text.split("\n") if line)
