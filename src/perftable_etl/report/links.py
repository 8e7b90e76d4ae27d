"""Links over the years, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.load.link_applying import LinksApplied
from perftable_etl.load.link_review import LinkCount
from perftable_etl.report.machine import json_text


def counts_json(counts: Sequence[LinkCount]) -> str:
    """How many links there are, by what they are."""
    return json_text([count._asdict() for count in counts])


def applied_json(applied: LinksApplied) -> str:
    """What a sheet did."""
    return json_text(applied._asdict())
