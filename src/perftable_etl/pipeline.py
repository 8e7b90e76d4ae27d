"""One file from bytes to outcome. The only module that knows the order of the stages."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from perftable_etl.document import Document, Form, Raster, Sheet
from perftable_etl.errors import EmptyFile, NoText, ReadError, UnreadableFile, UnsupportedFile
from perftable_etl.extract import mupdf, plaintext, plumber
from perftable_etl.extract.grids import lay_out
from perftable_etl.normalize.agreement import Opinion, settle
from perftable_etl.normalize.flattened.rebuild import rebuild
from perftable_etl.normalize.reading import Reading, understand
from perftable_etl.records import Finding, MediaType, Outcome

_MEDIA_TYPES: dict[str, MediaType] = {".pdf": "application/pdf", ".txt": "text/plain"}

READABLE_SUFFIXES = frozenset(_MEDIA_TYPES)
"""The endings, in lower case, of the files that `parse` reads."""

_NOTHING = Reading(Document(()), None, ())


class Examination(NamedTuple):
    """What one file yields, and what was seen of it on the way: its pages and the forms read; none where it failed."""

    outcome: Outcome
    sheets: tuple[Sheet, ...]
    forms: tuple[Form, ...]


def parse(path: str | Path) -> Outcome:
    """What one file yields. Never raises on bad content: status, code and message of the outcome say what happened."""
    return examine(path).outcome


def examine(path: str | Path) -> Examination:
    """What `parse` gives, with what it rests on."""
    started = perf_counter()
    path = Path(path)
    data = b""
    reading = _NOTHING
    try:
        data = _read_bytes(path)
        reading = _read(data, _media_type(path))
        outcome = _succeeded(path, data, reading)
    except ReadError as error:
        outcome = _failed(path, data, error)
    outcome = outcome.model_copy(update={"seconds": perf_counter() - started})
    return Examination(outcome, reading.document.sheets, tuple(form.form for form in reading.forms if form.declaration))


def render(path: str | Path, numbers: Container[int], dpi: int) -> Iterator[Raster]:
    """Images of those pages of a PDF whose numbers are in `numbers`; a point of its places is dpi / 72 pixels."""
    return mupdf.render_pages(_read_bytes(Path(path)), numbers, dpi)


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened ({error.strerror}); check its path and permissions") from error
    if not data:
        raise EmptyFile("it is empty (0 bytes); fetch the file again")
    return data


def _media_type(path: Path) -> MediaType:
    media_type = _MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise UnsupportedFile(f"files ending in {path.suffix or 'nothing'} are not read; give a .pdf or a .txt")
    return media_type


def _read(data: bytes, media_type: MediaType) -> Reading:
    if media_type == "text/plain":
        rebuilt = rebuild(Document(tuple(plaintext.read_sheets(data))))
        reading = understand(rebuilt.document)
        return replace(reading, findings=(*rebuilt.findings, *reading.findings))
    document = Document(tuple(map(lay_out, mupdf.read_pages(data))))
    if not any(sheet.blocks for sheet in document.sheets):
        raise NoText("no page of it has any text, as in a scan; run it through text recognition (OCR) first")
    reading = _confirm(understand(document), data)
    scanned = (_scanned(sheet) for sheet in document.sheets if sheet.is_scan)
    return replace(reading, findings=(*_damage(mupdf.complaints()), *scanned, *reading.findings))


def _damage(complaints: Sequence[str]) -> Iterator[Finding]:
    if complaints:
        message = f"the file is damaged, something may be missing ({len(complaints)} complaints); fetch it again"
        yield Finding(code="damaged_file", severity="warning", message=message, raw=complaints[0])


def _scanned(sheet: Sheet) -> Finding:
    message = f"page {sheet.number} is an image without text and was not read"
    return Finding(code="page_without_text", severity="warning", message=message)


def _confirm(first: Reading, data: bytes) -> Reading:
    """The reading, where it is doubtful settled with what the second reader makes of those pages.

    A page that it finds no words on, such as a scan, has no second reading.
    """
    doubtful = first.doubtful_pages
    if not doubtful:
        return first
    again = {page.number: lay_out(page) for page in plumber.read_pages(data, doubtful) if page.words}
    sheets = tuple(again.get(sheet.number, sheet) for sheet in first.document.sheets)
    second = understand(Document(sheets))
    return settle(Opinion("MuPDF", first), Opinion("pdfplumber", second), frozenset(again))


def _succeeded(path: Path, data: bytes, reading: Reading) -> Outcome:
    findings = reading.all_findings
    needs_review = any(finding.severity != "info" for finding in findings)
    return Outcome(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=path.name,
        source_uri=path.resolve().as_uri(),
        media_type=_media_type(path),
        byte_size=len(data),
        page_count=len(reading.document.sheets),
        title=reading.heading,
        organization=reading.title.organization if reading.title else None,
        fiscal_year=reading.fiscal_year,
        status="review" if needs_review else "ok" if reading.forms else "no_forms",
        coverage=reading.coverage,
        declarations=reading.declarations,
        findings=findings,
    )


def _failed(path: Path, data: bytes, error: ReadError) -> Outcome:
    """The outcome of a file that cannot be read. Without any bytes, its place stands in for them in the id."""
    uri = path.resolve().as_uri()
    return Outcome(
        document_id=hashlib.sha256(data or uri.encode()).hexdigest(),
        file_name=path.name,
        source_uri=uri,
        media_type=_MEDIA_TYPES.get(path.suffix.lower()),
        byte_size=len(data),
        status="failed",
        error_code=error.code,
        error_message=f"{path.name}: {error}",
    )
