"""Draws a disclosure as a Word document and as a workbook, and has LibreOffice print both."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.drawing.composition import Block, Gap, Heading, HeadingSize, NewPage, Paragraph
from tests.drawing.table import DrawnCell, DrawnTable
from tests.drawing.wrap import wrap

SIZES: dict[HeadingSize, float] = {"cover": 22.0, "title": 15.0, "form": 12.0, "year": 9.0}
A4_WIDTH, A4_HEIGHT = 595.3, 841.9


@dataclass(frozen=True, slots=True)
class Paper:
    """The look of the page; lengths in points."""

    font: str = "Noto Serif CJK SC"
    size: float = 9.0
    margin: float = 50.0

    @property
    def width(self) -> float:
        return A4_WIDTH - 2 * self.margin


def writer(title: str, blocks: Iterable[Block], paper: Paper) -> bytes:
    """The PDF that LibreOffice Writer prints."""
    return _print(_document(title, blocks, paper), "page.docx")


def word(title: str, blocks: Iterable[Block], paper: Paper) -> bytes:
    """The Word document itself, as python-docx writes it."""
    return _saved(_document(title, blocks, paper))


def calc(title: str, blocks: Sequence[Block], paper: Paper) -> bytes:
    """The PDF that LibreOffice Calc prints: all forms below each other on one sheet."""
    return _print(_workbook(title, [blocks], paper), "page.xlsx")


def workbook(title: str, blocks: Sequence[Block], paper: Paper) -> bytes:
    """The workbook itself, as openpyxl writes it: what stands between page breaks is a sheet."""
    return _saved(_workbook(title, _between_page_breaks(blocks), paper))


def _between_page_breaks(blocks: Iterable[Block]) -> list[list[Block]]:
    sheets: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage):
            sheets.append([])
        else:
            sheets[-1].append(block)
    return sheets


def _saved(document: Any) -> bytes:
    """The bytes of a document, without anything of the time at which it was written."""
    stream, stable = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as written, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in written.namelist():
            data = re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", written.read(name))
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def _document(title: str, blocks: Iterable[Block], paper: Paper) -> Any:
    from docx import Document  # noqa: PLC0415  (only needed to draw samples)

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    _set_up_page(document, paper)
    for block in blocks:
        _add_block(document, block, paper)
    return document


def _workbook(title: str, sheets: Iterable[Sequence[Block]], paper: Paper) -> Any:
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = title, ""
    for number, blocks in enumerate(sheets, 1):
        widths = next(block for block in blocks if isinstance(block, DrawnTable)).widths
        sheet = _Sheet(book.create_sheet(f"项目{number}"), paper, widths)
        for block in blocks:
            sheet.add(block)
    return book


def _print(document: Any, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, name)
        document.save(str(source))
        command = [f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            ["soffice", *command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180
        )
        return source.with_suffix(".pdf").read_bytes()


def _set_up_page(document: Any, paper: Paper) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Pt(A4_WIDTH), Pt(A4_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(paper.margin)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = paper.font, Pt(paper.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), paper.font)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = False


def _add_block(document: Any, block: Block, paper: Paper) -> None:
    match block:
        case Heading(text, size):
            _add_line(document.add_paragraph(), text, SIZES[size], "center", keep=True)
        case Paragraph(text):
            _add_line(document.add_paragraph(), "　　" + text, 11.0, "left", keep=False)
        case NewPage():
            document.add_page_break()
        case Gap(points):
            _add_gap(document.add_paragraph(), points)
        case DrawnTable():
            _add_table(document, block, paper)


def _add_line(paragraph: Any, text: str, size: float, align: str, *, keep: bool) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    paragraph.alignment = _alignment(align)
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.paragraph_format.space_after = Pt(4)


def _add_gap(paragraph: Any, points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def _alignment(align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    return getattr(WD_ALIGN_PARAGRAPH, align.upper())


def _add_table(document: Any, table: DrawnTable, paper: Paper) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: PLC0415

    drawn = document.add_table(rows=len(table.rows), cols=len(table.widths))
    drawn.style, drawn.autofit, drawn.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    squares = [list(row.cells) for row in drawn.rows]
    _set_widths(drawn, squares, table, paper)
    for cell in table.cells:
        _fill(squares, cell)


def _set_widths(drawn: Any, squares: list[list[Any]], table: DrawnTable, paper: Paper) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    for column, share in enumerate(table.widths):
        width = Pt(paper.width * share / sum(table.widths))
        drawn.columns[column].width = width
        for row in squares:
            row[column].width = width


def _fill(squares: list[list[Any]], cell: DrawnCell) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL  # noqa: PLC0415

    square = squares[cell.row][cell.column].merge(squares[cell.end_row - 1][cell.end_column - 1])
    for paragraph in square.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)
    first, *others = cell.text.split("\n")
    for paragraph, text in zip(
        [square.paragraphs[0], *(square.add_paragraph() for _ in others)], [first, *others], strict=True
    ):
        paragraph.add_run(text)
        paragraph.alignment = _alignment(cell.align)
    square.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


class _Sheet:
    """A spreadsheet's page, filled from top to bottom."""

    def __init__(self, sheet: Any, paper: Paper, widths: tuple[float, ...]) -> None:
        self.sheet, self.paper, self.widths, self.next = sheet, paper, widths, 1
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        for side in ("left", "right", "top", "bottom"):
            setattr(sheet.page_margins, side, paper.margin / 72)
        for column, width in enumerate(widths):
            points = paper.width * width / sum(widths)
            sheet.column_dimensions[_letter(column)].width = points / 5.3

    def add(self, block: Block) -> None:
        match block:
            case Heading(text, size):
                self._line(text, SIZES[size])
            case Gap(points):
                self._height(self.next, points)
                self.next += 1
            case DrawnTable():
                self._table(block)
            case NewPage() | Paragraph():
                raise ValueError("a sheet holds forms only")

    def _line(self, text: str, size: float) -> None:
        self._put(DrawnCell(text, 0, 0, 1, len(self.widths)), size, ruled=False)
        self._height(self.next, size * 1.8)
        self.next += 1

    def _table(self, table: DrawnTable) -> None:
        for cell in table.cells:
            self._put(cell, self.paper.size, ruled=True)
        for row in range(len(table.rows)):
            self._height(self.next + row, self._needed(table, row))
        self.next += len(table.rows)

    def _needed(self, table: DrawnTable, row: int) -> float:
        """A row's height: sheets do not grow rows for merged cells, so each takes its share of theirs."""
        shares = (self._lines(cell) / cell.row_span for cell in table.reaching(row))
        return max(1.0, *shares) * self.paper.size * 1.55 + 5

    def _lines(self, cell: DrawnCell) -> int:
        width = self.paper.width * sum(self.widths[cell.column : cell.end_column]) / sum(self.widths)
        return len(wrap(cell.text, (width - 8) / self.paper.size))

    def _put(self, cell: DrawnCell, size: float, *, ruled: bool) -> None:
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415

        row, column = self.next + cell.row, cell.column + 1
        last_row, last_column = self.next + cell.end_row - 1, cell.end_column
        square = self.sheet.cell(row, column, cell.text or None)
        if cell.text:
            square.data_type = "s"
        square.font = Font(name=self.paper.font, size=size)
        square.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
        if ruled:
            self._rule(row, last_row, column, last_column)
        if (last_row, last_column) != (row, column):
            self.sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)

    def _rule(self, row: int, last_row: int, column: int, last_column: int) -> None:
        from openpyxl.styles import Border, Side  # noqa: PLC0415

        thin = Side(style="thin")
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                self.sheet.cell(r, c).border = Border(left=thin, right=thin, top=thin, bottom=thin)

    def _height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row].height = points


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
