"""One file from bytes to outcome. The only module that knows the order of the stages."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from perftable_etl.document import LEGIBLE, Document, Form, Page, Raster, Sheet
from perftable_etl.errors import EmptyFile, NoText, OutOfMemory, ReadError, UnreadableFile, UnsupportedFile
from perftable_etl.extract import mupdf, plaintext, plumber
from perftable_etl.extract.grids import lay_out
from perftable_etl.extract.noise import without_noise
from perftable_etl.extract.recognition import OnPage, is_installed, recognise
from perftable_etl.normalize.agreement import Opinion, settle
from perftable_etl.normalize.aligned import rebuild as aligned
from perftable_etl.normalize.flattened import rebuild as flattened
from perftable_etl.normalize.margins import clear_margins
from perftable_etl.normalize.reading import Reading, not_rebuilt, understand
from perftable_etl.provenance import INSTALL, damage_findings, noise_findings, source_findings
from perftable_etl.records import MediaType, Outcome
from perftable_etl.text_provenance import text_findings

_MEDIA_TYPES: dict[str, MediaType] = {".pdf": "application/pdf", ".txt": "text/plain"}

READABLE_SUFFIXES = frozenset(_MEDIA_TYPES)
"""The endings, in lower case, of the files that `parse` reads."""

_NOTHING = Reading(Document(()), None, ())


class Examination(NamedTuple):
    """What one file yields, and what was seen of it on the way: its pages and the forms read; none where it failed."""

    outcome: Outcome
    sheets: tuple[Sheet, ...]
    forms: tuple[Form, ...]


def parse(path: str | Path, *, on_page: OnPage | None = None) -> Outcome:
    """What one file yields. Never raises on bad content: status, code and message of the outcome say what happened.

    `on_page` hears (page, of pages) before a page is recognised in its image, which takes seconds.
    """
    return examine(path, on_page=on_page).outcome


def examine(path: str | Path, *, on_page: OnPage | None = None) -> Examination:
    """What `parse` gives, with what it rests on."""
    started = perf_counter()
    path = Path(path)
    reading = _NOTHING
    try:
        with _without_garbage_collection():
            data = _read_bytes(path)
            reading = _read(data, _media_type(path), on_page or _unheard)
            outcome = _succeeded(path, data, reading)
    except ReadError as error:
        outcome = failed(path, error)
    except MemoryError:
        outcome = failed(path, OutOfMemory())
    outcome = outcome.model_copy(update={"seconds": perf_counter() - started})
    return Examination(outcome, reading.document.sheets, tuple(form.form for form in reading.forms if form.declaration))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pauses the search for reference cycles: a parse makes none, and it took a tenth of the time to find that."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _unheard(page: int, pages: int) -> None:
    """Nobody follows the pages."""


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


def _read(data: bytes, media_type: MediaType, on_page: OnPage) -> Reading:
    return _read_text(data) if media_type == "text/plain" else _read_pdf(data, on_page)


def _read_text(data: bytes) -> Reading:
    text = plaintext.read_text(data)
    rebuilt = flattened.rebuild(Document(text.sheets))
    reading = understand(rebuilt.document, not_rebuilt)
    return reading.with_findings((*text_findings(text), *rebuilt.findings))


def _read_pdf(data: bytes, on_page: OnPage) -> Reading:
    printed = tuple(mupdf.read_pages(data))
    complaints = mupdf.complaints()
    legible = _reread_illegible(printed, data)
    pages = tuple(recognise(data, legible, on_page))
    _require_text(printed, pages)
    otherwise = {page.number: page for page, before in zip(pages, printed, strict=True) if page is not before}
    reading = _confirm(_understand(pages, data, otherwise), pages, data, otherwise)
    damage = damage_findings(complaints, len(reading.forms))
    sources = source_findings(printed, pages)
    left_out = noise_findings(noise for sheet in reading.document.sheets for noise in sheet.noise)
    return reading.with_findings((*damage, *sources, *left_out))


def _reread_illegible(printed: Sequence[Page], data: bytes) -> Sequence[Page]:
    """The pages, those that MuPDF cannot read the fonts of as pdfplumber reads them, if it can."""
    illegible = frozenset(page.number for page in printed if page.legibility < LEGIBLE)
    if not illegible:
        return printed
    reread = {page.number: page for page in plumber.read_pages(data, illegible) if page.legibility >= LEGIBLE}
    return tuple(page if page.is_scan else reread.get(page.number, page) for page in printed)


def _require_text(printed: Sequence[Page], pages: Sequence[Page]) -> None:
    """Raises NoText unless some page has words most of which can be read."""
    if any(page.words and page.legibility > 0.5 for page in pages):
        return
    if any(page.needs_recognition for page in printed) and not is_installed():
        raise NoText(f"no page of it has text that can be read, as in a scan; {INSTALL}")
    raise NoText(
        "no page of it has any text, nor an image of text for recognition (OCR); check that it is the right file"
    )


def _understand(pages: Iterable[Page], data: bytes, whole: Mapping[int, Page]) -> Reading:
    """What pages mean: by the rules on them, and by where their text stands where there are none.

    `whole` are the pages that MuPDF cannot be asked for again, character by character.
    """
    document = clear_margins(Document(tuple(lay_out(without_noise(page)) for page in pages)))
    unruled = aligned.unruled_pages(document)
    if not unruled:
        return understand(document)
    characters = {page.number: page for page in mupdf.read_characters(data, unruled - whole.keys())}
    again = (without_noise(characters.get(number) or whole[number]) for number in sorted(unruled))
    rebuilt = aligned.rebuild(document, again)
    return understand(rebuilt.document).with_findings(rebuilt.findings)


def _confirm(first: Reading, pages: Sequence[Page], data: bytes, otherwise: Mapping[int, Page]) -> Reading:
    """The reading, where it is doubtful settled with what the second reader makes of those pages.

    A page that was read `otherwise` than by MuPDF, or that it finds no words on, has no second reading.
    """
    doubtful = first.doubtful_pages - otherwise.keys()
    if not doubtful:
        return first
    again = {page.number: page for page in plumber.read_pages(data, doubtful) if page.words}
    second = _understand((again.get(page.number, page) for page in pages), data, {**otherwise, **again})
    return settle(Opinion("MuPDF", first), Opinion("pdfplumber", second), frozenset(again))


def _succeeded(path: Path, data: bytes, reading: Reading) -> Outcome:
    findings = reading.all_findings
    needs_review = any(finding.severity != "info" for finding in findings)
    return Outcome(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=name_of(path),
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


def failed(path: Path, error: ReadError) -> Outcome:
    """The outcome of a file that cannot be read. Without any bytes, its place stands in for them in the id."""
    uri = path.resolve().as_uri()
    digest, size = hashlib.sha256(uri.encode()), 0
    with suppress(OSError), path.open("rb") as file:
        if size := file.seek(0, os.SEEK_END):
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256")
    return Outcome(
        document_id=digest.hexdigest(),
        file_name=name_of(path),
        source_uri=uri,
        media_type=_MEDIA_TYPES.get(path.suffix.lower()),
        byte_size=size,
        status="failed",
        error_code=error.code,
        error_message=f"{name_of(path)}: {error}",
    )


def name_of(path: Path) -> str:
    r"""A file's name, its bytes that are no UTF-8 as \xNN: what is unpacked from old archives is often GB18030."""
    return os.fsencode(path.name).decode(errors="backslashreplace")
