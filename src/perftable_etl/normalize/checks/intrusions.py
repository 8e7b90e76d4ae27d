"""Text of the page that has come into a row: its number at the end of a name or target, half of a bracket.

A row's texts end with words, a value or a closing bracket. A number by itself at the end of a page's last row is what
other pages print as their number; a bracket that never closes says that the rest of the text is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from perftable_etl.document import LaidOutPage
from perftable_etl.messages import Message
from perftable_etl.normalize.checks.row_findings import row_finding
from perftable_etl.normalize.layouts.headings import read_page_number
from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import is_left_open
from perftable_etl.records import Declaration, Finding, Indicator, Source

_LAST_WORD = regex.compile(
    r"(?<text>.*\S)\s*(?<number>第\s*\d{1,4}\s*页.{0,12}|[-—–]\s*\d{1,4}\s*[-—–])\s*$"
    r"|(?<text>.*\S)\s+(?<number>\S+)\s*$",
    regex.DOTALL,
)
"""A text and what may be a page number behind it: a word by itself, or one that dashes or 第…页 mark as such."""


_FEET_WORDS = """
    备注 说明 填表说明 注 填报人 填表人 联系人 联系电话 填报单位 填报日期 审核意见 审核人 负责人 单位负责人 合计
"""
_FEET = frozenset(_FEET_WORDS.split())
"""What heads the rows below an indicator table; no indicator is named so."""


def find_intrusions(declaration: Declaration, offsets: frozenset[int]) -> Iterator[Finding]:
    """A finding for each name or target that ends in its page's number, is a foot, or opens a bracket it never closes.

    `offsets` are the differences between the numbers that the document's pages print and their positions in the file.
    """
    last_rows = {row.place.page: row for row in declaration.indicators}
    for row in declaration.indicators:
        for source in row.sources:
            if source.field in {"level3", "target"} and _may_end_in_number(source.raw):
                yield from _page_number_in_source(
                    declaration, row, source, offsets if last_rows[row.place.page] is row else None
                )
        if label_key(row.level3_raw) in _FEET:
            message = "the name of this row looks like text from below the table; compare the row with the page"
            yield row_finding(declaration, row, "foot_in_row", message, row.level3_raw)
        if is_left_open(row.level3_raw) or is_left_open(row.target.raw):
            message = "a bracket in the name or the target is not closed; find the rest of the text on the page"
            yield row_finding(declaration, row, "bracket_open", message, row.level3_raw)


def page_number_offsets(pages: Iterable[LaidOutPage]) -> frozenset[int]:
    """By how much the printed page numbers are ahead of the pages' positions in the file; {0} where none is printed."""
    noise = ((note, laid_out.number) for laid_out in pages for note in laid_out.noise if note.kind == "page_number")
    found = ((read_page_number(note.text), number) for note, number in noise)
    return frozenset(printed - number for printed, number in found if printed is not None) or frozenset({0})


def _page_number_in_source(
    declaration: Declaration, row: Indicator, source: Source, offsets: frozenset[int] | None
) -> Iterator[Finding]:
    """`offsets` is None for a row with others below it on its page: a bare number there counts something."""
    match = _LAST_WORD.match(source.raw)
    number = read_page_number(match["number"]) if match else None
    if match is None or number is None:
        return
    is_marked = not match["number"].isdecimal()
    if is_marked or (offsets is not None and number - source.place.page in offsets):
        message = Message(
            "it ends in {number}, which may be the page number; compare it with the page", number=match["number"]
        )
        yield row_finding(declaration, row, "page_number_in_row", message, source.raw)


@remembered(16384)
def _may_end_in_number(text: str) -> bool:
    """Whether a text ends as a page number may; most do not, and need no closer look."""
    last = text.rstrip()[-1:]
    return last.isdigit() or last in "页-—–·"
