"""A sheet of decisions into the database: all that it decides, or, where something does not fit, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple, Protocol

from perftable_etl.errors import SheetError
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.decisions import Decisions, decisions_in, keep_decisions
from perftable_etl.load.corrections.keys import Key, key_of
from perftable_etl.load.corrections.lines import Complaint, SheetLine, Unfit
from perftable_etl.load.corrections.resolving import Resolution, SheetDecision, resolve
from perftable_etl.load.corrections.states import decision_states, last_by_key
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.database import Connection
from perftable_etl.load.following import follow
from perftable_etl.load.relations import Relations


class ReadValue(Protocol):
    """Whoever knows how a new value is read."""

    def __call__(self, correction: CorrectionRow, /) -> CorrectionValueRow:
        """What the new value of a decision means. Raises Unfit where it means nothing in its column."""


class Applied(NamedTuple):
    """What a sheet did: its decisions that are new, those that were known, and the lines that decide nothing.

    `orphaned` counts new decisions that are about nothing that is printed here. `open_before` and `open_now` count the
    findings that need a person.
    """

    new: tuple[CorrectionRow, ...]
    known: int
    undecided: int
    orphaned: int
    open_before: int
    open_now: int
    relations: Relations


_OPEN = "SELECT count(*) FROM open_findings WHERE severity <> 'info'"


def apply_lines(
    connection: Connection, lines: Sequence[SheetLine], author: str | None, moment: datetime, read_value: ReadValue
) -> Applied:
    """Applies a sheet, within a transaction. Raises SheetError, which names every line that does not fit."""
    before = _open(connection)
    resolution = resolve(connection, lines, author, moment)
    stored = decisions_in(connection)
    values, unread = _typed(resolution, stored, read_value)
    complaints = sorted([*resolution.complaints, *unread, *contradictions(resolution.decided)])
    if complaints:
        raise SheetError(
            f"nothing was applied: {len(complaints)} lines do not fit. Correct them and apply the sheet again.",
            tuple(map(str, complaints)),
        )
    decided = {one.correction_id: one for _, one in resolution.decided}
    new = _news(decided.values(), stored.corrections)
    keep_decisions(connection, new, values)
    relations = follow(connection)
    return Applied(
        new=new,
        known=len(decided) - len(new),
        undecided=sum(not line.row.verdict for line in lines),
        orphaned=_orphaned(connection, new),
        open_before=before,
        open_now=_open(connection),
        relations=relations,
    )


def _open(connection: Connection) -> int:
    return int(connection.execute(_OPEN).fetchall()[0][0])


def _orphaned(connection: Connection, new: Sequence[CorrectionRow]) -> int:
    ids = {one.correction_id for one in new}
    return sum(one.state == "orphaned" and one.correction.correction_id in ids for one in decision_states(connection))


def _news(decided: Iterable[CorrectionRow], stored: Sequence[CorrectionRow]) -> tuple[CorrectionRow, ...]:
    """What is decided for the first time, or again since something else was decided."""
    known, last = {one.correction_id for one in stored}, last_by_key(stored)
    return tuple(one for one in decided if one.correction_id not in known or _is_again(one, last[key_of(one)]))


def _is_again(decided: CorrectionRow, last: CorrectionRow) -> bool:
    return decided.correction_id != last.correction_id and decided.decided_at > last.decided_at


def contradictions(decided: Iterable[SheetDecision]) -> Iterator[Complaint]:
    """Lines that decide otherwise than an earlier one, at the same time."""
    first: dict[tuple[Key, datetime], SheetDecision] = {}
    for one in decided:
        before = first.setdefault((key_of(one.correction), one.correction.decided_at), one)
        if before.correction.correction_id != one.correction.correction_id:
            message = f"it decides otherwise than line {before.line.number} on the same. Keep one of them."
            yield Complaint(one.line.number, message)


def _typed(
    resolution: Resolution, stored: Decisions, read_value: ReadValue
) -> tuple[list[CorrectionValueRow], list[Complaint]]:
    """What new values mean, as values are read today, where that is not stored yet; and those that mean nothing."""
    values, complaints = {}, []
    for line, correction in resolution.decided:
        try:
            values[correction.correction_id] = read_value(correction)
        except Unfit as unfit:
            complaints.append(Complaint(line.number, str(unfit)))
    for correction in stored.corrections:
        with suppress(Unfit):
            values[correction.correction_id] = read_value(correction)
    has_value = {"corrected", "added"}
    verdicts = {
        one.correction_id: one.verdict for one in (*stored.corrections, *(one for _, one in resolution.decided))
    }
    changed = (value for one, value in values.items() if verdicts[one] in has_value and stored.values.get(one) != value)
    return list(changed), complaints
