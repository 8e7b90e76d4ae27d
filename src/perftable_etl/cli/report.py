"""A site about a database."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import ArchiveIn, MaxBytes, Memory, Timeout, Workers, archives_of
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database
from perftable_etl.cli.streams import print_line
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits


def report(  # noqa: PLR0913, PLR0917 - an argument an option
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder for the site: new, empty, or such a site.")],
    db: Db = None,
    config: ConfigFile = None,
    archive: ArchiveIn = None,
    workers: Workers = 2,
    timeout: Timeout = 120.0,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
) -> None:
    """Make a site to look at, and to decide in, from the disk.

    It shows an overview, the documents, and their pages beside their records. It needs no server and no network. A
    second run makes only what changed.
    """
    settings = config_in(config)
    target = existing_database(db, settings)

    from perftable_etl.report.site.site import SiteOrder, build_site
    from perftable_etl.report.terminal.console import progress_of
    from perftable_etl.report.terminal.site import site_lines
    from perftable_etl.system.interruption import in_order

    archives = archives_of(archive, settings)
    order = SiteOrder(target, to, archives, workers, Limits(timeout, memory, max_bytes))
    with in_order():
        result = build_site(order, partial(progress_of, "drawing"))
    for line in site_lines(result, to):
        print_line(line)
