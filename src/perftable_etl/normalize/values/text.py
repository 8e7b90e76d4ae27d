"""Cleaning printed text. All functions are pure: str in, str out."""

from __future__ import annotations

import html

import regex

from perftable_etl.characters.code_points import printed
from perftable_etl.characters.look_alikes import FOLDED, look_alikes, map_look_alikes
from perftable_etl.normalize.values.remembered import remembered

_SPACE = regex.compile(r"\s+")
_HTML = regex.compile(r"<(/?)(p|br|div|span|b|i|u|strong|em|font|o:p)\b[^<>]*>", regex.IGNORECASE)
# Scripts that set no space between words: ideographs, their punctuation, full-width forms.
_UNSPACED = r"\p{Han}\u3000-\u303F\uFF00-\uFFEF“”‘’…—"
_LOOSE_SPACE = regex.compile(rf"(?<=[{_UNSPACED}])\s+|\s+(?=[{_UNSPACED}])")
_LATIN_BREAK = regex.compile(r"(?<=[A-Za-z,;:])\s*\n\s*(?=[A-Za-z])")
_OTHER_BREAK = regex.compile(r"\s*\n\s*")


@remembered(65536)
def fold(text: str) -> str:
    """A key to compare printed text by: no white space, half-width, ordinary characters, none as HTML writes it."""
    if "&" in text:
        text = html.unescape(text)
    return "".join((printed(text) if "\u00ad" in text else text).translate(FOLDED).split())


_POINT = regex.compile(r"(?<=[0-9])[·・‧∙⋅。｡](?=[0-9])")


def fold_number(text: str) -> str:
    """`text` folded, where nothing but a number or a date may stand: a mark between digits is a point, however high."""
    return _POINT.sub(".", fold(text))


def join_lines(text: str) -> str:
    """Wrapped lines made one: a space between Latin words, nothing beside Han characters or inside numbers."""
    if "\n" not in text:
        return text
    return _OTHER_BREAK.sub("", _LATIN_BREAK.sub(" ", text))


_ESCAPED_BREAK = regex.compile(r"(?:\\r)?\\n|\\r")
"""A line break that a database has written as two characters."""


@remembered(16384)
def clean(text: str) -> str:
    """Text for people: lines joined, look-alikes mapped, residue of HTML and databases and stray spaces removed."""
    text = map_look_alikes(text)
    if text.isalnum():  # letters, ideographs and digits only: nothing to clean, and most names are so
        return text
    if "\\" in text:
        text = _ESCAPED_BREAK.sub("\n", text)
    text = printed(join_lines(text))
    if "<" in text:
        text = _HTML.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if len(text.split(maxsplit=1)) > 1:
        text = _SPACE.sub(" ", _LOOSE_SPACE.sub("", text))
    return text.strip()


_QUOTED = regex.compile(r'"(?P<text>[^"]*)"|“(?P<text>[^“”]*)”|\'(?P<text>[^\']*)\'')


def unquote(text: str) -> str:
    """`text` without quotation marks that enclose all of it, or an unpaired straight one at either end."""
    match = _QUOTED.fullmatch(text)
    if match:
        return str(match["text"]).strip()
    if text.count('"') == 1:
        return text.strip('"').strip()
    return text


def open_brackets(text: str) -> int:
    """How many round brackets a text opens and does not close; negative where it closes more than it opens."""
    folded = fold(text)
    return folded.count("(") - folded.count(")")


_OPENINGS = frozenset(look_alikes("(“《【「『"))
_PAIRS = (("(", ")"), ("“", "”"), ("《", "》"), ("【", "】"), ("「", "」"), ("『", "』"))


@remembered(16384)
def is_left_open(text: str) -> bool:
    """Whether a text opens a bracket or a quotation of some kind more often than it closes one."""
    if _OPENINGS.isdisjoint(text):
        return False
    folded = fold(text)
    return any(folded.count(opening) > folded.count(closing) for opening, closing in _PAIRS)


def count_characters(text: str) -> int:
    """Characters of a text, white space left out."""
    return len(text) if text.isalnum() else len("".join(text.split()))
