"""A reading of a file without pages as people follow it: in words of tables or sheets, and nothing speaks of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from perftable_etl.messages import TEMPLATE
from perftable_etl.normalize.reading import FormReading, Reading
from perftable_etl.records import Declaration, Finding, FindingCode, Source
from perftable_etl.tables import TableDocument

_OF_PAGES: frozenset[FindingCode] = frozenset({"page_not_full", "row_perhaps_cut"})
"""Findings on how much of a page is filled, which say nothing where there is none."""

_PAGE = "page {page}"


def without_pages(reading: Reading, document: TableDocument) -> Reading:
    """The reading with the places of its values as people follow them, and its findings in words of tables."""
    kind = document.part_kind
    return replace(
        reading,
        forms=tuple(_form_without_pages(form, document) for form in reading.forms),
        findings=tuple(_retold(finding, kind) for finding in reading.findings),
        unread=tuple(unread._replace(finding=_retold(unread.finding, kind)) for unread in reading.unread),
    )


def _form_without_pages(form: FormReading, document: TableDocument) -> FormReading:
    findings = tuple(_retold(finding, document.part_kind) for finding in form.findings if not _is_of_pages(finding))
    return replace(form, declaration=form.declaration and _anchored(form.declaration, document), findings=findings)


def _is_of_pages(finding: Finding) -> bool:
    """Whether a finding rests on pages: also that a bare number may be that of its page."""
    if finding.code == "page_number_in_row" and finding.details:
        return str(finding.details["number"]).isdecimal()
    return finding.code in _OF_PAGES


def _retold(finding: Finding, kind: str) -> Finding:
    """The finding with a table, or a sheet, where its message has a page."""
    template = str(finding.details[TEMPLATE]) if finding.details else ""
    if finding.details is None or _PAGE not in template:
        return finding
    page = finding.details["page"]
    details = {**finding.details, TEMPLATE: template.replace(_PAGE, f"{kind} {{page}}")}
    message = finding.message.replace(f"page {page}", f"{kind} {page}")
    return finding.model_copy(update={"message": message, "details": details})


def _anchored(declaration: Declaration, document: TableDocument) -> Declaration:
    indicators = tuple(
        row.model_copy(update={"sources": _with_anchors(row.sources, document)}) for row in declaration.indicators
    )
    return declaration.model_copy(
        update={"sources": _with_anchors(declaration.sources, document), "indicators": indicators}
    )


def _with_anchors(sources: Iterable[Source], document: TableDocument) -> tuple[Source, ...]:
    return tuple(source.model_copy(update={"anchor": document.anchor(source.place)}) for source in sources)
