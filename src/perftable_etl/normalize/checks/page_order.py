"""Pages of a form that stand in the wrong order, and pages that may: nothing on them says so but where they end.

A part of a form that stands before its first page was put behind that when the form was put together, and is told. A
table goes on over a page only where the page is full: a page in the midst of a form that ends far above the others,
though the next row would fit on it, is rather the form's last.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from perftable_etl.messages import Message
from perftable_etl.normalize.checks.row_findings import row_finding
from perftable_etl.records import Declaration, Finding, Indicator

_FULL = 0.6
"""Of the height that rows have on the pages of a form: a page whose rows end above it is not full."""


def check_page_order(declaration: Declaration) -> Iterator[Finding]:
    """A finding on each page that the form goes back to, and on the last row of each page that breaks off early."""
    for above, below in pairwise(declaration.indicators):
        if below.place.page < above.place.page and _goes_on(above, below):
            yield _out_of_order(declaration, below)
    yield from _pages_not_full(declaration)


def _goes_on(above: Indicator, below: Indicator) -> bool:
    """Whether two rows have targets of one time and place: those of another begin where the first ones did."""
    return (above.phase, above.area) == (below.phase, below.area)


def _out_of_order(declaration: Declaration, below: Indicator) -> Finding:
    message = Message(
        "page {page} stands before the first page of this form, but its rows continue the form, and are read as such;"
        " compare the order of the pages with the source",
        page=below.place.page,
    )
    return row_finding(declaration, below, "pages_out_of_order", message, below.level3_raw)


def _pages_not_full(declaration: Declaration) -> Iterator[Finding]:
    """Of pages between the first and the last only."""
    pages = [list(rows) for _, rows in groupby(declaration.indicators, key=_page)]
    if len(pages) < 3:
        return
    top = min(row.place.box.y0 for rows in pages[1:] for row in rows)
    bottom = max(row.place.box.y1 for rows in pages for row in rows)
    for rows, following in pairwise(pages[1:]):
        end, room = max(row.place.box.y1 for row in rows), bottom - _height(following[0])
        if end < top + _FULL * (bottom - top) and end < room:
            yield _finding(declaration, rows[-1])


def _page(row: Indicator) -> int:
    return row.place.page


def _height(row: Indicator) -> float:
    return row.place.box.y1 - row.place.box.y0


def _finding(declaration: Declaration, last: Indicator) -> Finding:
    message = Message(
        "page {page} ends early, but the form continues on the next; compare the order of the pages with the source",
        page=last.place.page,
    )
    return row_finding(declaration, last, "page_not_full", message, last.level3_raw)
