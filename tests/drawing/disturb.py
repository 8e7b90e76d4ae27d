"""Disturbs the pages of a drawn PDF as publishing does: pages between, headings above, columns more, pages lost.

Bytes in, bytes out. Texts are set in the font that the pages have already (drawing/mupdf.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pymupdf

Disturb = Callable[[pymupdf.Document], None]


def disturbed(data: bytes, disturb: Disturb) -> bytes:
    """The PDF with its pages disturbed."""
    with pymupdf.open("pdf", data) as document:
        disturb(document)
        result: bytes = document.tobytes(no_new_id=True)
        return result


def without_first_page(data: bytes) -> bytes:
    """The PDF as the second file of a form that was split in two."""
    return disturbed(data, lambda document: document.delete_page(0))


def page_count(data: bytes) -> int:
    with pymupdf.open("pdf", data) as document:
        count: int = document.page_count
        return count


def _shown(text: str, x: float, y: float, size: float) -> str:
    return f"BT /F0 {size:g} Tf 1 0 0 1 {x:g} {y:g} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def _page_of(*lines: str) -> Disturb:
    """A page with a few lines only, after the first."""

    def insert(document: pymupdf.Document) -> None:
        document.fullcopy_page(0, 1)
        content = "\n".join(_shown(line, 80, 700 - 24 * index, 11) for index, line in enumerate(lines))
        document.update_stream(document[1].get_contents()[0], content.encode("ascii"))

    return insert


def _headed(text: str) -> Disturb:
    """A line above the table on every page but the first."""

    def head(document: pymupdf.Document) -> None:
        for page in list(document)[1:]:
            _append(document, page, _shown(text, 180, page.rect.height - 45, 12))

    return head


def _ruled_once_more(document: pymupdf.Document) -> None:
    """A rule from top to bottom on every page but the first, where no column ends."""
    for page in list(document)[1:]:
        _append(document, page, f"0.5 w 58 {page.rect.height - 60:g} m 58 40 l S")


def _append(document: pymupdf.Document, page: pymupdf.Page, operators: str) -> None:
    content = b"\n".join((page.read_contents(), operators.encode("ascii")))
    document.update_stream(page.get_contents()[0], content)


def _pages_swapped(document: pymupdf.Document) -> None:
    document.move_page(1, 0)


def _two_up(document: pymupdf.Document) -> None:
    """The second page to the right of the first."""
    with pymupdf.open("pdf", document.tobytes()) as copy:
        width, height = copy[0].rect.width, copy[0].rect.height
        document.delete_pages(0, 1)
        page = document.new_page(0, 2 * width, height)
        for number in (0, 1):
            page.show_pdf_page(pymupdf.Rect(number * width, 0, (number + 1) * width, height), copy, number)


DISTURBANCES: Mapping[str, Disturb] = {
    "empty page": _page_of(),
    "seal page": _page_of("（此页无正文）"),
    "prose page": _page_of("项目经费情况说明", "一、项目概述：按部门职责和年度工作安排设立。"),
    "续上表": _headed("续上表"),
    "（续）": _headed("财政项目支出绩效目标申报表（续）"),
    "head that ends in 表": _headed("预算项目绩效目标明细表"),
    "head of the budget": _headed("2025年部门预算公开"),
    "another column": _ruled_once_more,
    "pages swapped": _pages_swapped,
    "two pages on a sheet": _two_up,
}
"""What befalls the pages of a form that goes over two pages or more."""
