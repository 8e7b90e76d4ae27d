"""A command at work on a database: followed on the terminal or in the log, reported, and concluded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from perftable_etl.cli.streams import print_line
from perftable_etl.errors import PerftableError, ReportError
from perftable_etl.ingest.config import Config
from perftable_etl.ingest.loading import Event, OnEvent, Summary
from perftable_etl.load.result import LoadResult
from perftable_etl.notify import deliver
from perftable_etl.report.journal import Journal
from perftable_etl.report.machine import summary_json
from perftable_etl.report.metrics import write_metrics
from perftable_etl.report.run_report import Job, RunReport, begin
from perftable_etl.report.terminal.console import progress, show_warning
from perftable_etl.report.terminal.summary import show_failures, show_summary
from perftable_etl.stores.address import Place
from perftable_etl.system.interruption import in_order


class Audience(NamedTuple):
    """Who hears of a run beside the one who called: whoever the config names, and a file for Prometheus.

    `folder` is where the paths begin that the config or the call names.
    """

    settings: Config | None = None
    folder: Path = Path()
    metrics: Path | None = None


def audience_at(config: Path | None, settings: Config | None, metrics: Path | None) -> Audience:
    """The audience of a command that a config leads: the paths begin beside that file."""
    return Audience(settings, config.parent if config else Path(), metrics)


@contextmanager
def operation(command: str, db: Place, log: Journal, audience: Audience) -> Iterator[Job]:
    """A command at work: where it breaks off, the log has it, and the report says so."""
    job = begin(command, db, audience.folder)
    with in_order(), log.with_notes():
        try:
            yield job
        except Exception as error:
            deliver_report(job.report_fault(error, log.run_id), audience, log)
            if isinstance(error, PerftableError):
                fail(error, log)
            raise


@contextmanager
def followed(log: Journal, total: int | None) -> Iterator[OnEvent]:
    """Log lines where they are asked for, else a progress bar."""
    if log.is_kept:
        yield log.hear
        return
    with progress(total) as listener:

        def hear(event: Event) -> None:
            log.hear(event)
            if isinstance(event, LoadResult):
                listener.on_file()

        yield hear


def deliver_report(report: RunReport, audience: Audience, log: Journal) -> None:
    """Brings the report to all who are to hear of it; what does not get there is a warning."""
    for error in _undelivered(report, audience):
        log.undelivered(error) if log.is_kept else show_warning(str(error))


def _undelivered(report: RunReport, audience: Audience) -> Iterator[ReportError]:
    if audience.settings:
        yield from deliver(report, audience.settings)
    if audience.metrics:
        try:
            write_metrics(report, audience.metrics)
        except ReportError as error:
            yield error


def fail(error: PerftableError, log: Journal) -> NoReturn:
    """Ends with the error's exit code. Where there is a log, standard error holds its lines and nothing else."""
    if log.is_kept:
        log.failed(error)
        raise typer.Exit(error.exit_code) from error
    raise error


def conclude(summary: Summary, log: Journal, *, as_json: bool) -> NoReturn:
    """Shows what a run did, and exits accordingly."""
    print_line(summary_json(summary)) if as_json else show_summary(summary)
    if not as_json and not log.is_kept:
        show_failures(summary)
    raise typer.Exit(summary.exit_code)
