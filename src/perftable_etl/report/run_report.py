"""The report of one run, for whoever looks after the nightly job: what it did, what failed, and why it ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import GatesFailed, InternalFault, PerftableError
from perftable_etl.ingest.loading import Summary
from perftable_etl.load.attention import Attention
from perftable_etl.load.comparison import NewDocuments
from perftable_etl.load.gates import Scale
from perftable_etl.load.hidings import Hiding
from perftable_etl.load.publish import Publication
from perftable_etl.records import Record, Severity
from perftable_etl.report.attention import headline_parts
from perftable_etl.report.wording import few, number_of
from perftable_etl.stores.address import Place
from perftable_etl.version import VERSION

WELL = "all is well"
"""What a report says that needs nobody."""


class Tally(Record):
    """Counts of files: files read (new, changed, unchanged, failed), and files found but not read."""

    documents: int
    new: int
    changed: int
    unchanged: int
    failed: int
    skipped: int
    waiting: int
    quarantined: int
    unreached: int
    copies: int
    forgotten: int = 0


class Hidden(Record):
    """How many projects the views `current_*` leave out, because others replace them or because they are copies.

    This run hid `newly_hidden` of them, and shows `shown_again` others again.
    """

    superseded: int
    duplicates: int
    newly_hidden: int
    shown_again: int


class Failure(Record):
    """A file that could not be read or fetched. Without `uri`: a source that could not be listed completely."""

    uri: str | None
    code: str
    message: str
    source: str | None = None


class FindingCount(Record):
    """One kind of finding that needs a person: its number in the documents read, its files and their sources."""

    code: str
    severity: Severity
    findings: int
    files: tuple[str, ...]
    sources: tuple[str, ...] = ()


class GateResult(Record):
    """One number in the last snapshot and in this one; `scale` says whether it is a count or a share (0 to 1).

    It counts only documents of the last snapshot. The number may fall by `max_fall`, or further if it `is_forced`.
    """

    name: str
    scale: Scale
    before: float
    now: float
    is_passed: bool
    max_fall: float
    is_forced: bool


class Fault(Record):
    """The error that ended the command before its work was done."""

    code: str
    message: str


class RunReport(Record):
    """What one command did: report-<run id>.json. Times are ISO 8601 with their zone.

    `run_id` is that of the table `runs`; a command without a run, such as publish, has its own. `headline` says in a
    few words how it ended and what needs a person. ingest and sync give `tally`, `findings`, `attention`, `hidden`
    and `hidings`; publish gives `snapshot`, `gates` and `new_documents`. `documents` counts the database's documents
    by status. In the text for people, paths begin at `folder`.
    """

    run_id: str
    command: str
    database: str
    version: str
    started_at: datetime
    finished_at: datetime
    exit_code: int
    tally: Tally | None = None
    failures: tuple[Failure, ...] = ()
    findings: tuple[FindingCount, ...] = ()
    snapshot: str | None = None
    gates: tuple[GateResult, ...] = ()
    new_documents: NewDocuments | None = None
    fault: Fault | None = None
    hidden: Hidden | None = None
    attention: Attention = Attention()
    hidings: tuple[Hiding, ...] = ()
    documents: Mapping[str, int] = {}
    folder: Path = Path()

    headline: str = WELL

    @property
    def needs_person(self) -> bool:
        """Whether a person has something to do."""
        return self.headline != WELL


class Job(NamedTuple):
    """A command that has begun on a database; what it names in relative paths is named from `folder` on."""

    command: str
    database: Place
    started_at: datetime
    folder: Path = Path()

    def report_run(self, summary: Summary) -> RunReport:
        """The report of an ingest or a sync."""
        failures = (*_failed_documents(summary), *_troubles(summary))
        content = {
            "tally": _tally(summary),
            "failures": failures,
            "findings": tuple(_finding_counts(summary)),
            "hidden": Hidden(**summary.relations.numbers),
            "hidings": summary.relations.hidings,
            "attention": summary.attention,
            "documents": {count.status: count.documents for count in summary.documents},
        }
        return self._report(summary.run.run_id, summary.exit_code, **content)

    def report_publication(self, publication: Publication) -> RunReport:
        """The report of a publish, whatever came of it."""
        exit_code = 0 if publication.is_published else GatesFailed.exit_code
        gates = tuple(GateResult(**gate._asdict()) for gate in publication.gates)
        snapshot = publication.snapshot.name if publication.is_published else None
        content = {
            "snapshot": snapshot,
            "gates": gates,
            "new_documents": publication.new,
            "documents": publication.snapshot.profile.statuses,
        }
        return self._report(None, exit_code, **content)

    def report_fault(self, error: Exception, run_id: str | None) -> RunReport:
        """The report of a command that came to no end."""
        code, exit_code = (
            (error.code, error.exit_code)
            if isinstance(error, PerftableError)
            else ("internal", InternalFault.exit_code)
        )
        message = str(error) if isinstance(error, PerftableError) else f"{type(error).__name__}: {error}"
        return self._report(run_id, exit_code, fault=Fault(code=code, message=message))

    def _report(self, run_id: str | None, exit_code: int, **content: object) -> RunReport:
        head = {
            "run_id": run_id or uuid.uuid4().hex,
            "command": self.command,
            "database": str(self.database),
            "version": VERSION,
            "started_at": self.started_at,
            "finished_at": datetime.now(UTC),
            "exit_code": exit_code,
            "folder": self.folder,
        }
        report = RunReport.model_validate(head | content)
        return report.model_copy(update={"headline": _headline(report)})


def begin(command: str, database: Place, folder: Path) -> Job:
    """A command that begins now; `folder` is where the paths begin that it names."""
    return Job(command, database, datetime.now(UTC), folder.resolve())


def _tally(summary: Summary) -> Tally:
    run = summary.run
    return Tally(
        documents=run.documents,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        failed=run.failed,
        skipped=run.skipped or 0,
        waiting=run.waiting or 0,
        quarantined=run.quarantined or 0,
        unreached=run.unreached or 0,
        copies=summary.copies,
        forgotten=run.forgotten or 0,
    )


def _failed_documents(summary: Summary) -> Iterator[Failure]:
    for result in summary.results:
        if result.status == "failed":
            code, message = str(result.error_code), str(result.error_message)
            yield Failure(uri=result.source_uri, code=code, message=message, source=result.source)


def _troubles(summary: Summary) -> Iterator[Failure]:
    for trouble in summary.troubles:
        yield Failure(uri=trouble.uri, code=trouble.code, message=trouble.message, source=trouble.source)


def _finding_counts(summary: Summary) -> Iterator[FindingCount]:
    return (FindingCount(**concern._asdict()) for concern in summary.concerns)


def _headline(report: RunReport) -> str:
    """How it ended and what needs a person, in a few words."""
    parts = "; ".join(_headline_parts(report))
    if report.exit_code:
        return f"trouble, exit code {report.exit_code}: {parts}"
    return f"needs a person: {parts}" if parts else WELL


def _headline_parts(report: RunReport) -> Iterator[str]:
    if report.fault:
        yield report.fault.code
    failed = sum(not gate.is_passed for gate in report.gates)
    if failed:
        yield f"{number_of(failed, 'gate')} failed"
    files, sources = _split(report.failures)
    if files:
        yield f"{number_of(len(files), 'file')} failed"
    if sources:
        yield f"incomplete sources: {few([str(failure.source) for failure in sources])}"
    yield from headline_parts(report.attention)


def _split(failures: Sequence[Failure]) -> tuple[list[Failure], list[Failure]]:
    """Failures of single files, and of sources."""
    return [each for each in failures if each.uri], [each for each in failures if not each.uri]
