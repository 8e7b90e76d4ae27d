"""Grids that do not hold: rules that part too little of a table, so that its texts say more than they do.

A page whose rules join rows or columns is read again by where its texts stand alone. That reading is kept where nothing
in it is doubtful, and it is told.
"""

from __future__ import annotations

from perftable_etl.messages import Message
from perftable_etl.normalize.reading import FormReading, Reading
from perftable_etl.records import Finding, FindingCode

_BROKEN: frozenset[FindingCode] = frozenset({"no_indicators", "row_in_two_groups", "no_name", "level2_unknown"})
"""What is said of a form whose rules join what they should part."""

_FEWEST_GAPS = 2
"""Cells with texts far apart that speak for it too."""


def broken_pages(reading: Reading) -> frozenset[int]:
    """The pages of forms whose rules do not hold."""
    gaps = {page.number: sum(flaw.kind == "lines_apart" for flaw in page.flaws) for page in reading.document.pages}
    broken = (form for form in reading.forms if _is_broken(form) or _has_gaps(form, gaps))
    return frozenset(page for form in broken for page in form.pages)


def _is_broken(form: FormReading) -> bool:
    is_printed = form.declaration is not None and not form.form.grid.is_rebuilt
    return is_printed and any(one.code in _BROKEN and one.severity != "info" for one in form.findings)


def _has_gaps(form: FormReading, gaps: dict[int, int]) -> bool:
    is_printed = form.declaration is not None and not form.form.grid.is_rebuilt
    return is_printed and any(gaps.get(page, 0) >= _FEWEST_GAPS for page in form.pages)


def choose_without_rules(reading: Reading, bare: Reading, pages: frozenset[int]) -> Reading:
    """The reading of pages by where their texts stand, where that is without fault and no form is lost; else the other.

    `bare` has those pages without their rules.
    """
    is_whole = len(bare.declarations) == len(reading.declarations) and not any(bare.faults)
    if not is_whole or _rows(bare) < _rows(reading):
        return reading
    return bare.with_findings([_told(bare, pages)])


def _rows(reading: Reading) -> int:
    return sum(len(declaration.indicators) for declaration in reading.declarations)


def _told(reading: Reading, pages: frozenset[int]) -> Finding:
    message = Message(
        "the rules on page {page} do not part all rows and columns; it was read by where its texts stand; compare the "
        "rows with the page",
        page=sorted(pages)[0],
    )
    place = next((form.form.grid.place for form in reading.forms if pages.intersection(form.pages)), None)
    return Finding(code="second_reading", severity="warning", message=message, place=place)
