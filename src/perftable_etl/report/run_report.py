"""The report of one run, for whoever looks after the nightly job: what it did, what failed, and why it ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import GatesFailed, InternalFault, PerftableError, ReportError
from perftable_etl.ingest.intake import Summary
from perftable_etl.load.comparison import NewDocuments
from perftable_etl.load.gates import Scale
from perftable_etl.load.publish import Publication
from perftable_etl.records import Record, Severity
from perftable_etl.report.whole import clear_abandoned, write_whole
from perftable_etl.report.wording import counts, few, new_documents_line, relation_lines, visible
from perftable_etl.version import VERSION


class Tally(Record):
    """How many files: read, and of them new, changed, unchanged and failed; and found without being read."""

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


class Hidden(Record):
    """How many projects the views `current_*` leave out: replaced by later publications, copies of others.

    `newly_hidden` are those this run hid, `shown_again` those it let be seen.
    """

    superseded: int
    duplicates: int
    newly_hidden: int
    shown_again: int


class Failure(Record):
    """A file that could not be read or fetched, or, without `uri`, a source that could not be listed in full."""

    uri: str | None
    code: str
    message: str


class FindingCount(Record):
    """One kind of finding that needs a person: how often it was made in the documents read, and in which files."""

    code: str
    severity: Severity
    findings: int
    files: tuple[str, ...]


class GateResult(Record):
    """One number of the snapshot before and of this one; `scale` says whether it is a count or a share (0 to 1).

    Only documents of the snapshot before count. The number may fall by `max_fall`; where it `is_forced`, it may fall
    further.
    """

    name: str
    scale: Scale
    before: float
    now: float
    is_passed: bool
    max_fall: float
    is_forced: bool


class Fault(Record):
    """Why the command ended without having done its work."""

    code: str
    message: str


class RunReport(Record):
    """What one command did: report-<run id>.json. Times are UTC.

    `run_id` is that of the table `runs`; where no run began, as in publishing, it is one of its own. `tally` and
    `findings` and `hidden` are of ingest and sync, `snapshot`, `gates` and `new_documents` of publish.
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


class Job(NamedTuple):
    """A command that has begun on a database."""

    command: str
    database: Path
    started_at: datetime

    def report_run(self, summary: Summary) -> RunReport:
        """The report of an ingest or a sync."""
        failures = (*_failed_documents(summary), *_troubles(summary))
        content = {
            "tally": _tally(summary),
            "failures": failures,
            "findings": tuple(_finding_counts(summary)),
            "hidden": Hidden(**summary.relations._asdict()),
        }
        return self._report(summary.run.run_id, summary.exit_code, **content)

    def report_publication(self, publication: Publication) -> RunReport:
        """The report of a publish, whatever came of it."""
        exit_code = 0 if publication.is_published else GatesFailed.exit_code
        gates = tuple(GateResult(**gate._asdict()) for gate in publication.gates)
        snapshot = publication.snapshot.name if publication.is_published else None
        content = {"snapshot": snapshot, "gates": gates, "new_documents": publication.new}
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
        }
        return RunReport.model_validate(head | content)


def begin(command: str, database: Path) -> Job:
    """A command that begins now."""
    return Job(command, database, datetime.now(UTC))


def title(report: RunReport) -> str:
    """The report in one line."""
    outcome = "all is well" if report.exit_code == 0 else f"trouble, exit code {report.exit_code}"
    return f"perftable-etl {report.command} of {report.started_at:%Y-%m-%d %H:%M} UTC: {outcome}"


def report_text(report: RunReport) -> str:
    """The report for people."""
    return "".join(f"{visible(line)}\n" for line in _lines(report))


def report_json(report: RunReport) -> str:
    """The report for programs, as run-report.schema.json describes it."""
    return report.model_dump_json(indent=2) + "\n"


def write_report(report: RunReport, folder: Path) -> None:
    """Writes report-<run id>.txt and .json into `folder`, each whole or not at all. Raises ReportError."""
    path = folder / f"report-{report.run_id}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clear_abandoned(folder)
        write_whole(path.with_suffix(".txt"), report_text(report))
        write_whole(path, report_json(report))
    except OSError as error:
        raise ReportError(
            f"{path} could not be written ({error.strerror}). Check the disk and its permissions."
        ) from error


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
    )


def _failed_documents(summary: Summary) -> Iterator[Failure]:
    for receipt in summary.receipts:
        if receipt.status == "failed":
            yield Failure(uri=receipt.source_uri, code=str(receipt.error_code), message=str(receipt.error_message))


def _troubles(summary: Summary) -> Iterator[Failure]:
    for trouble in summary.troubles:
        yield Failure(uri=trouble.uri, code=trouble.code, message=f"{trouble.source}: {trouble.message}")


def _finding_counts(summary: Summary) -> Iterator[FindingCount]:
    return (FindingCount(**concern._asdict()) for concern in summary.concerns)


def _lines(report: RunReport) -> Iterator[str]:
    yield title(report)
    yield f"run {report.run_id}, version {report.version}, database {report.database}"
    if report.fault:
        yield f"{report.fault.code}: {report.fault.message}"
    if report.tally:
        yield from _tally_lines(report.tally)
    if report.hidden:
        yield from relation_lines(**report.hidden.model_dump())
    if report.snapshot:
        yield f"Published snapshot {report.snapshot}."
    for gate in report.gates:
        if not gate.is_passed:
            forced = " It was forced." if gate.is_forced else ""
            yield f"Gate failed: {gate.name}, {gate.before:g} before, {gate.now:g} now.{forced}"
    if report.new_documents:
        yield new_documents_line(**report.new_documents.model_dump())
    for count in report.findings:
        yield f"Needs a person: {count.severity} {count.code}, found {count.findings} times, in {few(count.files)}."
    for failure in report.failures:
        yield f"{failure.code}: {failure.uri or 'source'}: {failure.message}"


def _tally_lines(tally: Tally) -> Iterator[str]:
    read = counts(
        (tally.new, "new"), (tally.changed, "changed"), (tally.unchanged, "unchanged"), (tally.failed, "failed")
    )
    left = counts(
        (tally.skipped, "read before"), (tally.waiting, "waiting to be tried again"),
        (tally.quarantined, "quarantined"), (tally.unreached, "could not be fetched"),
        (tally.copies, "with the bytes of a file read before"),
    )  # fmt: skip
    yield f"{tally.documents} documents: {read or 'nothing to read'}."
    if left:
        yield f"Left alone: {left}."
