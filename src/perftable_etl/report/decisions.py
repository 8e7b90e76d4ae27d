"""What needs a person and what persons decided, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perftable_etl.load.corrections.applying import Applied
from perftable_etl.load.corrections.states import DecisionState
from perftable_etl.load.forgetting import Forgotten
from perftable_etl.load.review import ReviewRow
from perftable_etl.report.machine import json_text


def review_json(rows: Sequence[ReviewRow]) -> str:
    """The findings that need a person, in the order of the queue."""
    return json_text([row._asdict() for row in rows])


def applied_json(applied: Applied) -> str:
    """What a sheet did."""
    content = {
        **applied._asdict(),
        "new": dict(Counter(one.verdict for one in applied.new)),
        "relations": applied.relations.numbers,
    }
    return json_text(content)


def decisions_json(states: Sequence[DecisionState]) -> str:
    """All decisions, and how each stands."""
    return json_text([{**one.correction._asdict(), "state": one.state} for one in states])


def forgotten_json(forgotten: Forgotten) -> str:
    """What taking a document out changed."""
    return json_text({**forgotten._asdict(), "relations": forgotten.relations.numbers})
