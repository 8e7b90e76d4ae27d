"""Images of pages that are small: print in sixteen greys, scans as lossy as the eye allows."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image

from perftable_etl.document import Raster

_GREYS = 17
"""Of 256 shades every 17th is kept: four bits a pixel, which edges of print still look smooth in."""

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
    print_ = _encoded(grey.point(lambda shade: shade // _GREYS), "PNG", bits=4)
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
