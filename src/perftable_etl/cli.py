"""The command line: parses arguments, calls, prints, exits."""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from perftable_etl.errors import GatesFailed, Interrupted, PerftableError, Terminated
from perftable_etl.extract.recognition import OnPage
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.config import read_config
from perftable_etl.ingest.files import find_files, known_file
from perftable_etl.ingest.intake import Trouble
from perftable_etl.ingest.isolation import DEFAULT_LIMITS, Limits, parse_all
from perftable_etl.ingest.job import ingest, plan, verified
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.sync import offers, sync
from perftable_etl.load.lock import one_job
from perftable_etl.load.publish import publish
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import examine, parse, render
from perftable_etl.records import Outcome
from perftable_etl.report.machine import offers_json, outcome_json, publication_json, summary_json
from perftable_etl.report.pictures import write_pictures
from perftable_etl.report.terminal import (
    progress,
    show_error,
    show_offers,
    show_outcome,
    show_publication,
    show_summary,
)
from perftable_etl.schema import SchemaFile, schema_text, write_schemas
from perftable_etl.version import VERSION

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
"""The commands. The parser comes in as the context's object, so that tests can bring their own."""

Timeout = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="What reading one file may take.")]
Memory = Annotated[int, typer.Option(min=256, metavar="MB", help="Memory that one process may allocate (Linux).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs and nothing else.")]


def main() -> None:
    """The console script: every error of ours is one line and its exit code."""
    for number in _INTERRUPTIONS:
        signal.signal(number, _interrupt)
    try:
        app(obj=parse)
    except PerftableError as error:
        show_error(str(error))
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
    as_json: AsJson = False,
) -> None:
    """Read files and folders into a DuckDB file."""
    found = find_files(paths)
    parse_files = partial(parse_all, parse=context.obj, workers=workers, limits=Limits(timeout, memory))
    with one_job(db, "ingest"), Warehouse(db) as warehouse:
        planned = plan(found, warehouse)
        planned = verified(planned) if verify else planned
        with progress(len(planned.to_read)) as listener:
            summary = ingest(planned, warehouse, Archive(archive) if archive else None, parse_files, listener.on_event)
    if as_json:
        typer.echo(summary_json(summary))
    else:
        show_summary(summary)
    raise typer.Exit(summary.exit_code)


@app.command("sync")
def sync_command(  # noqa: PLR0913, PLR0917 - an argument an option
    context: typer.Context,
    config: Annotated[Path, typer.Option(metavar="FILE", help="The list of sources (sources.toml).")],
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="Load into this file, not the config's.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be fetched.")] = False,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that parse.")] = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new or changed at the sources of a config, and read it."""
    settings = read_config(config)
    target = db or settings.db
    parse_files = partial(parse_all, parse=context.obj, workers=workers, limits=Limits(timeout, memory))
    with one_job(target, "sync"), Warehouse(target) as warehouse, open_sources(settings) as sources:
        if dry_run:
            found = list(offers(sources, warehouse.ledger()))
            typer.echo(offers_json(found)) if as_json else show_offers(found)
            raise typer.Exit(1 if any(isinstance(offer, Trouble) for offer in found) else 0)
        with progress(None) as listener:
            summary = sync(sources, warehouse, Archive(settings.archive), parse_files, listener.on_event)
    typer.echo(summary_json(summary)) if as_json else show_summary(summary)
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
        typer.echo(picture, err=True)
    return examination.outcome


@app.command("publish")
def publish_command(
    db: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="The DuckDB file that was loaded.")
    ],
    to: Annotated[Path, typer.Option(file_okay=False, metavar="FOLDER", help="Readers open perftable.duckdb there.")],
    keep: Annotated[int, typer.Option(min=2, metavar="N", help="Snapshots to keep, the new one included.")] = 7,
    max_fall: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="How far counts and fill rates may fall.")
    ] = 0.05,
    force: Annotated[bool, typer.Option("--force", help="Publish even where they fell further.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give readers a copy of the database, unless it lost too much against the one they have."""
    with one_job(db, "publish"):
        publication = publish(db, to, keep=keep, max_fall=max_fall, on_fall="publish" if force else "refuse")
    if as_json:
        typer.echo(publication_json(publication))
    else:
        show_publication(publication)
    if not publication.is_published:
        raise GatesFailed("nothing was published, readers keep what they have. Publish with --force if it is meant so.")


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
