"""Which families the forms of a document may be of, so that the words of others disturb none."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.collection import Layouts


def candidates(document: Document, layouts: Layouts) -> Layouts:
    """The layouts, without the families that no form in a document can be of by its texts."""
    return layouts.narrowed(_texts(document))


def _texts(document: Document) -> Iterator[str]:
    """All that is printed, line by line and cell by cell."""
    for page in document.pages:
        for block in page.blocks:
            yield from (block.text,) if isinstance(block, Line) else (cell.text for cell in block.cells)
