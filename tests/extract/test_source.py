"""One source of a PDF's pages: each reader reads a page once, and no pass's complaints are lost."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Container, Iterator
from pathlib import Path

import pymupdf
import pytest

from perftable_etl import parse
from perftable_etl.document import Page, Raster
from perftable_etl.extract import mupdf, plumber, recognition
from perftable_etl.extract.source import PdfSource
from tests.drawing.scan import scan

Read = tuple[str, int]


def pdf_of(pages: int) -> bytes:
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            document.new_page().insert_text((72, 72), f"page {number}")
        data: bytes = document.tobytes()
        return data


DATA = pdf_of(3)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[Read]:
    """Counts which page each reader has read."""
    counts: Counter[Read] = Counter()

    def count(name: str, module: object, function: str) -> None:
        original: Callable[..., Iterator[Page | Raster]] = getattr(module, function)

        def counted(*arguments: object) -> Iterator[Page | Raster]:
            for page in original(*arguments):
                counts[name, page.number] += 1
                yield page

        monkeypatch.setattr(module, function, counted)

    count("words", mupdf, "read_pages")
    count("characters", mupdf, "read_characters")
    count("image", mupdf, "render_pages")
    count("second", plumber, "read_pages")
    return counts


def test_each_page_is_read_once_by_each_reader(read: Counter[Read]) -> None:
    source = PdfSource(DATA)
    assert source.pages is source.pages
    for numbers in ({2}, {1, 2}, {2, 1}):
        assert list(source.characters(numbers)) == sorted(numbers)
        assert list(source.second(numbers)) == sorted(numbers)
    words = {("words", number): 1 for number in (1, 2, 3)}
    assert read == {**words, **{(name, number): 1 for name in ("characters", "second") for number in (1, 2)}}


def test_nothing_is_read_before_it_is_asked_for(read: Counter[Read]) -> None:
    source = PdfSource(DATA)
    assert (source.characters(()), source.second(()), source.recognised(())) == ({}, {}, {})
    assert not read


def test_a_page_that_a_reader_cannot_read_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Container[int]] = []

    def read_nothing(_: bytes, numbers: Container[int]) -> Iterator[Page]:
        asked.append(numbers)
        return iter(())

    monkeypatch.setattr(plumber, "read_pages", read_nothing)
    source = PdfSource(DATA)
    assert (source.second({1, 2}), source.second({2, 3})) == ({}, {})
    assert asked == [{1, 2}, {3}]


def test_recognised_pages_are_told_before_they_are_read_and_kept(
    read: Counter[Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int, int]] = []

    def read_image(image: Raster) -> Page:
        assert heard[-1] == (image.number, 3)
        return Page(image.number, image.width, image.height, (), ())

    monkeypatch.setattr(recognition, "_reader", lambda: read_image)
    source = PdfSource(DATA, lambda *page: heard.append(page))
    assert list(source.recognised([3, 1])) == [1, 3]
    assert list(source.recognised([3])) == [3]
    assert heard == [(1, 3), (3, 3)]
    assert {one: count for one, count in read.items() if one[0] == "image"} == {("image", 1): 1, ("image", 3): 1}


def test_without_recognition_no_image_is_drawn(read: Counter[Read], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_reader", lambda: None)
    assert PdfSource(DATA).recognised([1]) == {}
    assert not read


def damaged_scan() -> bytes:
    """A scan with hidden text, whose image ends early: only who draws the page notices."""
    with pymupdf.open("pdf", scan(pdf_of(1))) as document:
        document[0].insert_text((60, 105), "Indicators", render_mode=3)
        (image,) = (entry[0] for entry in document[0].get_images())
        jpeg = document.xref_stream_raw(image)
        document.update_stream(image, jpeg[: len(jpeg) // 3], compress=False)
        document.xref_set_key(image, "Filter", "/DCTDecode")
        data: bytes = document.tobytes()
        return data


def test_complaints_of_every_pass_are_kept() -> None:
    source = PdfSource(damaged_scan())
    assert source.pages
    assert source.complaints == ()
    assert len(list(source.images({1}, 72))) == 1
    assert source.complaints


def test_a_complaint_that_is_repeated_is_kept_once() -> None:
    with pymupdf.open("pdf", DATA) as document:
        document.xref_set_key(document[0].xref, "Contents", "[999 0 R]")
        source = PdfSource(document.tobytes())
    assert source.pages
    first = source.complaints
    assert source.characters({1})
    assert first
    assert source.complaints == first


def test_parsing_leaves_the_garbage_collector_to_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("the host's garbage collector was touched")

    path = tmp_path / "file.pdf"
    path.write_bytes(DATA)
    monkeypatch.setattr(gc, "disable", refuse)
    monkeypatch.setattr(gc, "enable", refuse)
    assert parse(path).status == "no_forms"


def test_a_page_whose_content_is_not_there_is_a_complaint() -> None:
    with pymupdf.open("pdf", DATA) as document:
        document.xref_set_key(document[-1].xref, "Contents", "9999 0 R")
        source = PdfSource(document.tobytes())
    assert [len(page.words) for page in source.pages] == [2, 2, 0]
    assert len(source.complaints) == 1
