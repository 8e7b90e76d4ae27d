"""The third reader: pages without text that can be read, read from their images (scans, pages whose fonts are broken).

It reads parts of a page too: cells in which a picture or drawn shapes stand for a text.

Text recognition is an extra of this package. Nothing of it is imported before the first such page.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache

from perftable_etl.document import Box, Page, Raster, Word
from perftable_etl.extract import mupdf
from perftable_etl.extract.reader import Complain, ignore

DPI = 200
"""Pixels to the inch of the images that are read: 9 pt type is 25 pixels high. More costs time and reads no better."""


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


def read_parts(data: bytes, number: int, parts: Sequence[Box], complain: Complain = ignore) -> tuple[Word, ...]:
    """The words in some parts of a page of a PDF held in memory; none where recognition is missing."""
    if not is_installed():
        return ()
    from perftable_etl.extract.ocr import read_parts as read  # noqa: PLC0415

    (image,) = mupdf.render_pages(data, {number}, DPI, complain)
    return tuple(read(image, parts))


def read_pages(
    data: bytes, numbers: Container[int], complain: Complain = ignore, on_page: Callable[[int], None] | None = None
) -> Iterator[Page]:
    """Those pages of a PDF held in memory whose numbers (from 1) are in `numbers`; none where recognition is missing.

    Each is read before the next is drawn; `on_page` hears its number before.
    """
    read = _reader()
    if read is None:
        return
    for image in mupdf.render_pages(data, numbers, DPI, complain):
        if on_page:
            on_page(image.number)
        yield read(image)
