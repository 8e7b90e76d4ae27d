"""Whether a form with words that no vocabulary has is read without a wrong row and without a loss, or tells it.

What was drawn need not become a record, but its text must be kept: in another field, among the unread cells, or in what
a finding shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perftable_etl.document import Box, Place
from perftable_etl.normalize.layouts.collection import default_layouts
from perftable_etl.records import Declaration, Finding, Outcome
from tests.comparison import squeezed
from tests.drawing.kinds.drawn import Drawn
from tests.drawing.kinds.expectation import FIELDS, FUNDS
from tests.drawing.kinds.reading import read_projects

WHOLE_FORM = {"layout_unclaimed", "form_without_rules", "form_not_rebuilt", "unread_passage"}
"""Findings that a form is not read at all."""

ALL_MONEY = "money_unit_assumed"
"""The finding that no unit is printed for any amount of a form."""

OWN_FORM = "labels_uncertain"
"""The finding that any value of one form may hold a label: it tells what is wrong in that form, and no lost form."""

LEVELS = ("level1", "level2", "phase", "area")
TARGET = ("kind", "operator", "value", "unit")
FIGURES = ("weight", "actual", "score", "reason")


def wrong_in_silence(drawn: Drawn, outcome: Outcome) -> list[str]:
    """Loaded rows and fields that were not drawn and carry no warning, and drawn texts that are nowhere."""
    told = [finding for finding in outcome.findings if finding.severity != "info"]
    if any(finding.code in WHOLE_FORM for finding in told) and not outcome.declarations:
        return []
    found = list(zip(read_projects(outcome), outcome.declarations, strict=True))
    uncertain = {finding.project for finding in told if finding.code == OWN_FORM}
    if len(uncertain) >= len(drawn.projects):
        return []
    certain = [(record, form) for record, form in found if form.ordinal not in uncertain]
    rows = [line for record, form in certain for line in _wrong_rows(drawn, record, form, told)]
    fields = [line for record, form in certain for line in _wrong_fields(drawn, record, form, told)]
    return [*rows, *fields, *_lost(drawn, outcome)]


def _wrong_rows(drawn: Drawn, record: Mapping[str, Any], form: Declaration, told: Sequence[Finding]) -> Iterator[str]:
    """The loaded rows that say what no drawn row says, unless the table is said to have what was not understood."""
    right = [row for project in drawn.projects for row in project["indicators"]]
    if any(_is_in_table(finding.place, form) for finding in told if finding.place):
        return
    for row in record["indicators"]:
        if not any(_agrees(row, other) for other in right):
            yield f"row: {row['level2']} | {row['level3']} | {row['target_raw']} | {row['weight']}"


def _agrees(row: Mapping[str, Any], drawn: Mapping[str, Any]) -> bool:
    """Whether a loaded row is a drawn one, but for what it leaves out; a target is there as a whole or not at all."""
    target = () if row["kind"] == "missing" else TARGET
    further = (name for name in (*LEVELS, *FIGURES) if row[name] is not None)
    return all(_same(row[name], drawn[name]) for name in ("level3", *target, *further))


def _same(loaded: object, drawn: object) -> bool:
    return squeezed(str(loaded)) == squeezed(str(drawn))


def _is_in_table(place: Place, form: Declaration) -> bool:
    """Whether a place is among the rows of a form's indicators or in the head above them."""
    boxes = [row.place.box for row in form.indicators if row.place.page == place.page]
    if not boxes:
        return False
    hull = Box.around(boxes)
    head = (hull.y1 - hull.y0) / len(boxes) * 3
    return hull.y0 - head <= place.box.y1 and place.box.y0 <= hull.y1


def _wrong_fields(drawn: Drawn, record: Mapping[str, Any], form: Declaration, told: Sequence[Finding]) -> Iterator[str]:
    """The loaded fields that say what the drawn form does not, unless a finding is on what they were read from."""
    is_assumed = any(finding.code == ALL_MONEY and finding.project == form.ordinal for finding in told)
    for name in (*FIELDS, *(() if is_assumed else FUNDS.values()), "score", "execution_rate"):
        value = record[name]
        sources = [source.place for source in form.sources if source.field == name]
        is_told = any(finding.place.meets(place) for finding in told if finding.place for place in sources)
        if value is not None and not is_told and not any(_same(value, project[name]) for project in drawn.projects):
            yield f"field: {name} = {value}"


def _lost(drawn: Drawn, outcome: Outcome) -> Iterator[str]:
    """The drawn texts, but for known labels, that no record and no finding has."""
    kept = squeezed("\n".join(_strings(outcome.model_dump())))
    known = default_layouts().vocabulary
    for text in drawn.values:
        if squeezed(text) not in kept and known.concept(text) is None:
            yield f"lost: {text}"


def _strings(value: object) -> Iterator[str]:
    """All texts in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for item in value.values() for text in _strings(item))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in _strings(item))
