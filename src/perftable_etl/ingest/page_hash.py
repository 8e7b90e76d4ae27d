"""What a web page says by its tables, as one hash: the rest of it changes every night (counters, dates, adverts).

Where it has forms, they alone count, since a counter may stand in a table too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.document import Cell, Document, Grid
from perftable_etl.errors import ReadError
from perftable_etl.formats import recognise
from perftable_etl.normalize.forms.find import find_forms
from perftable_etl.normalize.layouts.collection import default_layouts
from perftable_etl.system.disk import at_once, read_bytes
from perftable_etl.table_files import TABLE_READERS


def content_of(path: Path) -> str | None:
    """The hash of a page's tables; None where it has none, or cannot be read."""
    try:
        data = read_bytes(path, MAX_BYTES, at_once)
        document = TABLE_READERS[recognise(data, path.name).name](data)
    except (KeyError, OSError, ReadError):
        return None
    return _hash(_of_forms(document)) or _hash(_of_tables(document))


def _of_forms(document: Document) -> Iterator[Cell]:
    forms = find_forms(document, default_layouts().vocabulary)
    return (cell for form in forms for cell in form.form.grid.cells)


def _of_tables(document: Document) -> Iterator[Cell]:
    grids = (block for page in document.pages for block in page.blocks if isinstance(block, Grid))
    return (cell for grid in grids for cell in grid.cells)


def _hash(cells: Iterable[Cell]) -> str | None:
    """The hash of cells' texts and spans; None without any."""
    digest, has_some = hashlib.sha256(), False
    for cell in cells:
        text = "".join(cell.text.split())
        digest.update(f"{cell.row_span} {cell.column_span} {text}\0".encode())
        has_some = True
    return digest.hexdigest() if has_some else None
