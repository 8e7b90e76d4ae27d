"""Pages of a form that a file has twice: they are read once."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Box, Form, Place
from perftable_etl.messages import Message
from perftable_etl.records import Finding


def find_copied_pages(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """A finding on each page that has nothing of a form but what another page of it prints too."""
    own = {cell.place.page for cell in form.grid.cells if cell.text}
    copied: dict[int, list[Box]] = {}
    for cell in form.repeats:
        if cell.place.page not in own:
            copied.setdefault(cell.place.page, []).append(cell.place.box)
    for page, boxes in copied.items():
        message = Message("page {page} prints again what another page of this form prints; it is read once", page=page)
        place = Place(page, Box.around(boxes))
        yield Finding(code="page_printed_twice", severity="warning", message=message, place=place, project=ordinal)
