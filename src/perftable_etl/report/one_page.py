"""What a file yields on one of its pages."""

from __future__ import annotations

from perftable_etl.errors import UsageError
from perftable_etl.formats import part_kind_of
from perftable_etl.records import Declaration, Outcome


def on_page(outcome: Outcome, page: int) -> Outcome:
    """The outcome with what stands on one page, and its forms. Raises UsageError where there is no such page."""
    count = outcome.page_count
    if count is not None and not 1 <= page <= count:
        raise UsageError(f"{outcome.file_name} has no {part_kind_of(outcome.media_type)} {page}: it has {count}.")
    forms = (form for form in outcome.declarations if form.first_page <= page <= form.last_page)
    findings = (finding for finding in outcome.findings if finding.place is None or finding.place.page == page)
    return outcome.model_copy(
        update={
            "declarations": tuple(_on_page(form, page) for form in forms),
            "findings": tuple(findings),
        }
    )


def _on_page(form: Declaration, page: int) -> Declaration:
    rows = tuple(row for row in form.indicators if page in {row.place.page, *(one.place.page for one in row.sources)})
    return form.model_copy(update={"indicators": rows})
