"""What the sources of a config have that is new, into a database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from perftable_etl.cli.options import (
    AsJson,
    LayoutsIn,
    LogAs,
    LogFrom,
    Memory,
    Metrics,
    Timeout,
    Workers,
    layouts_in,
    parser_of,
    reader_of,
)
from perftable_etl.cli.settings import ConfigFile, Db, database_of, required_config
from perftable_etl.cli.streams import print_line
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits
from perftable_etl.report.log_style import LogLevel

if TYPE_CHECKING:
    from pathlib import Path

    from perftable_etl.ingest.config import Config


def sync(  # noqa: PLR0913, PLR0917 - an argument an option
    context: typer.Context,
    config: ConfigFile = None,
    db: Db = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the files that a run would fetch. Fetch nothing.")
    ] = False,
    workers: Workers = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    layouts: LayoutsIn = None,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    metrics: Metrics = None,
    as_json: AsJson = False,
) -> None:
    """Fetch and load new files from the sources in a config."""
    settings = required_config(config)
    target, families = database_of(db, settings), layouts_in(layouts, settings)

    from perftable_etl.cli.operation import audience_at, conclude, deliver_report, followed, operation
    from perftable_etl.ingest import sync
    from perftable_etl.ingest.crew import parse_all
    from perftable_etl.ingest.sources.opening import open_sources
    from perftable_etl.ingest.stored_archive import archive_at
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.journal import Journal

    limits = Limits(timeout, memory, settings.max_bytes)
    parse_files = partial(parse_all, parse=parser_of(context, families), workers=workers, limits=limits)
    if dry_run:
        _show_plan(settings, target, reader_of(families), as_json=as_json)
    log = Journal(log_format, log_level)
    audience = audience_at(config, settings, metrics)
    with operation("sync", target, log, audience) as job:
        with (
            one_job(target, "sync"),
            Warehouse(target, reader_of(families)) as warehouse,
            open_sources(settings) as sources,
            followed(log, None) as on_event,
        ):
            summary = sync.sync(sources, warehouse, archive_at(settings.archive), parse_files, on_event)
        log.finished(summary)
        deliver_report(job.report_run(summary), audience, log)
    conclude(summary, log, as_json=as_json)


def _show_plan(settings: Config, db: Path, reader: str, *, as_json: bool) -> NoReturn:
    """What a sync would do; nothing is written."""
    from perftable_etl.ingest.loading import Trouble
    from perftable_etl.ingest.sources.opening import open_sources
    from perftable_etl.ingest.sync import offers
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import ledger_at
    from perftable_etl.report.offers import offers_json
    from perftable_etl.report.terminal.offers import show_offers
    from perftable_etl.system.interruption import in_order

    with in_order(), one_job(db, "sync"), open_sources(settings) as sources:
        found = list(offers(sources, ledger_at(db), reader))
    print_line(offers_json(found)) if as_json else show_offers(found)
    raise typer.Exit(1 if any(isinstance(offer, Trouble) for offer in found) else 0)
