"""Another chance for files that failed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line


def retry(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Failed files, as `status` shows them. Default: all."),
    ] = None,
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Make the next run read failed files, without waiting."""
    path = loaded_database(db, config)

    from perftable_etl.ingest import retry
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.screen import visible
    from perftable_etl.system.interruption import in_order
    from perftable_etl.web.addresses import shown

    with in_order(), one_job(path, "retry"), Warehouse(path) as warehouse:
        entries = retry.retry(warehouse, addresses or (), Path.cwd())
    for entry in entries:
        print_line(visible(shown(entry.source_uri, Path.cwd())))
