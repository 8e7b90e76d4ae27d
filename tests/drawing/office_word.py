"""Writes forms as Word documents (.docx) in raw WordprocessingML, in the ways in which one thing can be said in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True, slots=True)
class WordStyle:
    """How a document says what it says.

    `bare_merges`: cells that go on have no value for it. `tracked`: changes that are not accepted yet stand in it.
    `controls`: rows and cells stand in content controls. `split`: texts are cut into runs. `arranged`: a table that
    only arranges stands around all. `leaves_out`: blank cells at the ends of rows are not written. `nested`: the
    cells of the indicators stand in a table of their own within a cell.
    """

    bare_merges: bool = False
    tracked: bool = False
    controls: bool = False
    split: bool = False
    arranged: bool = False
    leaves_out: bool = False


def write_docx(forms: Iterable[DrawnForm], style: WordStyle = WordStyle()) -> bytes:
    """The forms below each other."""
    body = "".join(part for form in forms for part in _form(form, style))
    if style.arranged:
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    return docx_package(body)


def docx_package(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A document with this body, and other parts by their names (numbering, styles, footnotes)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _DECLARATION + _TYPES)
        archive.writestr("_rels/.rels", _relationships({"officeDocument": "word/document.xml"}))
        document = f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
        archive.writestr("word/document.xml", _DECLARATION + document)
        if parts:
            related = _relationships({name: f"{name}.xml" for name in parts})
            archive.writestr("word/_rels/document.xml.rels", related)
        for name, text in (parts or {}).items():
            archive.writestr(f"word/{name}.xml", _DECLARATION + text)
    return stream.getvalue()


def _relationships(parts: dict[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONSHIP}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def _form(form: DrawnForm, style: WordStyle) -> Iterator[str]:
    yield from (paragraph(line, style) for line in form.heading)
    yield table(form.table, style)
    yield "<w:p/>"


def paragraph(text: str, style: WordStyle = WordStyle()) -> str:
    """A paragraph of one line."""
    runs = [text[: len(text) // 2], text[len(text) // 2 :]] if style.split else [text]
    written = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    if style.tracked and text:
        removed = '<w:del w:id="1" w:author="a"><w:r><w:delText>原文</w:delText></w:r></w:del>'
        written = f'{removed}<w:ins w:id="2" w:author="a">{written}</w:ins>'
    return f"<w:p>{written}</w:p>"


def table(drawn: DrawnTable, style: WordStyle) -> str:
    """A table with its grid, merged cells said as Word says them."""
    columns = "".join(f'<w:gridCol w:w="{round(width * 500)}"/>' for width in drawn.widths)
    rows = [_row(drawn, row, style) for row in range(len(drawn.rows))]
    if style.tracked:
        removed = f'<w:tr><w:trPr><w:del w:id="3" w:author="a"/></w:trPr><w:tc>{paragraph("旧行")}</w:tc></w:tr>'
        rows.insert(len(rows) // 2, removed)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(drawn: DrawnTable, row: int, style: WordStyle) -> str:
    cells = sorted(drawn.reaching(row), key=lambda cell: cell.column)
    left = _left_out(cells, row) if style.leaves_out else 0
    before = sum(cell.column_span for cell in cells[:left])
    properties = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    written = "".join(_cell(cell, row, style) for cell in cells[left:])
    found = f"<w:tr>{properties}{written}</w:tr>"
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{found}</w:sdtContent></w:sdt>" if style.controls and row % 2 else found


def _left_out(cells: Sequence[DrawnCell], row: int) -> int:
    """How many blank cells stand at the left end of a row, which need not be written."""
    blank = 0
    while blank < len(cells) - 1 and not cells[blank].text and cells[blank].row_span == cells[blank].column_span == 1:
        blank += 1
    return blank


def _cell(cell: DrawnCell, row: int, style: WordStyle) -> str:
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    begins = cell.row == row
    value = "" if style.bare_merges and not begins else f' w:val="{"restart" if begins else "continue"}"'
    merge = f"<w:vMerge{value}/>" if cell.row_span > 1 else ""
    texts = cell.text.split("\n") if begins else [""]
    content = "".join(paragraph(text, style) for text in texts)
    found = f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content}</w:tc>"
    return f"<w:sdt><w:sdtContent>{found}</w:sdtContent></w:sdt>" if style.controls and cell.column % 2 else found
