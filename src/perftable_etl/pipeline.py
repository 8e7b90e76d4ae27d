"""One file from bytes to outcome. The only module that knows the order of the stages."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from traceback import extract_tb
from typing import NamedTuple

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.document import Document, Form, LaidOutPage, Page, Raster
from perftable_etl.errors import (
    Crash,
    EmptyFile,
    NoText,
    OutOfMemory,
    PerftableError,
    ReadError,
    TooManyBytes,
    UnreadableFile,
)
from perftable_etl.extract.drawn_texts import lay_out_drawn
from perftable_etl.extract.noise import without_noise
from perftable_etl.extract.recognition import is_installed
from perftable_etl.extract.source import OnPage, PdfSource, unheard
from perftable_etl.failures import failed, name_of
from perftable_etl.fingerprint import fingerprint
from perftable_etl.formats import TEXT, Format, recognise
from perftable_etl.normalize.agreement import Opinion, choose_reading
from perftable_etl.normalize.checks.blank_targets import calmed
from perftable_etl.normalize.checks.digest import digest
from perftable_etl.normalize.fallback import broken_pages, choose_without_rules
from perftable_etl.normalize.forms.candidates import candidates
from perftable_etl.normalize.forms.recurring_lines import clear_margins, clear_repeated_headings
from perftable_etl.normalize.forms.sheets_beside import with_columns_beside
from perftable_etl.normalize.interpret.publisher import find_publisher
from perftable_etl.normalize.layouts.collection import Layouts, default_layouts
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.reading import Reading, gridless_findings, not_rebuilt, not_ruled, understand
from perftable_etl.normalize.rebuild.aligned import rebuild as aligned
from perftable_etl.records import Outcome
from perftable_etl.source_findings.pages import (
    INSTALL,
    attachment_findings,
    damage_findings,
    flaw_findings,
    noise_findings,
    source_findings,
)
from perftable_etl.system.disk import TooBig, at_once, read_bytes
from perftable_etl.table_files import TABLE_READERS, read_tables, require_forms

_NOTHING = Reading(Document(()), None, ())


class Examination(NamedTuple):
    """What one file yields, and what was seen of it on the way: its pages and the forms read; none where it failed."""

    outcome: Outcome
    pages: tuple[LaidOutPage, ...]
    forms: tuple[Form, ...]


def parse(
    path: str | Path, *, layouts: Layouts | None = None, on_page: OnPage | None = None, max_bytes: int = MAX_BYTES
) -> Outcome:
    """What one file yields. Never raises on bad content: status, code and message of the outcome say what happened.

    `layouts` are those that forms are read by (`read_layouts`), the package's own where none are given. `on_page` hears
    (page, of pages) before a page is recognised in its image, which takes seconds. A file of more than `max_bytes` is
    not read.
    """
    return examine(path, layouts=layouts, on_page=on_page, max_bytes=max_bytes).outcome


def examine(
    path: str | Path, *, layouts: Layouts | None = None, on_page: OnPage | None = None, max_bytes: int = MAX_BYTES
) -> Examination:
    """What `parse` gives, with what it rests on."""
    started = perf_counter()
    path = Path(path)
    layouts = layouts or default_layouts()
    reading = _NOTHING
    try:
        data = _read_bytes(path, max_bytes)
        found = recognise(data, name_of(path))
        reading = _read(data, found, layouts, on_page or unheard)
        require_forms(reading, found, name_of(path))
        outcome = _succeeded(path, data, found, reading)
    except ReadError as error:
        outcome = failed(path, error, max_bytes)
    except MemoryError:
        outcome = failed(path, OutOfMemory(), max_bytes)
    except PerftableError:
        raise  # ended by a signal, which is no matter of the file
    except Exception as error:
        outcome = _crashed(path, error, max_bytes)
    marks = {"seconds": perf_counter() - started, "fingerprint": fingerprint(layouts.digest)}
    outcome = outcome.model_copy(update=marks)
    return Examination(outcome, reading.document.pages, tuple(form.form for form in reading.forms if form.declaration))


def _crashed(path: Path, error: Exception, max_bytes: int) -> Outcome:
    """The outcome of a file over which a fault of ours came up. Our own tests let the error through instead."""
    frame = extract_tb(error.__traceback__)[-1]
    return failed(path, Crash.of(error, f", in {Path(frame.filename).name} line {frame.lineno}"), max_bytes)


def render(path: str | Path, numbers: Container[int], dpi: int, max_bytes: int = MAX_BYTES) -> Iterator[Raster]:
    """Images of those pages of a PDF whose numbers are in `numbers`; a point of its places is dpi / 72 pixels."""
    return PdfSource(_read_bytes(Path(path), max_bytes)).images(numbers, dpi)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        data = read_bytes(path, max_bytes, at_once)
    except TooBig as error:
        raise TooManyBytes.of(max_bytes) from error
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened ({error.strerror}); check its path and permissions") from error
    except ValueError as error:
        raise UnreadableFile(f"it cannot be opened ({error}); check its path") from error
    if not data:
        raise EmptyFile("it is empty (0 bytes); fetch the file again")
    return data


def _read(data: bytes, found: Format, layouts: Layouts, on_page: OnPage) -> Reading:
    if read := TABLE_READERS.get(found.name):
        return read_tables(read(data), layouts)
    return _read_text(data, layouts) if found is TEXT else _read_pdf(PdfSource(data, on_page), layouts)


def _read_text(data: bytes, layouts: Layouts) -> Reading:
    """What a text means. Nothing of it is imported before the first text, as no PDF should wait for it."""
    from perftable_etl.extract import plaintext  # noqa: PLC0415
    from perftable_etl.normalize.rebuild import text as text_forms  # noqa: PLC0415
    from perftable_etl.source_findings.text import text_findings  # noqa: PLC0415

    text = plaintext.read_text(data)
    source = Document(text.pages)
    layouts = candidates(source, layouts)
    rebuilt = text_forms.rebuild(source, layouts.vocabulary)
    gridless = gridless_findings(rebuilt.document, layouts.vocabulary, not_rebuilt)
    findings = (*text_findings(text), *rebuilt.findings, *gridless)
    reading = understand(rebuilt.document, layouts).with_findings(findings)
    return reading.with_unread(source, layouts.vocabulary)


def _read_pdf(source: PdfSource, layouts: Layouts) -> Reading:
    printed, pages = source.pages, source.legible_pages
    _require_text(printed, pages)
    otherwise = {page.number: page for page, before in zip(pages, printed, strict=True) if page is not before}
    reading = _second_opinion(_understand(pages, source, layouts, otherwise), pages, source, layouts, otherwise)
    if broken := broken_pages(reading):
        bare = [replace(page, rules=(), shades=()) if page.number in broken else page for page in pages]
        reading = choose_without_rules(reading, _understand(bare, source, layouts, otherwise), broken)
    damage = damage_findings(source.complaints, len(reading.forms))
    sources = source_findings(printed, pages)
    left_out = noise_findings(noise for laid_out in reading.document.pages for noise in laid_out.noise)
    flaws = (flaw for laid_out in reading.document.pages for flaw in laid_out.flaws)
    flawed = flaw_findings(flaws, (form.form for form in reading.forms), reading.declarations)
    attached = attachment_findings(printed)
    return reading.with_findings((*damage, *attached, *sources, *left_out, *flawed))


def _require_text(printed: Sequence[Page], pages: Sequence[Page]) -> None:
    """Raises NoText unless some page has words most of which can be read."""
    if any(page.words and page.legibility > 0.5 for page in pages):
        return
    if any(page.needs_recognition for page in printed) and not is_installed():
        raise NoText(f"none of its pages has readable text, as in a scan; {INSTALL}")
    raise NoText("none of its pages has text, or an image of text to recognise (OCR); check that it is the right file")


def _understand(pages: Iterable[Page], source: PdfSource, layouts: Layouts, whole: Mapping[int, Page]) -> Reading:
    """What pages mean: by the rules on them, and by where their text stands where there are none.

    `whole` are the pages that MuPDF cannot be asked for again, character by character.
    """
    document = Document(tuple(lay_out_drawn(without_noise(page), source.words_in) for page in pages))
    layouts = candidates(document, layouts)
    document = with_columns_beside(clear_margins(document, layouts.vocabulary), layouts.vocabulary)
    unruled = aligned.unruled_pages(document, layouts.vocabulary)
    if not unruled:
        return _with_unread(understand(document, layouts), document, layouts.vocabulary)
    document = clear_repeated_headings(document, unruled, layouts.vocabulary)
    characters = {**source.characters(unruled - whole.keys()), **whole}
    again = (without_noise(characters[number]) for number in sorted(unruled))
    rebuilt = aligned.rebuild(document, again, layouts.vocabulary)
    reading = understand(rebuilt.document, layouts).with_findings(rebuilt.findings)
    return _with_unread(reading, document, layouts.vocabulary)


def _with_unread(reading: Reading, source: Document, vocabulary: Vocabulary) -> Reading:
    """A reading of pages with what no form took."""
    gridless = gridless_findings(reading.document, vocabulary, not_ruled)
    return reading.with_findings(gridless).with_unread(source, vocabulary)


def _second_opinion(
    first: Reading, pages: Sequence[Page], source: PdfSource, layouts: Layouts, otherwise: Mapping[int, Page]
) -> Reading:
    """The reading, where it is doubtful settled with what the second reader makes of those pages.

    A page that was read `otherwise` than by MuPDF, or that it finds no words on, has no second reading; nor has one
    with hidden words, as pdfplumber does not tell what is painted over what.
    """
    patched = {page.number for page in pages if page.is_patched}
    doubtful = first.doubtful_pages - otherwise.keys() - patched
    if not doubtful:
        return first
    first_pages = {page.number: page for page in pages}
    read = {number: page for number, page in source.second(doubtful).items() if page.words}
    again = {number: _with_annotations(page, first_pages[number]) for number, page in read.items()}
    second = _understand((again.get(page.number, page) for page in pages), source, layouts, {**otherwise, **again})
    return choose_reading(Opinion("MuPDF", first), Opinion("pdfplumber", second), frozenset(again))


def _with_annotations(page: Page, first: Page) -> Page:
    """A page as the second reader finds it, with what only the first tells."""
    return replace(page, comments=first.comments, struck=first.struck, drawn=first.drawn, shades=first.shades)


def _succeeded(path: Path, data: bytes, found: Format, reading: Reading) -> Outcome:
    findings = digest(calmed(tuple(reading.all_findings), () if found is TEXT else reading.whole_forms))
    needs_review = any(finding.severity != "info" for finding in findings)
    return Outcome(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=name_of(path),
        source_uri=path.resolve().as_uri(),
        media_type=found.media_type,
        byte_size=len(data),
        page_count=len(reading.document.pages),
        title=reading.heading,
        organization=find_publisher(reading.document, reading.title, reading.declarations),
        fiscal_year=reading.fiscal_year,
        status="review" if needs_review else "ok" if reading.forms else "no_forms",
        coverage=reading.coverage,
        declarations=reading.declarations,
        findings=findings,
    )
