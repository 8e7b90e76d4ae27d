"""A PDF is found among what was sent or saved with it, and one whose end is missing is told from one with a tail."""

from __future__ import annotations

import pymupdf
import pytest

from perftable_etl.errors import NotPdf, TruncatedFile
from perftable_etl.extract import mupdf, plumber
from perftable_etl.extract.envelope import ends_early, unwrapped
from perftable_etl.formats import is_pdf


def _pdf() -> bytes:
    document = pymupdf.open()
    document.new_page().insert_text((50, 50), "hello")
    data: bytes = document.tobytes()
    return data


BEFORE = {
    "nothing": b"",
    "an HTTP head": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
    "a long HTTP head": b"HTTP/1.1 200 OK\r\nX-Pad: " + b"a" * 2000 + b"\r\n\r\n",
    "a page that speaks of PDF": b"<html>%PDF-viewer</html>" + b" " * 3000,
}
AFTER = {
    "nothing": b"",
    "a web page": b"\n" + b"<div>footer</div>" * 300,
    "zeros": bytes(5000),
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER.keys())
def test_what_stands_around_a_pdf_is_passed_over(before: bytes, after: bytes) -> None:
    data = before + _pdf() + after
    for page in (*mupdf.read_pages(data), *plumber.read_pages(data, {1})):
        assert [word.text for word in page.words] == ["hello"]
    assert len(list(plumber.read_pages(data, {1}))) == 1


def test_a_file_with_nothing_around_it_is_not_copied() -> None:
    data = _pdf()
    assert unwrapped(data) is data


def test_a_pdf_without_its_end_is_truncated_whatever_markers_came_before() -> None:
    data = _pdf()
    started_again = data + b"\n9 0 obj\n<< /Type /Page" + b" " * 2000
    assert ends_early(data[:-20])
    assert ends_early(started_again)
    assert not ends_early(data + b"<p>not an object</p>" * 100)
    with pytest.raises(TruncatedFile):
        list(mupdf.read_pages(data[: len(data) // 2]))


def test_what_holds_no_pdf_is_none() -> None:
    page = b"<html>" + b" " * 3000 + b"%PDF-reader needed</html>"
    assert not is_pdf(page)
    with pytest.raises(NotPdf):
        list(mupdf.read_pages(page))
