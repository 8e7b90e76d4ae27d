"""The command line: parses arguments, calls, prints, exits."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from perftable_etl.addresses import shown
from perftable_etl.errors import GatesFailed, Interrupted, PerftableError, Terminated
from perftable_etl.extract.source import OnPage
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.config import Config, read_config
from perftable_etl.ingest.files import find_files, known_file
from perftable_etl.ingest.intake import Event, OnEvent, Summary, Trouble
from perftable_etl.ingest.isolation import DEFAULT_LIMITS, Limits, parse_all
from perftable_etl.ingest.job import ingest, plan, verified
from perftable_etl.ingest.retry import retry
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.sync import offers, sync
from perftable_etl.load.lock import one_job
from perftable_etl.load.publish import publish
from perftable_etl.load.status import standing
from perftable_etl.load.warehouse import Warehouse, ledger_at
from perftable_etl.notify import deliver
from perftable_etl.pipeline import examine, parse, render
from perftable_etl.records import Outcome
from perftable_etl.report.journal import Journal, LogFormat, LogLevel
from perftable_etl.report.machine import offers_json, outcome_json, publication_json, standing_json, summary_json
from perftable_etl.report.pictures import write_pictures
from perftable_etl.report.run_report import Job, RunReport, begin
from perftable_etl.report.terminal.console import progress, show_error, show_warning
from perftable_etl.report.terminal.offers import show_offers
from perftable_etl.report.terminal.outcome import show_outcome
from perftable_etl.report.terminal.publication import show_publication
from perftable_etl.report.terminal.standing import show_standing
from perftable_etl.report.terminal.summary import show_failures, show_summary
from perftable_etl.schema import SchemaFile, schema_text, write_schemas
from perftable_etl.screen import visible
from perftable_etl.version import VERSION

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
"""The commands. The parser comes in as the context's object, so that tests can bring their own."""

Timeout = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="What reading one file may take.")]
Memory = Annotated[int, typer.Option(min=256, metavar="MB", help="Memory that one process may allocate (Linux).")]
WorkDb = Annotated[
    Path, typer.Option("--db", exists=True, dir_okay=False, metavar="FILE", help="The DuckDB file that was loaded.")
]
LogAs = Annotated[
    LogFormat | None, typer.Option("--log-format", help="Write log lines to standard error, instead of progress.")
]
LogFrom = Annotated[LogLevel, typer.Option("--log-level", help="The least that a log line must be worth.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs and nothing else.")]


def main() -> None:
    """The console script: every error of ours is one line and its exit code."""
    for number in _INTERRUPTIONS:
        signal.signal(number, _interrupt)
    try:
        app(obj=parse)
    except PerftableError as error:
        show_error(*error.lines)
        sys.exit(error.exit_code)


_INTERRUPTIONS = {signal.SIGINT: Interrupted, signal.SIGTERM: Terminated}


def _interrupt(number: int, _: Any) -> NoReturn:
    """Ends what is under way in order; a second signal does not disturb that."""
    for other in _INTERRUPTIONS:
        signal.signal(other, signal.SIG_IGN)
    raise _INTERRUPTIONS[signal.Signals(number)](
        f"ended by {signal.Signals(number).name}. What was stored stays; run the same command again to go on."
    )


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"perftable-etl {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Published budget-performance declarations (财政项目支出绩效目标申报表) into exact, traceable records."""


@app.command("ingest")
def ingest_command(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files (.pdf, .txt) and folders.")],
    db: Annotated[Path, typer.Option(metavar="FILE", help="The DuckDB file to load into; made where missing.")],
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that parse.")] = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    archive: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the bytes of all that is read there.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare the bytes of files that look unchanged, too.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Read all, also what was read before.")] = False,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    as_json: AsJson = False,
) -> None:
    """Read files and folders into a DuckDB file. A file that is named itself is always read."""
    found = find_files(paths)
    parse_files = partial(parse_all, parse=context.obj, workers=workers, limits=Limits(timeout, memory))
    log = Journal(log_format, log_level)
    with _operation("ingest", db, log), one_job(db, "ingest"), Warehouse(db) as warehouse:
        planned = plan(found.as_named if again else found, warehouse)
        planned = verified(planned) if verify else planned
        with _followed(log, len(planned.to_read)) as on_event:
            summary = ingest(planned, warehouse, Archive(archive) if archive else None, parse_files, on_event)
        log.finished(summary)
    _conclude(summary, log, as_json=as_json)


@app.command("sync")
def sync_command(  # noqa: PLR0913, PLR0917 - an argument an option
    context: typer.Context,
    config: Annotated[Path, typer.Option(metavar="FILE", help="The list of sources (sources.toml).")],
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="Load into this file, not the config's.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be fetched.")] = False,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that parse.")] = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new or changed at the sources of a config, and read it."""
    settings = read_config(config)
    target = db or settings.db
    parse_files = partial(parse_all, parse=context.obj, workers=workers, limits=Limits(timeout, memory))
    if dry_run:
        _show_plan(settings, target, as_json=as_json)
    log = Journal(log_format, log_level)
    with _operation("sync", target, log, settings, config.parent) as job:
        with (
            one_job(target, "sync"),
            Warehouse(target) as warehouse,
            open_sources(settings) as sources,
            _followed(log, None) as on_event,
        ):
            summary = sync(sources, warehouse, Archive(settings.archive), parse_files, on_event)
        log.finished(summary)
        _deliver(job.report_run(summary), settings, log)
    _conclude(summary, log, as_json=as_json)


