"""Pages without text that can be read, read from their images: scans, and pages whose fonts are broken.

Text recognition is an extra of this package. Nothing of it is imported before the first such page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from perftable_etl.document import Page, Raster

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


def read_images(images: Iterable[Raster]) -> Iterator[Page]:
    """The pages that these images show, each read before the next image is asked for; none where nothing can."""
    read = _reader()
    if read is not None:
        yield from map(read, images)
