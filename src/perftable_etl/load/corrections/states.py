"""How decisions stand: which hold, which a later one replaced, and which are about nothing that is printed now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.decisions import decisions_in, documents_about, sought_by
from perftable_etl.load.corrections.keys import Key, key_of
from perftable_etl.load.corrections.matching import matches
from perftable_etl.load.corrections.printed import printed_items
from perftable_etl.load.database import Connection

State = Literal["applied", "replaced", "orphaned"]
"""`replaced`: a later decision on the same holds. `orphaned`: what it is about is not printed, or not read, now."""


class DecisionState(NamedTuple):
    """A decision, and how it stands."""

    correction: CorrectionRow
    state: State


def decision_states(connection: Connection) -> list[DecisionState]:
    """How each decision stands, the first made first."""
    corrections = decisions_in(connection).corrections
    items = printed_items(connection, documents_about(connection, corrections), sought_by(corrections))
    found = {match.correction.correction_id for match in matches(corrections, items)}
    last = last_by_key(corrections)
    return [DecisionState(one, _state(one, found, last)) for one in corrections]


def last_by_key(corrections: Sequence[CorrectionRow]) -> dict[Key, CorrectionRow]:
    """The last decision on each thing, of decisions in the order they were made."""
    return {key_of(one): one for one in corrections}


def _state(correction: CorrectionRow, found: set[str], last: dict[Key, CorrectionRow]) -> State:
    if last[key_of(correction)].correction_id != correction.correction_id:
        return "replaced"
    return "applied" if correction.correction_id in found else "orphaned"
