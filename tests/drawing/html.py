"""Draws a disclosure as HTML, and prints it with Chromium or WeasyPrint."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.drawing.composition import Block, Gap, Heading, NewPage, Paragraph
from tests.drawing.table import DrawnCell, DrawnTable


@dataclass(frozen=True, slots=True)
class Style:
    """The look of the page."""

    font: str = "Noto Serif CJK SC"
    size: float = 9.0
    rule: str = "0.5pt solid #000"
    padding: str = "2pt 3pt"
    margin: str = "20mm 18mm"


def chromium(title: str, blocks: Iterable[Block], style: Style) -> bytes:
    """The PDF that Chromium prints."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page(title, blocks, style), "utf-8")
        command = [
            "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        subprocess.run([_program(), *command], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def weasyprint(title: str, blocks: Iterable[Block], style: Style) -> bytes:
    """The PDF that WeasyPrint prints."""
    from weasyprint import HTML  # noqa: PLC0415  (only needed to draw samples)

    data: bytes = HTML(string=page(title, blocks, style)).write_pdf()
    return data


def _program() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise FileNotFoundError("install Chromium to print HTML")
    return found


def page(title: str, blocks: Iterable[Block], style: Style) -> str:
    """The whole HTML page."""
    body = "\n".join(part for block in blocks for part in _block(block))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_css(style)}</style></head><body>\n{body}\n</body></html>"
    )


def _css(style: Style) -> str:
    return f"""
@page {{ size: A4; margin: {style.margin}; }}
body {{ margin: 0; font: {style.size}pt/1.3 "{style.font}"; orphans: 1; widows: 1; }}
h1, h2, h3, h4 {{ margin: 0 0 6pt; text-align: center; font-weight: normal; break-after: avoid; }}
h1 {{ font-size: 22pt; padding-top: 200pt; }} h2 {{ font-size: 15pt; }} h3 {{ font-size: 12pt; }}
h4 {{ font-size: 9pt; }}
p {{ text-indent: 2em; margin: 0 0 6pt; font-size: 11pt; line-height: 1.6; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
td {{ border: {style.rule}; padding: {style.padding}; vertical-align: middle; overflow-wrap: anywhere; }}
.left {{ text-align: left; }} .center {{ text-align: center; }} .right {{ text-align: right; }}
.page {{ break-after: page; }}
"""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, size):
            tag = {"cover": "h1", "title": "h2", "form": "h3", "year": "h4"}[size]
            yield f"<{tag}>{escape(text)}</{tag}>"
        case Paragraph(text):
            yield f"<p>{escape(text)}</p>"
        case NewPage():
            yield '<div class="page"></div>'
        case Gap(points):
            yield f'<div style="height:{points:g}pt"></div>'
        case DrawnTable():
            yield from _table(block)


def _table(table: DrawnTable) -> Iterator[str]:
    yield "<table><colgroup>"
    yield from (f'<col style="width:{100 * width / sum(table.widths):.3f}%">' for width in table.widths)
    yield "</colgroup>"
    for row in range(len(table.rows)):
        yield f"<tr>{''.join(_cell(cell) for cell in table.row(row))}</tr>"
    yield "</table>"


def _cell(cell: DrawnCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    text = escape(cell.text).replace("\n", "<br>")
    return f'<td class="{cell.align}"{rows}{columns}>{text}</td>'
