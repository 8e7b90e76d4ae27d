"""What must not get worse from one snapshot to the next, lest a bad night reach the readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from perftable_etl.load.profile import PROFILED, Profile

NOT_PRINTED = frozenset({"readings_agree", "confidence", "content_hash", "duplicate_of", "superseded_by"})
"""Columns that say how a row was read or relates, not what the form prints: emptier may be for the better."""

Scale = Literal["count", "share"]


class Gate(NamedTuple):
    """One number before and now. `scale` says whether it counts something or is a share, 0 to 1."""

    name: str
    scale: Scale
    before: float
    now: float
    is_passed: bool


class _Measure(NamedTuple):
    name: str
    scale: Scale
    value: float


def compare(before: Profile, now: Profile, max_fall: float) -> tuple[Gate, ...]:
    """A gate for each number that both have.

    A count may fall by the share `max_fall` of itself; a share, say a fill rate, by `max_fall` as such (0.05: from 60 %
    to 55 %), but not to nothing. So a rarely printed value, rarer by one more document, is no alarm, and one that is
    read no longer is.
    """
    current = {measure.name: measure for measure in _measures(now)}
    return tuple(
        _gate(measure, current[measure.name], max_fall) for measure in _measures(before) if measure.name in current
    )


def _gate(before: _Measure, now: _Measure, max_fall: float) -> Gate:
    allowed = before.value * max_fall if before.scale == "count" else max_fall
    is_lost = before.value > 0 and now.value == 0
    is_passed = before.value - now.value <= allowed and not is_lost
    return Gate(before.name, before.scale, before.value, now.value, is_passed)


def _measures(profile: Profile) -> Iterator[_Measure]:
    for table in PROFILED:
        yield _Measure(f"rows of {table}", "count", profile.rows[table])
        for column, rate in profile.fill_rates[table].items():
            if column not in NOT_PRINTED:
                yield _Measure(f"filled {table}.{column}", "share", rate)
    if profile.coverage is not None:
        yield _Measure("coverage, mean", "share", profile.coverage)
    yield _Measure("documents that could be read", "share", 1 - profile.failed)
