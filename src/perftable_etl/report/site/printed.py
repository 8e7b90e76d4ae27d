"""What a file shows, for a page about it: images of its pages, its tables, its lines. This runs in a worker.

The bytes are compared with the document's id before anything is made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perftable_etl.document import Box, Grid, LaidOutPage, Raster
from perftable_etl.errors import OutOfMemory, UnreadableFile
from perftable_etl.extract.plaintext import read_text
from perftable_etl.extract.source import PdfSource
from perftable_etl.formats import TEXT, recognise
from perftable_etl.report.drawing.compact import compact
from perftable_etl.report.site.json_script import Json
from perftable_etl.system.disk import at_once, read_bytes
from perftable_etl.table_files import TABLE_READERS
from perftable_etl.tables import TableDocument

DPI = 110
"""Pixels to the inch: the smallest print is legible, and a page takes some 40 kB."""

_COARSE = 30
"""Pixels to the inch of pages that are too large for more."""

_MOST_CELLS = 20_000
"""Cells and lines of one file that a browser shows at once."""


class PrintTask(NamedTuple):
    """Which pages or tables of which document are wanted, where its bytes may be, and the folder for images."""

    document_id: str
    file_name: str
    places: tuple[Path, ...]
    pages: frozenset[int]
    folder: Path
    max_bytes: int


def print_document(task: PrintTask) -> Json:
    """What a document shows, as its page has it. Raises ReadError, UnreadableFile where its bytes are not found."""
    data = _bytes_of(task)
    found = recognise(data, task.file_name)
    if read := TABLE_READERS.get(found.name):
        return _tables(read(data), task.pages)
    return _lines(data, task.pages) if found is TEXT else _images(data, task)


def _bytes_of(task: PrintTask) -> bytes:
    for place in task.places:
        try:
            data = read_bytes(place, task.max_bytes, at_once)
        except (OSError, ValueError):
            continue
        if hashlib.sha256(data).hexdigest() == task.document_id:
            return data
    raise UnreadableFile("its bytes are neither in an archive nor at its place any more")


def _images(data: bytes, task: PrintTask) -> Json:
    source = PdfSource(data)
    try:
        pages = [_image(raster, task.folder) for raster in source.images(task.pages, DPI)]
    except (MemoryError, OutOfMemory):
        pages = [_image(raster, task.folder) for raster in source.images(task.pages, _COARSE)]
    return {"kind": "pages", "pages": pages}


def _image(raster: Raster, folder: Path) -> Json:
    """The page's file, and its size in points, which boxes are in."""
    image = compact(raster)
    name = f"{raster.number}{image.suffix}"
    (folder / name).write_bytes(image.data)
    width, height = (round(pixels * 72 / raster.dpi, 2) for pixels in (raster.width, raster.height))
    return {"number": raster.number, "image": name, "width": width, "height": height}


def _tables(document: TableDocument, numbers: frozenset[int]) -> Json:
    tables: list[Json] = []
    room = _MOST_CELLS
    for page in document.pages:
        room -= sum(len(block.cells) if isinstance(block, Grid) else 1 for block in page.blocks)
        if page.number in numbers and room >= 0:
            name = document.sheets[page.number - 1] if document.sheets else None
            tables.append({"number": page.number, "name": name, "blocks": list(_blocks(page))})
    return {"kind": "tables", "unit": document.part_kind, "tables": tables}


def _blocks(page: LaidOutPage) -> Iterator[Json]:
    for block in page.blocks:
        if isinstance(block, Grid):
            yield {"rows": list(_rows(block))}
        else:
            yield {"text": block.text, "box": _sides(block.place.box)}


def _rows(grid: Grid) -> Iterator[Json]:
    """The cells of a table, row by row: text, box, and over how many rows and columns."""
    for number in range(grid.row_count):
        cells = [cell for cell in grid.cells if cell.row == number]
        yield [
            {"text": cell.text, "box": _sides(cell.place.box), "rows": cell.row_span, "columns": cell.column_span}
            for cell in cells
        ]


def _lines(data: bytes, numbers: frozenset[int]) -> Json:
    pages = [page for page in read_text(data).pages if page.number in numbers]
    lines: list[Json] = [
        {"page": page.number, "text": block.text, "box": _sides(block.place.box)}
        for page in pages
        for block in page.blocks
        if not isinstance(block, Grid)
    ]
    return {"kind": "lines", "lines": lines[:_MOST_CELLS]}


def _sides(box: Box) -> Sequence[Json]:
    return [round(side, 2) for side in box]
