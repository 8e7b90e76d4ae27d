"""What storing one document did, in numbers: the line of a summary."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

from perftable_etl.load.rows import FileRows
from perftable_etl.load.tables import RunRow
from perftable_etl.records import Status
from perftable_etl.system.clock import now
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


def result_of(reading: FileRows, change: Change) -> LoadResult:
    """The result for a file as it was stored."""
    rows, document = reading.rows, reading.document
    grave = Counter(finding.severity for finding in rows.findings)
    return LoadResult(
        document_id=document.document_id,
        file_name=document.file_name,
        source_uri=document.source_uri,
        status=document.status,
        change=change,
        projects=len(rows.projects),
        indicators=len(rows.indicators),
        errors=grave["error"],
        warnings=grave["warning"],
        infos=grave["info"],
        coverage=document.coverage,
        seconds=reading.seconds,
        error_code=document.error_code,
        error_message=document.error_message,
        source=reading.entry.origin if reading.entry else None,
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


def counted(run: RunRow, results: Iterable[LoadResult], left_alone: LeftAlone) -> RunRow:
    """The run with the sums of its results, and of what it left alone."""
    return run._replace(**sum_of(results)._asdict(), **left_alone._asdict())
