"""Text that is no plain text: what it was saved, copied or sent as, told by its marks alone.

Quoted mail and escaped characters are taken back, since both ways are exact. Tables whose cells print their bounds are
read (`extract.delimited`); all else is only named.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Literal, NamedTuple

import regex

from perftable_etl.document import Line, Place

MarkupKind = Literal[
    "box_table", "csv", "encoded_mail", "escaped_entities", "html", "json", "markdown_table", "quoted_mail", "rtf"
]


class Markup(NamedTuple):
    """What a text is besides plain, on how many of its lines, where that begins, and whether its cells are read."""

    kind: MarkupKind
    lines: int
    place: Place
    is_read: bool = False


_FEWEST = 3
"""Lines that must be alike: fewer may be chance, or one cell's content."""

_QUOTED = regex.compile(r"^\s*(?:(?:[>＞] ?)+|\| ?(?!.*\|))")
# Entities that cleaning does not know of already: a named one, or a character's number.
_ENTITY = regex.compile(
    r"&(?!(?:amp|lt|gt|quot|ldquo|rdquo);)(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8}[0-9]?);|&amp;#?\w{2,8};",
    regex.IGNORECASE,
)

# Marks of which each stands on a line of its own kind only.
_MARKS: tuple[tuple[MarkupKind, regex.Pattern[str]], ...] = (
    ("html", regex.compile(r"<(?:!doctype|html|head|body|table|t[rdh]|tbody|w:t|\?xml)\b[^<>]*>", regex.IGNORECASE)),
    ("rtf", regex.compile(r"^\{\\rtf|\\(?:par|pard|cell|intbl|row)\b")),
    ("box_table", regex.compile(r"[\u2500-\u257f]{2}|[\u2502\u2503\u2551]")),
    ("encoded_mail", regex.compile(r"(?:=[0-9A-F]{2}){6}|(?:%[0-9A-F]{2}){6}|(?:\\u[0-9a-f]{4}){2}", regex.IGNORECASE)),
    (
        "markdown_table",
        regex.compile(r"^\s*\|.*\S.*\|\s*$|^\s*\+(?:[-=]{2,}\+)+$|^[^|\t]+\|[^|\t]+$|^[^|\t]*(?:\|[^|\t]*){2,}$"),
    ),
    ("json", regex.compile(r'^\s*[\[{,]?\s*"[^"]*"\s*:')),
    ("csv", regex.compile(r'^(?=.*\p{L})(?:"(?:[^"]|"")*"|[^",;\t]*)(?:[,;](?:"(?:[^"]|"")*"|[^",;\t]*))+$|^"[^"]*"$')),
)
_ALONE: frozenset[MarkupKind] = frozenset({"html", "rtf"})
"""Kinds that several marks on one line are enough of."""


def find_kind(lines: Sequence[Line]) -> Markup | None:
    """What kind of file the lines are besides plain text."""
    found = (markup for kind, pattern in _MARKS if (markup := _marked(lines, kind, pattern)))
    return next(found, None)


def find_quotes(lines: Sequence[Line]) -> Markup | None:
    """Whether the lines are quoted mail."""
    quoted = [line for line in lines if _QUOTED.match(line.text)]
    is_mail = len(quoted) >= _FEWEST and len(quoted) * 2 >= len(lines)
    return Markup("quoted_mail", len(quoted), quoted[0].place) if is_mail else None


def find_entities(lines: Sequence[Line]) -> Markup | None:
    """Which of the lines have escaped characters."""
    escaped = [line for line in lines if _ENTITY.search(line.text)]
    return Markup("escaped_entities", len(escaped), escaped[0].place) if escaped else None


def _marked(lines: Sequence[Line], kind: MarkupKind, pattern: regex.Pattern[str]) -> Markup | None:
    """The lines with marks of one kind, if half of all have them, or one line has many."""
    marked = [line for line in lines if pattern.search(line.text)]
    many = kind in _ALONE and sum(len(pattern.findall(line.text)) for line in marked) >= 2 * _FEWEST
    if many or (len(marked) >= _FEWEST and len(marked) * 2 >= len(lines)):
        return Markup(kind, len(marked), marked[0].place)
    return None


def unquote(line: Line) -> Line:
    """A line of quoted mail without the marks of quotation; its place stays."""
    return Line(_QUOTED.sub("", line.text, count=1), line.place)


def unescape(line: Line) -> Line:
    """A line with the characters that its entities stand for, however often they were escaped; its place stays."""
    text, before = line.text, ""
    while text != before:
        before, text = text, _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return Line(text, line.place)
