"""What the declarations of one document must agree on with each other, and with what is printed around them.

A unit declares a project once. A running head, or the document's title, is no part of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from perftable_etl.document import Document
from perftable_etl.messages import Message
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Declaration, Finding, Funding

_SHORTEST_HEAD = 6
"""Characters. A shorter running head may be a word of a name."""


def check_surroundings(document: Document, title: str | None, declarations: Sequence[Declaration]) -> Iterator[Finding]:
    """The findings on the declarations of one document together."""
    for first, second in pairwise(declarations):
        if _is_same_project(first, second) and _may_go_on(first, second):
            yield _declared_twice(first, second)
    heads = frozenset(_running_heads(document, title))
    if heads:
        yield from (finding for declaration in declarations for finding in _rows_with_heads(declaration, heads))


def _is_same_project(first: Declaration, second: Declaration) -> bool:
    """Whether both have one name and one unit, and the second states no other money."""
    is_same = first.name is not None and first.name == second.name
    return (
        is_same and first.implementing_unit == second.implementing_unit and second.funding in (first.funding, Funding())
    )


def _may_go_on(first: Declaration, second: Declaration) -> bool:
    """Whether the second may be the rest of the first: it opens the next page, with other rows and other groups."""
    rows = {(one.level3, one.target.raw) for one in first.indicators}
    groups = {one.level2 for one in first.indicators} - {one.level2 for one in first.indicators[-1:]}
    is_other = all((one.level3, one.target.raw) not in rows and one.level2 not in groups for one in second.indicators)
    return second.first_page == first.last_page + 1 and is_other


def _declared_twice(first: Declaration, second: Declaration) -> Finding:
    message = Message(
        "page {page} already declares the project {name}; "
        "both may be one form that repeats its head on each page; compare them",
        page=first.first_page,
        name=second.name,
    )
    place = next((source.place for source in second.sources if source.field == "name"), None)
    return Finding(
        code="project_twice", severity="warning", message=message, raw=second.name or "", place=place,
        project=second.ordinal,
    )  # fmt: skip


def _running_heads(document: Document, title: str | None) -> Iterator[str]:
    """What stands in the margins of pages, and the document's title, to be compared by."""
    noise = (one.text for page in document.pages for one in page.noise if one.kind == "running_head")
    return (key for text in (*noise, title or "") if len(key := fold(text)) >= _SHORTEST_HEAD)


def _rows_with_heads(declaration: Declaration, heads: Iterable[str]) -> Iterator[Finding]:
    """Rows whose name or target has such a text in it."""
    for indicator in declaration.indicators:
        row = fold(f"{indicator.level3_raw}\n{indicator.target.raw}")
        head = next((head for head in heads if head in row), None)
        if head:
            yield Finding(
                code="head_in_row",
                severity="warning",
                message=Message(
                    "this row contains {head}, which pages print at their edge; compare it with the page", head=head
                ),
                raw=indicator.level3_raw,
                place=indicator.place,
                project=declaration.ordinal,
                indicator=indicator.ordinal,
            )
