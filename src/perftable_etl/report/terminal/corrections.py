"""Decisions of persons on the terminal: what a sheet did, and how each decision stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.load.corrections.applying import Applied
from perftable_etl.load.corrections.states import DecisionState, State
from perftable_etl.load.forgetting import Forgotten
from perftable_etl.report.terminal.console import new_table, printable, show
from perftable_etl.report.wording import counts, moment
from perftable_etl.web.addresses import shown

_STYLES: dict[State, str] = {"applied": "green", "replaced": "dim", "orphaned": "yellow"}


def show_applied(applied: Applied) -> None:
    """What a sheet did."""
    for line in _lines(applied):
        show(printable(line))


def _lines(applied: Applied) -> Iterator[str]:
    by_verdict = Counter(one.verdict for one in applied.new)
    new = counts(*((number, verdict) for verdict, number in by_verdict.items()))
    yield f"New decisions: {new}." if new else "Nothing new: the database has all decisions of this sheet."
    if applied.new and applied.known:
        yield f"Known before: {applied.known}."
    if applied.undecided:
        yield f"Lines without a verdict: {applied.undecided}."
    if applied.orphaned:
        yield f"About nothing that is printed here: {applied.orphaned}. They are kept; see `corrections list`."
    if applied.relations.shown_again or applied.relations.newly_hidden:
        yield f"Projects shown again: {applied.relations.shown_again}, hidden: {applied.relations.newly_hidden}."
    yield f"Findings that need a person: {applied.open_now}, before {applied.open_before}."


def show_decisions(states: Sequence[DecisionState]) -> None:
    """All decisions, the first made first."""
    table = new_table(
        "State", "Verdict", "Project", "Indicator", "Column", "Code", "Printed", "New value", "Author", "Decided",
        names=("Project", "Indicator"), prose=("Printed", "New value"), spare=("Decided", "Code", "Author"),
    )  # fmt: skip
    for correction, state in states:
        texts = (
            correction.verdict, correction.project_name, correction.level3, correction.field, correction.code,
            correction.printed_raw, correction.new_value, correction.author, moment(correction.decided_at),
        )  # fmt: skip
        table.add_row(printable(state, _STYLES[state]), *(printable(_short(text or "")) for text in texts))
    show(table)
    tally = Counter(one.state for one in states)
    show(printable(f"Decisions: {counts(*((number, state) for state, number in tally.items())) or 'none'}."))


_LONGEST = 60


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def show_forgotten(forgotten: Forgotten) -> None:
    """What taking a document out changed."""
    went = counts(
        (forgotten.projects, "projects"), (forgotten.indicators, "indicators"), (forgotten.findings, "findings")
    )
    show(printable(f"Taken out: {forgotten.file_name} ({forgotten.document_id[:12]})."))
    show(printable(f"Gone: {went or 'no rows'}."))
    if forgotten.relations.shown_again:
        show(printable(f"Current again: {forgotten.relations.shown_again} projects that it replaced or repeated."))
    for uri in forgotten.places:
        show(printable(f"Left alone from now on: {shown(uri, Path.cwd())}"))
