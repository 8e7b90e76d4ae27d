"""Files: what stands around a PDF, boxes and turns of its pages, damage, and PDFs that hold others."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from random import Random

import pymupdf

from tests.disturbances.bases import flat, one_page, over_pages, several
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import leaves, written
from tests.disturbances.lines import tabbed_rows, text_file
from tests.disturbances.protocol import Disturbed, anywhere, disturbance, lost
from tests.drawing.forms import expected
from tests.drawing.geometry import askew, drawn_sideways, in_units_of, shifted, turned_by_viewer, turned_on_its_side


def _file(draft: Draft, data: bytes) -> Disturbed:
    pages = range(1, len(leaves(draft)) + 1)
    return Disturbed(data, expected(draft.disclosure), anywhere(*pages))


def _drawn(draft: Draft) -> bytes:
    return written(leaves(draft))


@disturbance("bytes before the header", one_page)
def _before(draft: Draft, chance: Random) -> Disturbed:
    junk = chance.choice(
        (b"\r\n" * 900, b"\0" * 1500, b"x" * 4000, b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
    )
    return _file(draft, junk + _drawn(draft))


@disturbance("bytes after the end", one_page)
def _after(draft: Draft, chance: Random) -> Disturbed:
    junk = chance.choice((b"\0" * 3000, b"<html>" + b"<p>error</p>" * 500 + b"</html>", b"\r\n" * 5000))
    return _file(draft, _drawn(draft) + junk)


@disturbance("empty crop box", one_page)
def _empty_crop_box(draft: Draft, chance: Random) -> Disturbed:
    return _file(draft, _with_box(_drawn(draft), "CropBox", chance.choice(("[0 0 0 0]", "[100 100 100 100]"))))


@disturbance("inverted boxes", one_page)
def _inverted(draft: Draft, chance: Random) -> Disturbed:
    width, height = draft.pen.page_size
    return _file(draft, _with_box(_drawn(draft), chance.choice(("MediaBox", "CropBox")), f"[{width:g} {height:g} 0 0]"))


@disturbance("crop box beyond the paper", one_page)
def _large_crop_box(draft: Draft, chance: Random) -> Disturbed:
    return _file(draft, _with_box(_drawn(draft), "CropBox", "[-200 -200 2000 2000]"))


def _with_box(data: bytes, name: str, box: str) -> bytes:
    with pymupdf.open("pdf", data) as document:
        for page in document:
            document.xref_set_key(page.xref, name, box)
        result: bytes = document.tobytes(no_new_id=True)
    return result


@disturbance("pages turned", over_pages)
def _turned(draft: Draft, chance: Random) -> Disturbed:
    turn = chance.choice((turned_by_viewer, turned_on_its_side, drawn_sideways))
    return _file(draft, turn(_drawn(draft), chance.choice((90, 180, 270))))


@disturbance("pages askew", one_page)
def _askew(draft: Draft, chance: Random) -> Disturbed:
    return _file(draft, askew(_drawn(draft), chance.choice((-2.0, 0.7, 1.5))))


@disturbance("other units and origin", one_page)
def _units(draft: Draft, chance: Random) -> Disturbed:
    data = _drawn(draft)
    return _file(draft, in_units_of(data, 2.0) if chance.random() < 0.5 else shifted(data, -150.0, 90.0))


@disturbance("portfolio", one_page)
def _portfolio(draft: Draft, chance: Random) -> Disturbed:
    """A cover page, the form in a PDF that is packed into it."""
    with pymupdf.open() as cover:
        page = cover.new_page()
        page.insert_text((72, 100), chance.choice(("Open this portfolio in a viewer.", "For the best experience")))
        cover.embfile_add("form.pdf", _drawn(draft), filename="form.pdf")
        catalogue = cover.pdf_catalog()
        cover.xref_set_key(catalogue, "Collection", "<</Type/Collection/View/D>>")
        data: bytes = cover.tobytes(no_new_id=True)
    return _file(draft, data)


@disturbance("attached PDF", one_page)
def _attached(draft: Draft, chance: Random) -> Disturbed:
    with pymupdf.open() as letter:
        page = letter.new_page()
        page.insert_text((72, 100), "See the attachment.")
        letter.embfile_add("form.pdf", _drawn(draft), filename="form.pdf")
        data: bytes = letter.tobytes(no_new_id=True)
    return _file(draft, data)


@disturbance("second attachment beside a form", several)
def _attached_beside(draft: Draft, chance: Random) -> Disturbed:
    with pymupdf.open("pdf", _drawn(draft)) as document:
        document.embfile_add("more.txt", b"x", filename="more.txt")
        data: bytes = document.tobytes(no_new_id=True)
    return _file(draft, data)


@disturbance("compressed stream damaged", one_page)
@lost
def _damaged_stream(draft: Draft, chance: Random) -> Disturbed:
    with pymupdf.open("pdf", _drawn(draft)) as document:
        content = document[0].get_contents()[0]
        packed = bytearray(zlib.compress(document.xref_stream(content)))
        share = chance.choice((0.5, 0.8, 0.95))
        packed[int(len(packed) * share)] ^= 0xFF
        document.update_stream(content, bytes(packed), compress=False)
        document.xref_set_key(content, "Filter", "/FlateDecode")
        data: bytes = document.tobytes(no_new_id=True)
    return _file(draft, data)


@disturbance("file cut off", over_pages)
@lost
def _cut_off(draft: Draft, chance: Random) -> Disturbed:
    data = _drawn(draft)
    return _file(draft, data[: int(len(data) * chance.choice((0.6, 0.9, 0.97)))])


@disturbance("table of objects damaged", one_page)
def _damaged_xref(draft: Draft, chance: Random) -> Disturbed:
    data = _drawn(draft)
    return _file(draft, re.sub(rb"startxref\s+\d+", b"startxref\n7", data))


@disturbance("part of the pages' contents missing", over_pages)
@lost
def _content_missing(draft: Draft, chance: Random) -> Disturbed:
    with pymupdf.open("pdf", _drawn(draft)) as document:
        document.xref_set_key(document[-1].xref, "Contents", "9999 0 R")
        data: bytes = document.tobytes(no_new_id=True)
    return _file(draft, data)


@disturbance("text file named .pdf", flat)
def _text_named_pdf(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    return replace(text_file(rows, draft, *range(len(rows.lines)), whole=True), suffix=".pdf")


@disturbance("PDF named .txt", one_page)
def _pdf_named_text(draft: Draft, chance: Random) -> Disturbed:
    return replace(_file(draft, _drawn(draft)), suffix=".txt")
