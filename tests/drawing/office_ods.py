"""Writes forms as OpenDocument sheets (.ods) in raw XML: what each cell shows stands in it as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
_STYLES = (
    '<office:automatic-styles><style:style style:name="ruled" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.05pt solid #000000"/></style:style></office:automatic-styles>'
)
_TO_THE_END = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def write_ods(forms: Iterable[DrawnForm], column: int = 0) -> bytes:
    """A workbook with a sheet for each form, which begins in this column (from 0)."""
    sheets = "".join(_sheet(f"项目{number}", form, column) for number, form in enumerate(forms, 1))
    return package(sheets)


def package(sheets: str) -> bytes:
    """A workbook of these sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>{_STYLES}'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sheet(name: str, form: DrawnForm, column: int) -> str:
    rows = [
        f"<table:table-row>{_skipped(column)}{_cell(DrawnCell(line, 0, 0), '')}</table:table-row>"
        for line in form.heading
    ]
    rows += [_row(form.table, row, column) for row in range(len(form.table.rows))]
    return f"<table:table table:name={quoteattr(name)}>{''.join(rows)}{_TO_THE_END}</table:table>"


def _skipped(columns: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{columns}"/>' if columns else ""


def _row(drawn: DrawnTable, row: int, column: int) -> str:
    return f"<table:table-row>{_skipped(column)}{''.join(_squares(drawn, row))}</table:table-row>"


def _squares(drawn: DrawnTable, row: int) -> Iterator[str]:
    """The squares of a row: what a merged cell covers is said too."""
    for cell in sorted(drawn.reaching(row), key=lambda cell: cell.column):
        covered = '<table:covered-table-cell table:style-name="ruled"/>'
        yield _cell(cell, "ruled") if cell.row == row else covered
        yield covered * (cell.column_span - 1)


def _cell(cell: DrawnCell, style: str) -> str:
    spans = f' table:number-columns-spanned="{cell.column_span}" table:number-rows-spanned="{cell.row_span}"'
    spanned = spans if (cell.row_span, cell.column_span) != (1, 1) else ""
    look = f' table:style-name="{style}"' if style else ""
    kind = ' office:value-type="string"' if cell.text else ""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n")) if cell.text else ""
    return f"<table:table-cell{look}{kind}{spanned}>{paragraphs}</table:table-cell>"
