"""What a text file is besides plain text, and what of it could not be read, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perftable_etl.document import Box, Place
from perftable_etl.extract.markup import Markup, MarkupKind
from perftable_etl.extract.plaintext import BadCharacter, Text
from perftable_etl.messages import Message
from perftable_etl.records import Finding

_NAMED = 5
"""Bad characters of one page that are named one by one."""

_UNREADABLE = (
    "most of the text is unreadable, because it was saved in a wrong encoding (mojibake); "
    "fetch the original and save it as UTF-8"
)
_PASTE = "paste the table into a spreadsheet, and save it as text with tabs"
_PASTE_OR_PDF = "paste the table into a spreadsheet, and save it as text with tabs, or give the PDF it was made from"
_KINDS: dict[MarkupKind, tuple[str, str]] = {
    "box_table": ("a table drawn in characters", _PASTE_OR_PDF),
    "csv": ("a table with commas between its cells (CSV)", "open it in a spreadsheet and save it as text with tabs"),
    "encoded_mail": ("text in a transfer encoding, as in mail", "open it where it came from and save it as text"),
    "html": ("the source of a web page (HTML)", "open it in a browser and save the page's text, or give the PDF"),
    "json": ("data (JSON)", "give the PDF or the text that it was made from"),
    "markdown_table": ("a table with bars between its cells (Markdown)", _PASTE),
    "rtf": ("a document in RTF", "open it in a word processor and save it as PDF or as plain text"),
}  # fmt: skip


def text_findings(text: Text) -> Iterator[Finding]:
    """What must be told of a text: bad characters, mojibake, and what else it is than plain text."""
    yield from _bad_characters(text.bad)
    if text.nuls:
        message = Message(
            "{count} NULs follow the last character; the end may be lost; compare it with the original", count=text.nuls
        )
        yield Finding(code="bad_bytes", severity="warning", message=message, place=_end(text))
    if text.mended:
        message = Message(
            "the file is mojibake ({how}); it was repaired; compare it with the original", how=text.mended
        )
        yield Finding(code="mojibake", severity="warning", message=message, place=_start(text))
    if text.is_mojibake:
        yield Finding(code="mojibake", severity="error", message=_UNREADABLE, place=_start(text))
    yield from map(_markup, text.markup)


def _bad_characters(bad: Sequence[BadCharacter]) -> Iterator[Finding]:
    """A finding for each page that has some."""
    for page, group in groupby(bad, key=lambda character: character.place.page):
        alike = list(group)
        named = [*map(_location, alike[:_NAMED]), *(["…"] if len(alike) > _NAMED else [])]
        message = Message(
            "{count} bytes on page {page} are not text ({named}); U+FFFD replaces them; compare the lines",
            count=len(alike),
            page=page,
            named=named,
        )
        yield Finding(code="bad_bytes", severity="warning", message=message, raw=", ".join(named), place=alike[0].place)


def _location(character: BadCharacter) -> Message:
    line, column = round(character.place.box.y0) + 1, round(character.place.box.x0) + 1
    return Message("{character} in line {line}, column {column}", character=character.name, line=line, column=column)


def _markup(markup: Markup) -> Finding:
    first = round(markup.place.box.y0) + 1
    if markup.kind == "quoted_mail":
        told = "{count} lines from line {first} on are quoted mail (>); the marks were removed; compare them"
        message = Message(told, count=markup.lines, first=first)
        return Finding(code="quoted_mail", severity="warning", message=message, place=markup.place)
    if markup.kind == "escaped_entities":
        told = "{count} lines from line {first} on contain escaped characters (&ge;); they were decoded; compare them"
        message = Message(told, count=markup.lines, first=first)
        return Finding(code="escaped_entities", severity="warning", message=message, place=markup.place)
    what, then = _KINDS[markup.kind]
    if markup.is_read:
        message = Message("this is {what}, from line {first} on; its cells were read", what=what, first=first)
        return Finding(code="not_plain_text", severity="info", message=message, place=markup.place)
    message = Message(
        "this is {what}, from line {first} on, and not plain text; {then}", what=what, first=first, then=then
    )
    return Finding(code="not_plain_text", severity="error", message=message, place=markup.place)


def _start(text: Text) -> Place:
    return next((line.place for laid_out in text.pages for line in laid_out.blocks), Place(1, Box(0, 0, 0, 1)))


def _end(text: Text) -> Place:
    places = [line.place for laid_out in text.pages for line in laid_out.blocks]
    return places[-1] if places else _start(text)
