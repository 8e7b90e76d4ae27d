"""A run's report as text for people and as JSON for programs, and both as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.errors import ReportError
from perftable_etl.load.hidings import Hiding
from perftable_etl.report.attention import attention_lines
from perftable_etl.report.machine import json_text
from perftable_etl.report.run_report import Failure, FindingCount, RunReport, Tally
from perftable_etl.report.whole import clear_abandoned, write_whole
from perftable_etl.report.wording import counts, few, new_documents_line, number_of, quoted, relation_lines, timestamp
from perftable_etl.screen import visible
from perftable_etl.web.addresses import decoded, shown, told

MOST_HIDINGS = 10
"""Pairs of files that the text names, of which one replaces or repeats the other."""


def title(report: RunReport) -> str:
    """The report in one line, safe to be shown: what needs a person comes in it."""
    return visible(f"perftable-etl {report.command} of {timestamp(report.started_at)}: {report.headline}")


def report_text(report: RunReport) -> str:
    """The report for people."""
    return "".join(f"{visible(line)}\n" for line in _lines(report))


def report_json(report: RunReport) -> str:
    """The report for programs, as run-report.schema.json describes it."""
    return json_text(report.model_dump(mode="json")) + "\n"


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


def _lines(report: RunReport) -> Iterator[str]:
    yield title(report)
    yield f"run {report.run_id}, version {report.version}, database {report.database}, paths from {report.folder}"
    if report.fault:
        yield f"{report.fault.code}: {decoded(report.fault.message)}"
    if report.tally:
        yield from _tally_lines(report.tally)
    if report.snapshot:
        yield f"Published snapshot {report.snapshot}."
    for gate in report.gates:
        if not gate.is_passed:
            forced = " It was forced." if gate.is_forced else ""
            yield f"Gate failed: {gate.name}, {gate.before:g} before, {gate.now:g} now.{forced}"
    if report.new_documents:
        yield new_documents_line(**report.new_documents.model_dump())
    yield from _attention(report)
    for failure in report.failures:
        yield _failure_line(failure, report.folder)
    if report.hidden:
        yield from relation_lines(**report.hidden.model_dump())
    yield from _hiding_lines(report.hidings, report.folder)


def _attention(report: RunReport) -> Iterator[str]:
    """What needs a person, and the command that shows it."""
    for line in attention_lines(report.attention, (report.folder,)):
        yield f"Needs a person: {line}"
    yield from map(_finding_line, report.findings)
    if report.findings:
        yield f"Next: perftable-etl review --db {quoted(report.database)}"


def _finding_line(count: FindingCount) -> str:
    sources = f" of {few(count.sources)}" if count.sources else ""
    found = f"{number_of(count.findings, 'finding')} in {number_of(len(count.files), 'file')}{sources}"
    return f"Needs a person: {count.severity} {count.code}, {found}: {few(count.files)}."


def _failure_line(failure: Failure, folder: Path) -> str:
    if failure.uri is None:
        return f"{failure.code}: {failure.source}: {decoded(failure.message)}"
    source = f" ({failure.source})" if failure.source else ""
    return f"{failure.code}{source}: {told(failure.uri, failure.message, (folder,))}"


def _hiding_lines(hidings: Sequence[Hiding], folder: Path) -> Iterator[str]:
    for hiding in hidings[:MOST_HIDINGS]:
        now = "replaced by" if hiding.kind == "superseded" else "again in"
        projects = number_of(hiding.projects, "project")
        yield f"No longer current: {projects} of {shown(hiding.uri, folder)}, {now} {shown(hiding.by, folder)}."
    if len(hidings) > MOST_HIDINGS:
        yield f"No longer current: {number_of(len(hidings) - MOST_HIDINGS, 'more pair')} of files; the JSON has all."


def _tally_lines(tally: Tally) -> Iterator[str]:
    read = counts(
        (tally.new, "new"), (tally.changed, "changed"), (tally.unchanged, "unchanged"), (tally.failed, "failed")
    )
    left = counts(
        (tally.skipped, "read before"), (tally.waiting, "waiting to be tried again"),
        (tally.quarantined, "quarantined"), (tally.unreached, "could not be fetched"),
        (tally.copies, "identical to a file read before"), (tally.forgotten, "forgotten"),
    )  # fmt: skip
    yield f"{number_of(tally.documents, 'document')}: {read or 'nothing to read'}."
    if left:
        yield f"Skipped: {left}."
