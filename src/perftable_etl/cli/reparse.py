"""Documents of a database, read again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from perftable_etl.cli.options import (
    ArchiveIn,
    AsJson,
    KnownCode,
    LayoutsIn,
    LogAs,
    LogFrom,
    MaxBytes,
    Memory,
    Metrics,
    Timeout,
    Workers,
    archives_of,
    layouts_in,
    parser_of,
    reader_of,
)
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits
from perftable_etl.report.log_style import LogLevel


def reparse(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT...]", help="Ids, addresses or file names of documents. Default: all."),
    ] = None,
    db: Db = None,
    config: ConfigFile = None,
    code: KnownCode = None,
    status: Annotated[
        Literal["ok", "review", "no_forms", "failed"] | None,
        typer.Option("--status", metavar="STATUS", help="Only documents that are ok, review, no_forms or failed."),
    ] = None,
    archive: ArchiveIn = None,
    workers: Workers = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
    layouts: LayoutsIn = None,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    metrics: Metrics = None,
    as_json: AsJson = False,
) -> None:
    """Read documents of the database again, unchanged ones too.

    It takes a document from the archive, or from its place if its bytes are still there. It names each document that it
    cannot find.
    """
    settings = config_in(config)
    target, families = existing_database(db, settings), layouts_in(layouts, settings)

    from perftable_etl.cli.operation import Audience, conclude, deliver_report, followed, operation
    from perftable_etl.ingest import reparse
    from perftable_etl.ingest.crew import parse_all
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.stored import Choice
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.journal import Journal

    limits = Limits(timeout, memory, max_bytes)
    parse_files = partial(parse_all, parse=parser_of(context, families), workers=workers, limits=limits)
    archives = archives_of(archive, settings)
    log = Journal(log_format, log_level)
    audience = Audience(settings, metrics=metrics)
    with operation("reparse", target, log, audience) as job:
        with one_job(target, "reparse"), Warehouse(target, reader_of(families)) as warehouse:
            chosen = reparse.named_among(warehouse.documents(Choice(code, status)), documents or (), Path.cwd())
            with followed(log, len(chosen)) as on_event:
                summary = reparse.reparse(chosen, warehouse, archives, parse_files, on_event, max_bytes)
        log.finished(summary)
        deliver_report(job.report_run(summary), audience, log)
    conclude(summary, log, as_json=as_json)
