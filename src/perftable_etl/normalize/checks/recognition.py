"""What text recognition may have got wrong: reported with its place, never repaired.

Of most of what it reads wrong recognition is unsure, and says so. What it takes for certain all the same are characters
that look like others; where the text around them follows a grammar, that tells.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from perftable_etl.document import Form, Place
from perftable_etl.messages import Message
from perftable_etl.normalize.values.text import open_brackets
from perftable_etl.records import Declaration, Finding, FindingCode, Indicator

UNSURE = 0.8
"""Of 600 lines scanned at 150 to 300 dpi, recognition was less sure than this of all that it read wrong but the
look-alikes below, and of 4 in 100 that it read right."""

_DOUBTS = tuple(
    (regex.compile(pattern), reason)
    for pattern, reason in (
        (r"(?<=[0-9][.,]?)[OoIl|](?![A-Za-z])|(?<![A-Za-z])[OoIl|](?=[0-9.,])", "a letter among digits"),
        (r"兀", "兀 looks like 元"),
        (r"%[^\S\n]*[0-9]|[0-9][^\S\n]+[0-9]", "two numbers without a sign between them"),
        (r"^[0-9.,]*(?:\.[0-9,]*\.|,(?![0-9]{3}(?![0-9])))[0-9.,]*$", "misplaced full stops or commas"),
        (r"^[一丨1Il|]$", "a lone stroke, which may be a dash or a slash"),
    )
)

_LIST_NUMBER = regex.compile(r"(?<![(（0-9])[0-9]{1,2}[)）]")
"""1) and 2) close brackets that nothing opens."""

_FEW = 4
"""Where one number in so many is printed without a sign, or fewer, the sign may have been lost."""


def doubt_cells(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """What recognition is not sure of in a form (`ordinal` is its declaration's), and what reads like a confusion."""
    for cell in form.grid.cells:
        if cell.confidence is None:
            continue
        if cell.confidence < UNSURE:
            message = Message(
                "text recognition is only {confidence:.0%} sure of it; compare it with the page",
                confidence=cell.confidence,
            )
            yield _finding("recognition_unsure", message, cell.text, cell.place, ordinal)
        elif reason := _doubt(cell.text):
            yield _doubtful(reason, cell.text, cell.place, ordinal)


def doubt_signs(declaration: Declaration) -> Iterator[Finding]:
    """Recognised targets whose sign (≥ read as 2) may be lost: a number without one where others have one."""
    numbers = [one for one in declaration.indicators if one.target.kind == "quantitative"]
    bare = [one for one in numbers if one.target.operator is None and one.confidence is not None]
    if len(bare) == len(numbers):
        return
    for indicator in bare:
        if len(bare) * _FEW <= len(numbers) or indicator.target.raw.startswith("2"):
            reason = "it has no sign, but other targets have one, and ≥ looks like 2"
            yield _doubtful(reason, indicator.target.raw, _target_place(indicator), declaration.ordinal)


def _doubt(text: str) -> str | None:
    if open_brackets(_LIST_NUMBER.sub("", text)):
        return "a bracket without a partner"
    return next((reason for pattern, reason in _DOUBTS if pattern.search(text)), None)


def _target_place(indicator: Indicator) -> Place:
    return next((source.place for source in indicator.sources if source.field == "target"), indicator.place)


def _doubtful(reason: str, raw: str, place: Place, project: int | None) -> Finding:
    message = Message("text recognition may have misread it: {reason}; compare it with the page", reason=reason)
    return _finding("recognition_doubtful", message, raw, place, project)


def _finding(code: FindingCode, message: str, raw: str, place: Place, project: int | None) -> Finding:
    return Finding(code=code, severity="warning", message=message, raw=raw, place=place, project=project)
