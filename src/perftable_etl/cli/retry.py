"""Another chance for files that failed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import WorkDb


def retry(
    db: WorkDb,
    addresses: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Files as `status` shows them: paths, URLs. None: all that failed."),
    ] = None,
) -> None:
    """Have the next run read files that failed, whatever they wait for."""
    from perftable_etl.addresses import shown
    from perftable_etl.ingest import retry
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.screen import visible

    with one_job(db, "retry"), Warehouse(db) as warehouse:
        entries = retry.retry(warehouse, addresses or (), Path.cwd())
    for entry in entries:
        typer.echo(visible(shown(entry.source_uri, Path.cwd())))
