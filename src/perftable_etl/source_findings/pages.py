"""Where the text of a document comes from, and what of it was left out, as findings: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from perftable_etl.document import LEGIBLE, Box, Flaw, FlawKind, Form, Noise, NoiseKind, Page, Place
from perftable_etl.messages import Message
from perftable_etl.records import Declaration, Finding, FindingCode, Severity

_FLAWS: dict[FlawKind, tuple[FindingCode, str]] = {
    "comment_left_out": (
        "comment_on_form",
        "a comment covers this cell; the comment was left out; compare the cell with the page",
    ),
    "comment_read": (
        "comment_on_form",
        "this cell is blank except for a comment; the comment was read; compare it with the page",
    ),
    "cut_by_sheet": (
        "text_partly_hidden",
        "the edge of the sheet may cut this text, as its cell goes on over the next sheet; compare it with the source",
    ),
    "drawn": (
        "text_as_picture",
        "this cell has a picture or a drawn shape, which may show text; compare the cell with the page",
    ),
    "drawn_read": (
        "text_as_picture",
        "a picture or drawn shapes in this cell show text, which was read by text recognition; compare the cell with "
        "the page",
    ),
    "lines_apart": (
        "lines_apart",
        "the lines of this cell are far apart, so a rule between two rows may be missing; compare it with the page",
    ),
    "lines_close": (
        "lines_close",
        "the lines of this cell are too close, so another cell's text may run into it; compare the cell and "
        "its neighbours with the page",
    ),
    "off_line": (
        "text_off_line",
        "a text in this cell is off its line and may be a page number; compare the cell with the page",
    ),
    "partly_hidden": (
        "text_partly_hidden",
        "a shape hides a part of this text; that part was left out; compare the cell with the page",
    ),
    "rule_missing": (
        "lines_apart",
        "no rule parts this row from the one below, but their texts stand apart; they were read as two rows; compare "
        "them with the page",
    ),
    "ruled_through": (
        "text_ruled_through",
        "a rule runs through this text; it was left out if the rule is as long as the text; compare the cell with "
        "the page",
    ),
    "sign_underlined": (
        "sign_underlined",
        "a line is below the sign, which was read as ≥ or ≤; compare the cell with the page",
    ),
    "struck_by_comment": (
        "comment_on_form",
        "a mark strikes this text out or proposes a change; the text was read anyway; compare it with the page",
    ),
    "texts_overlap": (
        "texts_overlap",
        "two texts overlap, and one may belong to another cell; compare the cell with the page",
    ),
}
"""How each kind of flaw is told: its code, what happened and what to do."""

_FLAWS_OF_ROWS: frozenset[FlawKind] = frozenset({"lines_apart", "rule_missing"})
"""Those that tell something of an indicator's name and target only: goals have paragraphs, which stand apart."""

_MOST_NAMES = 5
"""Names of attached files that a message lists."""

INSTALL = "install text recognition: pip install 'perftable-etl[ocr]'"
"""What to do where a page must be recognised in its image and nothing here can."""


def damage_findings(complaints: Sequence[str], forms: int) -> Iterator[Finding]:
    """That a file is damaged, if its reader complained: something of its `forms` may be missing, if it has some."""
    if complaints:
        message = Message(
            "the file is damaged, and content may be missing ({count} complaints); fetch it again",
            count=len(complaints),
        )
        severity: Severity = "warning" if forms else "info"
        yield Finding(code="damaged_file", severity=severity, message=message, raw=complaints[0])


def attachment_findings(pages: Iterable[Page]) -> Iterator[Finding]:
    """That a document has other files with it, which are not read with it: they may be what it is about."""
    with_files = [page for page in pages if page.attachments]
    if with_files:
        names = [name for page in with_files for name in page.attachments]
        unnamed = len(names) - _MOST_NAMES
        message = Message(
            "{count} file(s) are attached to this one and were not read: {names}{more}; save them and load each one",
            count=len(names),
            names=names[:_MOST_NAMES],
            more=Message(" and {count} more", count=unnamed) if unnamed > 0 else "",
        )
        place = _place_of_page(with_files[0])
        yield Finding(code="attachments_not_read", severity="warning", message=message, raw=names[0], place=place)


