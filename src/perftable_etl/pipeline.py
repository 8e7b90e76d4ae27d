"""One file from bytes to outcome. The only module that knows the order of the stages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from perftable_etl.document import Document, Form, Sheet
from perftable_etl.errors import EmptyFile, NoText, ReadError, UnreadableFile, UnsupportedFile
from perftable_etl.extract import mupdf, plaintext, plumber
from perftable_etl.extract.grids import lay_out
from perftable_etl.normalize.account import count_form
from perftable_etl.normalize.checks import check
from perftable_etl.normalize.flattened.rebuild import rebuild
from perftable_etl.normalize.forms import find_forms
from perftable_etl.normalize.interpret import interpret
from perftable_etl.normalize.layout import Layout, claimants, load_layouts, printed_labels
from perftable_etl.normalize.vocabulary import Title, find_title
from perftable_etl.records import Declaration, Finding, MediaType, Outcome

_MEDIA_TYPES: dict[str, MediaType] = {".pdf": "application/pdf", ".txt": "text/plain"}

READABLE_SUFFIXES = frozenset(_MEDIA_TYPES)
"""The endings, in lower case, of the files that `parse` reads."""


@dataclass(frozen=True, slots=True)
class _FormReading:
    """What one form yields: at most one declaration, findings, and the account of its characters."""

    form: Form
    declaration: Declaration | None
    findings: tuple[Finding, ...]
    accounted: int
    characters: int

    @property
    def faults(self) -> tuple[int, int, int]:
        """What speaks against this reading, the gravest first: errors, characters not accounted for, wrong sums."""
        errors = sum(finding.severity == "error" for finding in self.findings)
        return errors, self.characters - self.accounted, sum(finding.code == "sum_differs" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one document yields."""

    document: Document
    title: Title | None
    forms: tuple[_FormReading, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def faults(self) -> tuple[int, ...]:
        totals = zip(*(form.faults for form in self.forms), strict=True)
        return tuple(map(sum, totals)) if self.forms else (0, 0, 0)


def parse(path: str | Path) -> Outcome:
    """What one file yields. Never raises on bad content: status, code and message of the outcome say what happened."""
    started = perf_counter()
    path = Path(path)
    data = b""
    try:
        data = _read_bytes(path)
        outcome = _succeeded(path, data, _read(data, _media_type(path)))
    except ReadError as error:
        outcome = _failed(path, data, error)
    return outcome.model_copy(update={"seconds": perf_counter() - started})


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


def _read(data: bytes, media_type: MediaType) -> _Reading:
    if media_type == "text/plain":
        rebuilt = rebuild(Document(tuple(plaintext.read_sheets(data))))
        return replace(_understand(rebuilt.document), findings=rebuilt.findings)
    document = Document(tuple(map(lay_out, mupdf.read_pages(data))))
    if not any(sheet.blocks for sheet in document.sheets):
        raise NoText("no page of it has any text, as in a scan; run it through text recognition (OCR) first")
    reading = _confirm(_understand(document), data)
    return replace(reading, findings=(*_damage(mupdf.complaints()), *map(_scanned, filter(_is_scan, document.sheets))))


def _damage(complaints: Sequence[str]) -> Iterator[Finding]:
    if complaints:
        message = f"the file is damaged, something may be missing ({len(complaints)} complaints); fetch it again"
        yield Finding(code="damaged_file", severity="warning", message=message, raw=complaints[0])


def _is_scan(sheet: Sheet) -> bool:
    return sheet.is_scan


def _scanned(sheet: Sheet) -> Finding:
    message = f"page {sheet.number} is an image without text and was not read"
    return Finding(code="page_without_text", severity="warning", message=message)


def _understand(document: Document) -> _Reading:
    """The document's forms, each read by the one layout that claims it."""
    title = find_title(document)
    forms: list[_FormReading] = []
    ordinal = 1
    for form in find_forms(document):
        forms.append(_understand_form(form, ordinal, title.fiscal_year if title else None))
        ordinal += forms[-1].declaration is not None
    return _Reading(document, title, tuple(forms))


def _understand_form(form: Form, ordinal: int, document_year: int | None) -> _FormReading:
    layouts = claimants(printed_labels(cell.text for cell in form.grid.cells))
    if not layouts:
        return _FormReading(form, None, (_unclaimed(form),), 0, count_form(form))
    declaration, findings, accounted, characters = interpret(form, layouts[0], ordinal, document_year)
    ambiguous = (_ambiguous(form, layouts, ordinal),) if len(layouts) > 1 else ()
    return _FormReading(form, declaration, (*ambiguous, *findings, *check(declaration)), accounted, characters)


def _unclaimed(form: Form) -> Finding:
    known = ", ".join(layout.name for layout in load_layouts())
    message = f"a form on page {form.first_page} that no layout reads (known: {known}); a layout for it must be added"
    return Finding(code="layout_unclaimed", severity="error", message=message, place=form.grid.place)


def _ambiguous(form: Form, layouts: Sequence[Layout], ordinal: int) -> Finding:
    names = ", ".join(layout.name for layout in layouts)
    message = f"more than one layout claims the form ({names}); it is read as {layouts[0].name}"
    return Finding(code="layout_ambiguous", severity="warning", message=message, place=form.grid.place, project=ordinal)


def _confirm(first: _Reading, data: bytes) -> _Reading:
    """The first reading, or a second one of the pages whose forms fail their checks, where that is better."""
    doubtful = {page for form in first.forms if form.declaration and any(form.faults) for page in _pages(form.form)}
    if not doubtful:
        return first
    again = {page.number: lay_out(page) for page in plumber.read_pages(data, doubtful)}
    sheets = tuple(again.get(sheet.number, sheet) for sheet in first.document.sheets)
    second = _understand(Document(sheets))
    if len(second.forms) >= len(first.forms) and second.faults < first.faults:
        return _with_finding(second, "second_reading", "pdfplumber reads these pages better than MuPDF", doubtful)
    return first


def _pages(form: Form) -> range:
    return range(form.first_page, form.last_page + 1)


def _with_finding(reading: _Reading, code: str, message: str, pages: set[int]) -> _Reading:
    """`reading` with one more finding on its first form on one of `pages`."""
    forms = list(reading.forms)
    index = next(i for i, form in enumerate(forms) if pages.intersection(_pages(form.form)))
    form = forms[index]
    said = f"{message} (page {', '.join(map(str, sorted(pages)))}); its reading is kept"
    finding = Finding(code=code, severity="info", message=said, place=form.form.grid.place)
    forms[index] = replace(form, findings=(finding, *form.findings))
    return replace(reading, forms=tuple(forms))


def _succeeded(path: Path, data: bytes, reading: _Reading) -> Outcome:
    findings = (*reading.findings, *(finding for form in reading.forms for finding in form.findings))
    declarations = tuple(form.declaration for form in reading.forms if form.declaration)
    characters = sum(form.characters for form in reading.forms)
    accounted = sum(form.accounted for form in reading.forms)
    needs_review = any(finding.severity != "info" for finding in findings)
    return Outcome(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=path.name,
        source_uri=path.resolve().as_uri(),
        media_type=_media_type(path),
        byte_size=len(data),
        page_count=len(reading.document.sheets),
        title=_title(reading),
        organization=reading.title.organization if reading.title else None,
        fiscal_year=reading.title.fiscal_year if reading.title else _common_year(declarations),
        status="review" if needs_review else "ok" if reading.forms else "no_forms",
        coverage=accounted / characters if characters else None,
        declarations=declarations,
        findings=findings,
    )


def _title(reading: _Reading) -> str | None:
    """The document's title, else the line its first form is headed by."""
    if reading.title:
        return reading.title.text
    return next((line.text for form in reading.forms for line in form.form.heading), None)


def _common_year(declarations: Sequence[Declaration]) -> int | None:
    years = {declaration.fiscal_year for declaration in declarations}
    return years.pop() if len(years) == 1 else None


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
        seconds=0.0,
    )
