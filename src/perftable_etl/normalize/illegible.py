"""Characters on a form that its fonts give no meaning to: reported with their place, whatever the rest of them says."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from perftable_etl.document import Form, Place
from perftable_etl.records import Finding

_ILLEGIBLE = regex.compile(r"[\uFFFD\p{Co}\p{Cn}\p{Cs}]")
"""Replacement characters, private use (symbol fonts' ticks too: each font has its own), unassigned, lone surrogates."""


def illegible_characters(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """A finding for each text of a form with such a character; `ordinal` is that of the form's declaration."""
    everything = "".join([*(line.text for line in form.heading), *(cell.text for cell in form.grid.cells)])
    if "\ufffd" not in everything and everything.replace("\n", "").isprintable():
        return  # nearly all forms; the categories in question are not printable
    for text, place in _texts(form):
        if _ILLEGIBLE.search(text):
            yield _finding(text, place, ordinal)


def _texts(form: Form) -> Iterator[tuple[str, Place]]:
    yield from ((line.text, line.place) for line in form.heading)
    for cell in form.grid.cells:
        yield from cell.printed


def _finding(text: str, place: Place, project: int | None) -> Finding:
    count = len(_ILLEGIBLE.findall(text))
    characters = "a character" if count == 1 else f"{count} characters"
    message = f"{characters} of it cannot be told, the file's font has no map to Unicode; read it on the page"
    return Finding(
        code="illegible_character", severity="warning", message=message, raw=text, place=place, project=project
    )
