"""What must not get worse from one snapshot to the next, lest a bad night reach the readers.

Only documents of the snapshot before are looked at: what is new adds to it, and cannot make up for what was lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from perftable_etl.load.comparison import SnapshotComparison
from perftable_etl.load.profile import Profile
from perftable_etl.load.rules import COVERAGE, KEPT, NOT_PRINTED, PROFILED, READABLE, Rules, fill_gate, rows_gate

Scale = Literal["count", "share"]


class Gate(NamedTuple):
    """One number before and now. `scale` says whether it counts something or is a share, 0 to 1.

    It may fall by `max_fall`. One that `is_forced` stops nothing, whether it is passed or not.
    """

    name: str
    scale: Scale
    before: float
    now: float
    is_passed: bool
    max_fall: float
    is_forced: bool = False


class _GateMeasure(NamedTuple):
    name: str
    scale: Scale
    value: float


def gates_of(comparison: SnapshotComparison, rules: Rules) -> tuple[Gate, ...]:
    """A gate for each number that both snapshots have.

    A count may fall by a share of itself; a share, say a fill rate, by that share as such (0.05: from 60 % to 55 %),
    but not to nothing. So a rarely printed value, rarer by one more document, is no alarm, and one that is read no
    longer is.
    """
    current = {measure.name: measure for measure in _now(comparison)}
    return tuple(
        _gate(measure, current[measure.name], rules) for measure in _before(comparison) if measure.name in current
    )


def _gate(before: _GateMeasure, now: _GateMeasure, rules: Rules) -> Gate:
    limit = rules.limit_of(before.name)
    allowed = before.value * limit if before.scale == "count" else limit
    is_lost = before.value > 0 and now.value == 0 and limit < 1
    return Gate(
        name=before.name,
        scale=before.scale,
        before=before.value,
        now=now.value,
        is_passed=before.value - now.value <= allowed and not is_lost,
        max_fall=limit,
        is_forced=rules.is_forced(before.name),
    )


def _before(comparison: SnapshotComparison) -> Iterator[_GateMeasure]:
    yield _GateMeasure(KEPT, "count", comparison.documents_before)
    for table in PROFILED:
        rows = comparison.before.rows[table.name] + comparison.lost_rows[table.name]
        yield _GateMeasure(rows_gate(table.name), "count", rows)
    yield from _shares(comparison.before)


def _now(comparison: SnapshotComparison) -> Iterator[_GateMeasure]:
    yield _GateMeasure(KEPT, "count", comparison.documents_kept)
    for table in PROFILED:
        yield _GateMeasure(rows_gate(table.name), "count", comparison.now.rows[table.name])
    yield from _shares(comparison.now)


def _shares(profile: Profile) -> Iterator[_GateMeasure]:
    for table in PROFILED:
        for column, rate in profile.fill_rates[table.name].items():
            if column not in NOT_PRINTED:
                yield _GateMeasure(fill_gate(table.name, column), "share", rate)
    if profile.coverage is not None:
        yield _GateMeasure(COVERAGE, "share", profile.coverage)
    yield _GateMeasure(READABLE, "share", 1 - profile.failed)
