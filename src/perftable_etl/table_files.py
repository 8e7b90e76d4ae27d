"""Files that bring their tables with them, from bytes to a reading: what `pipeline` does with those formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from perftable_etl.anchors import without_pages
from perftable_etl.document import Place
from perftable_etl.errors import NoText, NotPdf, UnsupportedFile
from perftable_etl.formats import HTML, MHTML, PDF, Format, FormatName, format_named
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.candidates import candidates
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.normalize.reading import Reading, gridless_findings, understand
from perftable_etl.records import Finding
from perftable_etl.source_findings.pages import flaw_findings, noise_findings
from perftable_etl.source_findings.unseen import unseen_findings
from perftable_etl.tables import TableDocument

_Readers = Mapping[FormatName, Callable[[bytes], TableDocument]]


def _office() -> _Readers:
    from perftable_etl.extract.office import READERS  # noqa: PLC0415

    return READERS


def _pages() -> _Readers:
    from perftable_etl.extract.html import READERS  # noqa: PLC0415

    return READERS


def _read_late(readers: Callable[[], _Readers], name: FormatName, data: bytes) -> TableDocument:
    return readers()[name](data)


TABLE_READERS: _Readers = {
    **{name: partial(_read_late, _office, name) for name in ("docx", "ods", "xls", "xlsx")},
    **{name: partial(_read_late, _pages, name) for name in ("html", "mhtml")},
}
"""The reader of each format that brings its tables with it. It raises ReadError where it cannot read the bytes.

Nothing of it is imported before the first such file, as no other should wait for it.
"""


def read_tables(document: TableDocument, layouts: Layouts) -> Reading:
    """What the tables of a file mean. Raises NoText where nothing is printed."""
    if not any(page.blocks for page in document.pages):
        raise NoText("it has no text; check that it is the right file")
    layouts = candidates(document, layouts)
    reading = understand(document, layouts)
    noise = noise_findings(noise for page in document.pages for noise in page.noise)
    flaws = flaw_findings(
        (flaw for page in document.pages for flaw in page.flaws),
        (form.form for form in reading.forms),
        reading.declarations,
    )
    gridless = gridless_findings(document, layouts.vocabulary, _not_in_table)
    unseen = unseen_findings(document)
    reading = reading.with_findings((*noise, *flaws, *gridless, *unseen)).with_unread(document, layouts.vocabulary)
    return without_pages(reading, document)


def require_forms(reading: Reading, found: Format, name: str) -> None:
    """Lets pass what has forms, or is named as what it is: a page in place of a file says mostly that there is none.

    Raises NotPdf or UnsupportedFile.
    """
    promised = format_named(name)
    if reading.forms or promised in (None, found) or (found is not HTML and found is not MHTML):
        return
    message = (
        f"it is named as {promised.title} but is {found.title} without any form; fetch it again, or correct its name"
    )
    raise NotPdf(message) if promised is PDF else UnsupportedFile(message)


def _not_in_table(place: Place) -> Finding:
    message = Message(
        "page {page} has the labels of a form outside every table; it was not read; give the PDF",
        page=place.page,
    )
    return Finding(code="form_without_rules", severity="error", message=message, place=place)
