"""Characters on a form that say nothing: its fonts give them no meaning, or they are bytes of another encoding.

They are reported with their place, whatever the rest of the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from perftable_etl.document import Form, Place
from perftable_etl.messages import Message
from perftable_etl.records import Finding

_ILLEGIBLE = regex.compile(r"[\uFFFD\p{Co}\p{Cn}\p{Cs}]")
"""Replacement characters, private use (symbol fonts' ticks too: each font has its own), unassigned, lone surrogates."""

_MANGLED = regex.compile(
    r"[\u0080-\u0084\u0086-\u009F]"
    r"|(?=[\u00A1-\u00FF]{4})[\u00A1-\u00FF]*?(?:[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF][\u00A1-\u00FF]*?){2}"
    r"|[\u00E4-\u00E9][\u0080-\u00BF\u0152-\u0178\u02C6\u02DC\u2013-\u203A\u20AC\u2122]{2}"
)
"""Bytes of Chinese text read one by one (网 as ç½‘): no language sets four signs of the upper half of Latin-1 in a row,
and no text has the control characters of that half, but for the line break."""

_UPPER_HALF = re.compile("[\u0080-\u00ff]")
"""One of the signs that each of these has at least; most forms have none."""


def illegible_characters(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """A finding for each text of a form with such a character; `ordinal` is that of the form's declaration."""
    everything = "".join([line.text for line in form.heading] + [cell.text for cell in form.grid.cells])
    is_printable = everything.replace("\n", "").isprintable()
    if is_printable and "\ufffd" not in everything and not _is_mangled(everything):
        return  # nearly all forms; the categories in question are not printable
    for text, place in _texts(form):
        if _ILLEGIBLE.search(text):
            yield _finding(_unmapped(text), text, place, ordinal)
        elif _is_mangled(text):
            yield _finding("its characters are the bytes of another encoding", text, place, ordinal)


def _is_mangled(text: str) -> bool:
    return _UPPER_HALF.search(text) is not None and _MANGLED.search(text) is not None


def _texts(form: Form) -> Iterator[tuple[str, Place]]:
    yield from ((line.text, line.place) for line in form.heading)
    for cell in form.grid.cells:
        yield from cell.printed


def _unmapped(text: str) -> str:
    count = len(_ILLEGIBLE.findall(text))
    characters = "a character" if count == 1 else Message("{count} characters", count=count)
    return Message("{characters} cannot be read, because the font has no map to Unicode", characters=characters)


def _finding(what: str, text: str, place: Place, project: int | None) -> Finding:
    return Finding(
        code="illegible_character",
        severity="warning",
        message=Message("{what}; read it on the page", what=what),
        raw=text,
        place=place,
        project=project,
    )
