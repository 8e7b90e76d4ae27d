"""Turns a drawn PDF into a scanned one: pages that are images and nothing else, askew, noisy and blurred on demand."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a page is scanned. The defaults are a good scanner: level, 200 dpi, a little noise."""

    dpi: int = 200
    skew: float = 0.0  # degrees, clockwise is positive
    turn: int = 0  # quarter turns, clockwise
    noise: float = 4.0  # standard deviation of a pixel's brightness
    blur: float = 0.0  # radius of the lens's blur in pixels
    paper: int = 250  # brightness of white
    jpeg_quality: int = 85
    seed: int = 0


PLAIN = Scanner()


def scan(data: bytes, scanner: Scanner = PLAIN, pages: frozenset[int] | None = None) -> bytes:
    """The PDF with its pages scanned; where `pages` are given (numbers from 1), only those."""
    with pymupdf.open("pdf", data) as drawn, pymupdf.open() as scanned:
        for index in range(drawn.page_count):
            if pages is None or index + 1 in pages:
                _add_scan(scanned, drawn[index], scanner)
            else:
                scanned.insert_pdf(drawn, from_page=index, to_page=index)
        result: bytes = scanned.tobytes(no_new_id=True)
        return result


def _add_scan(scanned: pymupdf.Document, page: pymupdf.Page, scanner: Scanner) -> None:
    image = np.rot90(photograph(page, scanner), -scanner.turn)
    _, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, scanner.jpeg_quality])
    height, width = (side * 72 / scanner.dpi for side in image.shape)
    sheet = scanned.new_page(width=width, height=height)
    sheet.insert_image(sheet.rect, stream=jpeg.tobytes())


def photograph(page: pymupdf.Page, scanner: Scanner) -> Image:
    """What the scanner sees of a page, in grey."""
    pixels = page.get_pixmap(dpi=scanner.dpi, colorspace=pymupdf.csGRAY)
    image = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    middle = (pixels.width / 2, pixels.height / 2)
    # OpenCV turns counter-clockwise.
    turning = cv2.getRotationMatrix2D(middle, -scanner.skew, 1.0)
    image = cv2.warpAffine(
        image, turning, (pixels.width, pixels.height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    if scanner.blur:
        image = cv2.GaussianBlur(image, (0, 0), scanner.blur)
    grain = np.random.default_rng(scanner.seed).normal(0, scanner.noise, image.shape)
    seen: Image = np.clip(image * (scanner.paper / 255) + grain, 0, 255).astype(np.uint8)
    return seen
