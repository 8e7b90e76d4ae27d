"""The reader of flattened text: lines and their places, nothing understood.

Form feeds part pages; line feeds, carriage returns, vertical tabs and Unicode's own line ends part lines. Places count
characters and lines. Tabs at the end of a line stay: each stands for a blank cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from perftable_etl.characters.code_points import printed
from perftable_etl.document import Box, LaidOutPage, Line, Place
from perftable_etl.extract.decoding import FOREIGN, decode
from perftable_etl.extract.delimited import with_tabs
from perftable_etl.extract.markup import Markup, find_entities, find_kind, find_quotes, unescape, unquote

_LINE_END = regex.compile(r"\r\n|[\r\v\x85\u2028\u2029]")


class BadCharacter(NamedTuple):
    """A byte, a control or half a character that is no text, as U+0007 or 0x94, and where U+FFFD stands for it."""

    name: str
    place: Place


class Text(NamedTuple):
    """What a text holds, and what of it is not as it should be.

    `nuls` is how many NULs followed its last character, `mended` what its mojibake was mended from (None if it was
    none), `is_mojibake` that it is some and could not be mended.
    """

    pages: tuple[LaidOutPage, ...]
    bad: tuple[BadCharacter, ...] = ()
    nuls: int = 0
    mended: str | None = None
    is_mojibake: bool = False
    markup: tuple[Markup, ...] = ()


def read_text(data: bytes) -> Text:
    """A text held in memory. Blank lines count but yield nothing. Raises NotText."""
    decoded = decode(data)
    texts = _LINE_END.sub("\n", decoded.text).split("\f")
    lines = [list(_lines(text, number)) for number, text in enumerate(texts, start=1)]
    bad = tuple(character for page in lines for line in page for character in _bad_characters(line))
    printed, markup = _as_plain([_without_marks(line) for page in lines for line in page])
    pages = (LaidOutPage(number, tuple(_filled(printed, number))) for number, _ in enumerate(lines, start=1))
    return Text(tuple(pages), bad, decoded.nuls, decoded.mended, decoded.is_mojibake, tuple(markup))


def _as_plain(lines: list[Line]) -> tuple[list[Line], list[Markup]]:
    """The lines of a text as plain text with tabs, as far as that can be made of them, and what they were."""
    if quotes := find_quotes(lines):
        lines = list(map(unquote, lines))
    kind = find_kind(lines)
    entities = find_entities(lines) if kind is None or kind.kind != "html" else None
    if entities:
        lines = list(map(unescape, lines))
        kind = find_kind(lines)
    if kind and (rows := with_tabs(lines, kind.kind)):
        lines, kind = rows, kind._replace(is_read=True)
    return lines, [markup for markup in (kind, quotes, entities) if markup]


def _lines(page: str, number: int) -> Iterator[Line]:
    for row, text in enumerate(printed(page).split("\n")):
        if text.strip():
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            yield Line(text[:end] + "\t" * text.count("\t", end), Place(number, Box(start, row, end, row + 1)))


def _filled(lines: Sequence[Line], page: int) -> Iterator[Line]:
    """The lines of a page that hold something once the marks of a quotation or of a table are taken off."""
    return (line for line in lines if line.place.page == page and line.text.strip())


def _bad_characters(line: Line) -> Iterator[BadCharacter]:
    page, row = line.place.page, line.place.box.y0
    for match in FOREIGN.finditer(line.text):
        yield BadCharacter(_name(match[0]), Place(page, Box(match.start(), row, match.end(), row + 1)))


def _name(character: str) -> str:
    """A byte as 0x94, a control as U+0007, half a character in words."""
    code = ord(character)
    return f"0x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def _without_marks(line: Line) -> Line:
    return Line(FOREIGN.sub("\ufffd", line.text), line.place)
