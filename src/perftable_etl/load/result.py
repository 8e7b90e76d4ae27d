"""What storing one document did, in numbers: the line of a summary."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from perftable_etl.clock import now
from perftable_etl.load.tables import RunRow
from perftable_etl.records import Outcome, Status
from perftable_etl.version import VERSION

Change = Literal["new", "changed", "unchanged"]


class LoadResult(NamedTuple):
    """What one file yielded, and what that changed in the database."""

    document_id: str
    file_name: str
    source_uri: str
    status: Status
    change: Change
    projects: int
    indicators: int
    errors: int
    warnings: int
    infos: int
    coverage: float | None
    seconds: float
    error_code: str | None
    error_message: str | None
    source: str | None = None


class LeftAlone(NamedTuple):
    """How many files a run found and did not read.

    Unchanged, waiting after a failure, quarantined, not fetched, of a document that was taken out.
    """

    skipped: int = 0
    waiting: int = 0
    quarantined: int = 0
    unreached: int = 0
    forgotten: int = 0


def result_of(outcome: Outcome, change: Change, source: str | None = None) -> LoadResult:
    """The result for an outcome as it was stored, found by `source`."""
    grave = Counter(finding.severity for finding in outcome.findings)
    return LoadResult(
        document_id=outcome.document_id,
        file_name=outcome.file_name,
        source_uri=outcome.source_uri,
        status=outcome.status,
        change=change,
        projects=len(outcome.declarations),
        indicators=sum(len(declaration.indicators) for declaration in outcome.declarations),
        errors=grave["error"],
        warnings=grave["warning"],
        infos=grave["info"],
        coverage=outcome.coverage,
        seconds=outcome.seconds,
        error_code=outcome.error_code,
        error_message=outcome.error_message,
        source=source,
    )


class Counts(NamedTuple):
    """What documents add to a run's row, column by column."""

    documents: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    projects: int = 0
    indicators: int = 0
    findings: int = 0


def counts_of(result: LoadResult) -> Counts:
    """What one document adds."""
    return Counts(
        documents=1,
        new=int(result.change == "new"),
        changed=int(result.change == "changed"),
        unchanged=int(result.change == "unchanged"),
        failed=int(result.status == "failed"),
        projects=result.projects,
        indicators=result.indicators,
        findings=result.errors + result.warnings + result.infos,
    )


def sum_of(results: Iterable[LoadResult]) -> Counts:
    """What documents add together."""
    return Counts(*map(sum, zip(Counts(), *map(counts_of, results), strict=True)))


def begun_run() -> RunRow:
    """The row of a run that begins now."""
    return RunRow(uuid.uuid4().hex, now(), None, VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def counted(run: RunRow, results: Sequence[LoadResult], left_alone: LeftAlone) -> RunRow:
    """The run with the sums of its results, and of what it left alone."""
    return run._replace(**sum_of(results)._asdict(), **left_alone._asdict())
