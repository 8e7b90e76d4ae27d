"""What a document holds that nobody sees, and what it does not hold that should be seen, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from perftable_etl.messages import Message
from perftable_etl.records import Finding
from perftable_etl.tables import TableDocument, Unseen, UnseenKind

_HIDDEN: Mapping[UnseenKind, str] = {
    "hidden_row": "in hidden rows",
    "hidden_column": "in hidden columns",
    "hidden_sheet": "on a hidden sheet",
    "hidden_text": "in hidden text",
}
"""Where a person does not see a text."""


def unseen_findings(document: TableDocument) -> Iterator[Finding]:
    """A finding for each kind of unseen content of each table or sheet."""
    for (kind, _), group in groupby(sorted(document.unseen, key=_kind_and_page), key=_kind_and_page):
        alike = list(group)
        yield _hidden(alike, document) if kind in _HIDDEN else _not_computed(alike, document)


def _kind_and_page(unseen: Unseen) -> tuple[UnseenKind, int]:
    return unseen.kind, unseen.place.page


def _hidden(alike: Sequence[Unseen], document: TableDocument) -> Finding:
    longest = max(alike, key=lambda unseen: len(unseen.text))
    message = Message(
        "{count} characters {where} were left out, such as {text} ({anchor}); if they belong to the form, show them "
        "and save the file",
        count=sum(len(unseen.text) for unseen in alike),
        where=_HIDDEN[longest.kind],
        text=longest.text,
        anchor=document.anchor(longest.place),
    )
    return Finding(code="hidden_left_out", severity="warning", message=message, raw=longest.text, place=longest.place)


def _not_computed(alike: Sequence[Unseen], document: TableDocument) -> Finding:
    message = Message(
        "{count} formulas have no result in the file, or failed, the first at {anchor}; open it in Excel, correct them "
        "and save it",
        count=len(alike),
        anchor=document.anchor(alike[0].place),
    )
    return Finding(code="formula_not_computed", severity="warning", message=message, place=alike[0].place)
