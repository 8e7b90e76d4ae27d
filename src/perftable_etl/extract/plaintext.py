"""The reader of flattened text: lines and their places, nothing understood.

UTF-8, with or without a byte-order mark, or GB18030; form feeds part pages. Places count characters and lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from perftable_etl.document import Box, Line, Place, Sheet
from perftable_etl.errors import NotText
from perftable_etl.glyphs import printed

# C0 controls but tab, line feed, form feed and carriage return: text has none.
_BINARY = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """The pages of a text held in memory. Blank lines count but yield nothing. Raises NotText."""
    if data.startswith(b"%PDF-"):
        raise NotText("it is a PDF; name it .pdf")
    pages = _decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for number, page in enumerate(pages, start=1):
        yield Sheet(number, tuple(_lines(page, number)))


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise NotText("it is no text in UTF-8 or GB18030; save it as UTF-8")


def _lines(page: str, number: int) -> Iterator[Line]:
    for row, text in enumerate(printed(page).split("\n")):
        if text.strip():
            start = len(text) - len(text.lstrip())
            yield Line(text.rstrip(), Place(number, Box(start, row, len(text.rstrip()), row + 1)))
