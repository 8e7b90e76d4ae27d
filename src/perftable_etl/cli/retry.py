"""Another chance for files that failed."""

from __future__ import annotations

from typing import Annotated

import typer

from perftable_etl.cli.settings import ConfigFile, Db, existing_database
from perftable_etl.cli.streams import print_line


def retry(
    uris: Annotated[list[str] | None, typer.Argument(metavar="URI", help="None: all that failed.")] = None,
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Have the next run read files that failed, without waiting."""
    path = existing_database(db, config)

    from perftable_etl.ingest import retry
    from perftable_etl.interruption import in_order
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse

    with in_order(), one_job(path, "retry"), Warehouse(path) as warehouse:
        entries = retry.retry(warehouse, uris or ())
    for entry in entries:
        print_line(entry.source_uri)