def _show_plan(settings: Config, db: Path, *, as_json: bool) -> NoReturn:
    """What a sync would do; nothing is written."""
    with one_job(db, "sync"), open_sources(settings) as sources:
        found = list(offers(sources, ledger_at(db)))
    typer.echo(offers_json(found)) if as_json else show_offers(found)
    raise typer.Exit(1 if any(isinstance(offer, Trouble) for offer in found) else 0)


@contextmanager
def _operation(
    command: str, db: Path, log: Journal, settings: Config | None = None, folder: Path = Path()
) -> Iterator[Job]:
    """A command at work: where it breaks off, the log has it, and the report says so."""
    job = begin(command, db, folder)
    try:
        yield job
    except Exception as error:
        _deliver(job.report_fault(error, log.run_id), settings, log)
        if isinstance(error, PerftableError):
            _fail(error, log)
        raise


@contextmanager
def _followed(log: Journal, total: int | None) -> Iterator[OnEvent]:
    """Log lines where they are asked for, else a progress bar."""
    if log.is_kept:
        yield log.hear
        return
    with progress(total) as listener:

        def hear(event: Event) -> None:
            log.hear(event)
            listener.on_event(event)

        yield hear


def _deliver(report: RunReport, settings: Config | None, log: Journal) -> None:
    if settings:
        for error in deliver(report, settings):
            log.undelivered(error) if log.is_kept else show_warning(str(error))


def _fail(error: PerftableError, log: Journal) -> NoReturn:
    """Ends with the error's exit code. Where there is a log, standard error holds its lines and nothing else."""
    if log.is_kept:
        log.failed(error)
        raise typer.Exit(error.exit_code) from error
    raise error


def _conclude(summary: Summary, log: Journal, *, as_json: bool) -> NoReturn:
    """Shows what a run did, and exits accordingly."""
    typer.echo(summary_json(summary)) if as_json else show_summary(summary)
    if not as_json and not log.is_kept:
        show_failures(summary)
    raise typer.Exit(summary.exit_code)


@app.command()
def inspect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .pdf or .txt file.")],
    draw: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Draw what was seen over the pages: a .png, or a folder for many."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what one file yields."""
    with progress(1) as listener:
        read = partial(_draw, out=draw) if draw else context.obj
        outcome = read(known_file(file), on_page=listener.on_page)
    if as_json:
        typer.echo(outcome_json(outcome))
    else:
        show_outcome(outcome)
    raise typer.Exit(1 if outcome.status == "failed" else 0)


def _draw(file: Path, *, out: Path, on_page: OnPage) -> Outcome:
    """What a file yields, its pages drawn on the way; the pictures are named on standard error, out of JSON's way."""
    examination = examine(file, on_page=on_page)
    for picture in write_pictures(examination, partial(render, file), out):
        typer.echo(visible(str(picture)), err=True)
    return examination.outcome


@app.command("publish")
def publish_command(  # noqa: PLR0913, PLR0917 - an argument an option
    db: WorkDb,
    to: Annotated[Path, typer.Option(file_okay=False, metavar="FOLDER", help="Readers open perftable.duckdb there.")],
    keep: Annotated[int, typer.Option(min=2, metavar="N", help="Snapshots to keep, the new one included.")] = 7,
    max_fall: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="How far counts and fill rates may fall.")
    ] = 0.05,
    force: Annotated[bool, typer.Option("--force", help="Publish even where they fell further.")] = False,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Report as this config says.")] = None,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    as_json: AsJson = False,
) -> None:
    """Give readers a copy of the database, unless it lost too much against the one they have."""
    settings = read_config(config) if config else None
    log = Journal(log_format, log_level)
    with _operation("publish", db, log, settings, config.parent if config else Path()) as job:
        with one_job(db, "publish"):
            publication = publish(db, to, keep=keep, max_fall=max_fall, on_fall="publish" if force else "refuse")
        log.published(publication)
        _deliver(job.report_publication(publication), settings, log)
    typer.echo(publication_json(publication)) if as_json else show_publication(publication)
    if not publication.is_published:
        refusal = "nothing was published, readers keep what they have. Publish with --force if it is meant so."
        _fail(GatesFailed(refusal), log)


@app.command("status")
def status_command(db: WorkDb, as_json: AsJson = False) -> None:
    """Show the last runs, what became of files and documents, and who works on the database now."""
    stands = standing(db)
    typer.echo(standing_json(stands)) if as_json else show_standing(stands)


@app.command("retry")
def retry_command(
    db: WorkDb,
    addresses: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Files as `status` shows them: paths, URLs. None: all that failed."),
    ] = None,
) -> None:
    """Have the next run read files that failed, whatever they wait for."""
    with one_job(db, "retry"), Warehouse(db) as warehouse:
        entries = retry(warehouse, addresses or (), Path.cwd())
    for entry in entries:
        typer.echo(visible(shown(entry.source_uri, Path.cwd())))


@app.command()
def schema(
    file: Annotated[SchemaFile, typer.Argument(help="Which of them to print.")] = SchemaFile.TABLES,
    write: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write all of them there instead.")] = None,
) -> None:
    """Print the tables as SQL, or the records as JSON Schema."""
    if write:
        write_schemas(write)
    else:
        typer.echo(schema_text(file), nl=False)
