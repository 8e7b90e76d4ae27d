"""Another chance for files that failed."""

from __future__ import annotations

from typing import Annotated

import typer

from perftable_etl.cli.options import WorkDb


def retry(
    db: WorkDb,
    uris: Annotated[list[str] | None, typer.Argument(metavar="[URI...]", help="None: all that failed.")] = None,
) -> None:
    """Have the next run read files that failed, whatever they wait for."""
    from perftable_etl.ingest import retry
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse

    with one_job(db, "retry"), Warehouse(db) as warehouse:
        entries = retry.retry(warehouse, uris or ())
    for entry in entries:
        typer.echo(entry.source_uri)
