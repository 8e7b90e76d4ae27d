"""Images of pages that are small: print in eight greys, scans as lossy as the eye allows."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image

from perftable_etl.document import Raster

_DARKEST_FIRST = [round(round(shade / 255 * 7) * 15 / 7) for shade in range(256)]
"""Eight shades of the sixteen that four bits have: edges of print still look smooth, and more would take more room."""

_MOST_OF_PRINT = 150_000
"""Bytes that no page of print takes. What takes more is a scan, whose noise is no print."""

_SCAN_QUALITY = 40


class CompactImage(NamedTuple):
    """The bytes of an image, and how its file's name ends."""

    data: bytes
    suffix: str


def compact(raster: Raster) -> CompactImage:
    """The page in grey: a PNG of print, a WebP of a scan."""
    page = Image.frombytes("RGB", (raster.width, raster.height), raster.samples)
    grey = page.convert("L")
    print_ = _encoded(grey.point(_DARKEST_FIRST), "PNG", bits=4)
    if len(print_) <= _MOST_OF_PRINT:
        return CompactImage(print_, ".png")
    return min(
        CompactImage(print_, ".png"), CompactImage(_encoded(page, "WEBP", quality=_SCAN_QUALITY), ".webp"), key=_size
    )


def _size(image: CompactImage) -> int:
    return len(image.data)


def _encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
