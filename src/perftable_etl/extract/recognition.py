"""Pages without text that can be read, read from their images: scans, and pages whose fonts are broken.

Text recognition is an extra of this package. Nothing of it is imported before the first such page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from perftable_etl.document import Page, Raster
from perftable_etl.extract.mupdf import render_pages

DPI = 200
"""Pixels to the inch of the images that are read: 9 pt type is 25 pixels high. More costs time and reads no better."""

OnPage = Callable[[int, int], None]
"""Hears which page is to be recognised next, and of how many pages: each takes seconds."""


def is_installed() -> bool:
    """Whether pages can be recognised. The first answer takes half a second."""
    return _reader() is not None


@cache
def _reader() -> Callable[[Raster], Page] | None:
    try:
        from perftable_etl.extract.ocr import read_page  # noqa: PLC0415
    except ImportError:
        return None
    return read_page


def recognise(data: bytes, pages: Iterable[Page], on_page: OnPage) -> Iterator[Page]:
    """The pages of the PDF in `data`, those that need it read from their images; as they are where nothing can.

    Raises what `mupdf.render_pages` raises.
    """
    pages = tuple(pages)
    numbers = frozenset(page.number for page in pages if page.needs_recognition)
    read = _reader() if numbers else None
    if read is None:
        yield from pages
        return
    rasters = render_pages(data, numbers, DPI)
    for page in pages:
        if page.number in numbers:
            on_page(page.number, len(pages))
            yield read(next(rasters))
        else:
            yield page