def source_findings(printed: Iterable[Page], read: Iterable[Page]) -> Iterator[Finding]:
    """Where the text of those pages comes from that MuPDF has `printed` none of to rely on; `read` is what there is."""
    for page, source in zip(printed, read, strict=True):
        if page.legibility < LEGIBLE:
            yield _illegible(page, source)
        elif page.is_scan:
            yield _scanned(page, source)


def _illegible(page: Page, source: Page) -> Finding:
    severity: Severity = "warning"
    how: str
    if source is page:
        how = Message("to read its image, {install}", install=INSTALL)
    elif source.is_scan:
        how, severity = "it was read from its image", "info"
    else:
        how, severity = "pdfplumber can read it, and its reading is kept", "info"
    message = Message(
        "only {share:.0%} of the text of page {page} can be read, because its fonts are broken; {how}",
        share=page.legibility,
        page=page.number,
        how=how,
    )
    return Finding(code="text_layer_illegible", severity=severity, message=message, place=_place_of_page(page))


def _scanned(page: Page, source: Page) -> Finding:
    place = _place_of_page(page)
    what = Message("page {page} is an image or drawn in outlines", page=page.number)
    if source is not page:
        message = Message("{what}; it was read by text recognition", what=what)
        return Finding(code="page_by_ocr", severity="info", message=message, place=place)
    if page.words:
        told = "{what}; hidden text of unknown origin was read instead; to read the image, {install}"
        message = Message(told, what=what, install=INSTALL)
        return Finding(code="hidden_text_layer", severity="warning", message=message, place=place)
    message = Message("{what}; it has no text and was not read; {install}", what=what, install=INSTALL)
    return Finding(code="page_without_text", severity="warning", message=message, place=place)


def _place_of_page(page: Page) -> Place:
    return Place(page.number, Box(0, 0, page.width, page.height))


def noise_findings(noise: Iterable[Noise]) -> Iterator[Finding]:
    """What belongs to no form, a finding for each kind of it."""
    for kind, group in groupby(sorted(noise, key=_kind), key=_kind):
        alike = list(group)
        longest = max(alike, key=_length)
        message = Message(
            "left out as {kind}: {count} characters on {pages}, such as {text}",
            kind=kind.replace("_", " "),
            count=sum(map(_length, alike)),
            pages=_pages(alike),
            text=longest.text,
        )
        yield Finding(code="noise_left_out", severity="info", message=message, raw=longest.text, place=longest.place)


def flaw_findings(
    flaws: Iterable[Flaw], forms: Iterable[Form], declarations: Iterable[Declaration]
) -> Iterator[Finding]:
    """What is printed in a way that may make the reading of a form wrong, a finding each that names the cell."""
    flaws = list(flaws)
    pieces = [piece for form in forms for cell in form.grid.cells for piece in cell.printed] if flaws else []
    rows = list(_names_and_targets(declarations)) if flaws else []
    for flaw in flaws:
        within = rows if flaw.kind in _FLAWS_OF_ROWS else pieces
        text = next((text for text, place in within if _lies_in(flaw.place, place)), None)
        if text is not None:
            code, what = _FLAWS[flaw.kind]
            message = Message("{what}: {text}", what=what, text=flaw.text)
            yield Finding(code=code, severity="warning", message=message, raw=text, place=flaw.place)


def _names_and_targets(declarations: Iterable[Declaration]) -> Iterator[tuple[str, Place]]:
    """The text and the place of each indicator's name and target."""
    for declaration in declarations:
        for indicator in declaration.indicators:
            for source in indicator.sources:
                if source.field in {"level3", "target"}:
                    yield source.raw, source.place


def _lies_in(flaw: Place, cell: Place) -> bool:
    return flaw.page == cell.page and cell.box.holds(*flaw.box.middle)


def _length(noise: Noise) -> int:
    return len(noise.text)


def _kind(noise: Noise) -> NoiseKind:
    return noise.kind


def _pages(noise: Iterable[Noise]) -> Message:
    first, *others = sorted({one.place.page for one in noise})
    if not others:
        return Message("page {page}", page=first)
    return Message("{count} pages from {first} to {last}", count=len(others) + 1, first=first, last=others[-1])
