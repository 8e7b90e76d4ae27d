"""What a text file is besides plain text, and what of it could not be read, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perftable_etl.document import Box, Place
from perftable_etl.extract.markup import Markup, MarkupKind
from perftable_etl.extract.plaintext import BadCharacter, Text
from perftable_etl.records import Finding

_NAMED = 5
"""Bad characters of one page that are named one by one."""

_PASTE = "paste the table into a spreadsheet, and save it as text with tabs"
_KINDS: dict[MarkupKind, tuple[str, str]] = {
    "box_table": ("a table drawn in characters", f"{_PASTE}, or give the PDF it was made from"),
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
        message = f"{text.nuls} NULs follow the last character; the end may be lost; compare it with the original"
        yield Finding(code="bad_bytes", severity="warning", message=message, place=_end(text))
    if text.mended:
        message = f"the file is mojibake ({text.mended}); it was repaired; compare it with the original"
        yield Finding(code="mojibake", severity="warning", message=message, place=_start(text))
    if text.is_mojibake:
        message = "most of the text is unreadable, because it was saved in a wrong encoding (mojibake)"
        message = f"{message}; fetch the original and save it as UTF-8"
        yield Finding(code="mojibake", severity="error", message=message, place=_start(text))
    yield from map(_markup, text.markup)


def _bad_characters(bad: Sequence[BadCharacter]) -> Iterator[Finding]:
    """A finding for each page that has some."""
    for page, group in groupby(bad, key=lambda character: character.place.page):
        alike = list(group)
        named = ", ".join(map(_location, alike[:_NAMED])) + (", …" if len(alike) > _NAMED else "")
        message = f"{len(alike)} bytes on page {page} are not text ({named}); U+FFFD replaces them; compare the lines"
        yield Finding(code="bad_bytes", severity="warning", message=message, raw=named, place=alike[0].place)


def _location(character: BadCharacter) -> str:
    box = character.place.box
    return f"{character.name} in line {box.y0 + 1:.0f}, column {box.x0 + 1:.0f}"


def _markup(markup: Markup) -> Finding:
    where = f"from line {markup.place.box.y0 + 1:.0f} on"
    if markup.kind == "quoted_mail":
        message = f"{markup.lines} lines {where} are quoted mail (>); the marks were removed; compare them"
        return Finding(code="quoted_mail", severity="warning", message=message, place=markup.place)
    if markup.kind == "escaped_entities":
        message = f"{markup.lines} lines {where} contain escaped characters (&ge;); they were decoded; compare them"
        return Finding(code="escaped_entities", severity="warning", message=message, place=markup.place)
    what, then = _KINDS[markup.kind]
    message = f"this is {what}, {where}, and not plain text; {then}"
    return Finding(code="not_plain_text", severity="error", message=message, place=markup.place)


def _start(text: Text) -> Place:
    return next((line.place for laid_out in text.pages for line in laid_out.blocks), Place(1, Box(0, 0, 0, 1)))


def _end(text: Text) -> Place:
    places = [line.place for laid_out in text.pages for line in laid_out.blocks]
    return places[-1] if places else _start(text)
