"""Pages of a form that a file has twice: they are read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftable_etl.document import Box, Cell, Form, Place
from perftable_etl.messages import Message
from perftable_etl.records import Finding


def find_copied_pages(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """A finding on each page that has nothing of a form but what another page of it prints too."""
    if not form.repeats:
        return
    own, again = _by_page(form.grid.cells), _by_page(form.repeats)
    whole = [texts | again.get(page, set()) for page, texts in own.items()]
    for page, texts in again.items():
        if page not in own and texts in whole:
            message = Message(
                "page {page} prints again what another page of this form prints; it is read once", page=page
            )
            boxes = (cell.place.box for cell in form.repeats if cell.place.page == page)
            place = Place(page, Box.around(boxes))
            yield Finding(code="page_printed_twice", severity="warning", message=message, place=place, project=ordinal)


def _by_page(cells: Iterable[Cell]) -> dict[int, set[str]]:
    """The texts that cells have on each page."""
    found: dict[int, set[str]] = {}
    for cell in cells:
        for text, place in cell.printed:
            if text:
                found.setdefault(place.page, set()).add(text)
    return found
