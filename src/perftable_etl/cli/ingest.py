"""Files of this machine into a database."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from perftable_etl.cli.options import (
    AsJson,
    LayoutsIn,
    LogAs,
    LogFrom,
    MaxBytes,
    Memory,
    Metrics,
    Timeout,
    Workers,
    layouts_in,
    parser_of,
    reader_of,
)
from perftable_etl.cli.settings import ConfigFile, Db, config_in, database_of, is_database_called
from perftable_etl.errors import UsageError
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits
from perftable_etl.report.log_style import LogLevel


def ingest(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files and folders to load, also in an object store: s3://bucket/folder."),
    ],
    db: Db = None,
    config: ConfigFile = None,
    workers: Workers = 1,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
    archive: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Keep a copy of every file in this folder or s3:// address.")
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Compare the bytes of files that look unchanged.")] = False,
    layouts: LayoutsIn = None,
    shard: Annotated[
        str | None, typer.Option(metavar="i/N", help="Read only this share of the files, such as 2/8; needs --to.")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Have the workers of this Dask scheduler read the files; needs --to."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Write parts into this folder or s3:// address, and no database; see load."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read all files again, unchanged ones too.")] = False,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    metrics: Metrics = None,
    as_json: AsJson = False,
) -> None:
    """Load files and folders into a DuckDB file, or into parts.

    It skips a file that it read before, unless the file changed. It always reads a file that you name itself.
    """
    from perftable_etl.ingest.files import find_files
    from perftable_etl.stores.address import place_of

    places = [place_of(path) for path in paths]
    found, settings = find_files(places), config_in(config)
    families = layouts_in(layouts, settings)
    _require_place(shard, dask, to)
    if to and is_database_called(context):
        raise UsageError("--to writes parts, and --db names a database. Give one of them.")
    target = place_of(to) if to else database_of(db, settings)

    from perftable_etl.cli.operation import Audience, conclude, deliver_report, followed, operation
    from perftable_etl.ingest import job
    from perftable_etl.ingest.crew import parse_all
    from perftable_etl.ingest.destinations import into_database, into_parts, into_parts_of_many
    from perftable_etl.ingest.means import Means
    from perftable_etl.ingest.shards import share_of, shared
    from perftable_etl.ingest.stored_archive import archive_at
    from perftable_etl.report.journal import Journal

    limits = Limits(timeout, memory, max_bytes)
    parse_files = partial(parse_all, parse=parser_of(context, families), workers=workers, limits=limits)
    means = Means(reader_of(families), parse_files, archive_at(place_of(archive)) if archive else None)
    share = share_of(shard or "1/1")
    log = Journal(log_format, log_level)
    audience = Audience(settings, metrics=metrics)
    with operation("ingest", target, log, audience) as begun:
        if dask:
            opened = into_parts_of_many(target, means, dask)
        elif to:
            opened = into_parts(target, means, share)
        else:
            opened = into_database(database_of(db, settings), means)
        with opened as destination:
            found = shared(found._replace(all_named=again), places, share)
            planned = job.plan(found, destination.known, max_bytes)
            planned = job.verified(planned) if verify else planned
            with followed(log, planned.actions["read"]) as on_event:
                summary = destination.ingest(planned, on_event)
        log.finished(summary)
        deliver_report(begun.report_run(summary), audience, log)
    conclude(summary, log, as_json=as_json)


def _require_place(shard: str | None, dask: str | None, to: str | None) -> None:
    """Raises UsageError where parts have no folder, or two ways to share the work are named."""
    if shard and dask:
        raise UsageError("--shard and --dask are two ways to share the work. Give one of them.")
    if to is None and (shard or dask):
        option = "--shard" if shard else "--dask"
        raise UsageError(f"{option} needs --to DIR, the folder for its parts. perftable-etl load brings them together.")
