"""Draws the samples again: `python -m tests.drawing.redraw` writes those of samples/ that programs draw.

Needs Chromium, LibreOffice, WeasyPrint, python-docx, openpyxl and the fonts named below; nothing else in the project
does. Name samples on the command line (cac-2024.calc) to draw only these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from tests.drawing import html, office
from tests.drawing.budget import budget_pages
from tests.drawing.composition import Block, Plan, compose
from tests.drawing.forms import expected
from tests.drawing.html import Style
from tests.drawing.office import Paper
from tests.drawing.sources import names, source
from tests.drawing.web import Web, web

SAMPLES = Path(__file__).parents[2] / "samples"
SERIF, SANS, HEI = "Noto Serif CJK SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"
SITE = Web(frame="layout_table", breaks="p", wrapped=True, entities=True, encoding="gb18030")
Draw = Callable[[str, list[Block]], bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: which disclosure, which producer, what stands around the forms, and what kind of file it is."""

    source: str
    producer: str
    draw: Draw
    plan: Plan = field(default_factory=Plan)
    suffix: str = "pdf"

    @property
    def name(self) -> str:
        """The name of the file without its end."""
        return f"{self.source}.{self.producer}"

    @property
    def file(self) -> str:
        return f"{self.name}.{self.suffix}"


def _chromium(style: Style) -> Draw:
    return lambda title, blocks: _packed(html.chromium(title, blocks, style))


def _weasyprint(style: Style) -> Draw:
    return lambda title, blocks: html.weasyprint(title, blocks, style)


def _writer(paper: Paper) -> Draw:
    return lambda title, blocks: office.writer(title, blocks, paper)


def _calc(paper: Paper) -> Draw:
    return lambda title, blocks: office.calc(title, blocks, paper)


def _word(paper: Paper) -> Draw:
    return lambda title, blocks: office.word(title, blocks, paper)


def _workbook(paper: Paper) -> Draw:
    return lambda title, blocks: office.workbook(title, blocks, paper)


def _page(style: Style) -> Draw:
    return lambda title, blocks: html.page(title, blocks, style).encode()


def _site(name: str, style: Web) -> Draw:
    return lambda title, blocks: web(source(name), style)


def _packed(data: bytes) -> bytes:
    """The same PDF with its objects compressed: Chromium writes each Chinese glyph as an object of its own."""
    with pymupdf.open("pdf", data) as document:
        packed: bytes = document.tobytes(garbage=3, deflate=True, use_objstms=1, no_new_id=True)
    return packed


def _budget(name: str) -> Plan:
    return Plan(preface=tuple(budget_pages(source(name).title)), form_per_page=True, titled=False)


# The gaps above the second form of cac-2025 put the page break into 内容评估检查工具升级优化和使用支撑服务.
ALL = (
    Sample("cac-2024", "writer", _writer(Paper(SERIF, 9.0, 56.0))),
    Sample("cac-2024", "calc", _calc(Paper(SANS, 9.0, 50.0))),
    Sample("cac-2024", "chromium", _chromium(Style(HEI, 9.0, "1px solid #000"))),
    Sample("cac-2024", "weasyprint", _weasyprint(Style(SERIF, 10.5, "0.75pt solid #333")), Plan(form_per_page=True)),
    Sample("cac-2025", "writer", _writer(Paper(SERIF, 10.5, 60.0)), Plan(form_per_page=True, gaps={1: 61.0})),
    Sample("cac-2025", "calc", _calc(Paper(SERIF, 9.0, 50.0))),
    Sample(
        "cac-2025",
        "chromium",
        _chromium(Style(SERIF, 11.0, margin="20mm 21mm")),
        Plan(form_per_page=True, gaps={1: 17.0}),
    ),
    Sample(
        "cac-2025",
        "weasyprint",
        _weasyprint(Style(SANS, 12.0, "0.25pt solid #000", margin="20mm 21mm")),
        Plan(gaps={1: 190.0}),
    ),
    Sample("cac-2024", "word", _word(Paper(SERIF, 9.0, 56.0)), suffix="docx"),
    Sample("cac-2025", "word", _word(Paper(SERIF, 10.5, 60.0)), Plan(form_per_page=True), suffix="docx"),
    Sample("cac-2024", "sheet", _workbook(Paper(SANS, 9.0, 50.0)), suffix="xlsx"),
    Sample("cac-2025", "sheet", _workbook(Paper(SERIF, 9.0, 50.0)), Plan(form_per_page=True), suffix="xlsx"),
    Sample("cac-2024", "page", _page(Style(SANS)), suffix="html"),
    Sample("cac-2025", "site", _site("cac-2025", SITE), suffix="html"),
    Sample("district-2026", "writer", _writer(Paper(SERIF, 10.5, 60.0)), _budget("district-2026")),
    Sample("district-2026", "chromium", _chromium(Style(HEI, 10.5)), _budget("district-2026")),
)


def main(wanted: list[str]) -> None:
    """Writes the expected records of all sources, and the files wanted (all, if none is named)."""
    for name in names():
        records = json.dumps(expected(source(name)), ensure_ascii=False, indent=1)
        (SAMPLES / f"{name}.expected.json").write_text(records + "\n", "utf-8")
    for sample in ALL:
        if not wanted or sample.name in wanted:
            disclosure = source(sample.source)
            data = sample.draw(disclosure.title, list(compose(disclosure, sample.plan)))
            (SAMPLES / sample.file).write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
