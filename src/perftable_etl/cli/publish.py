"""A database for readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson, LogAs, LogFrom
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database
from perftable_etl.cli.streams import print_line
from perftable_etl.report.log_style import LogLevel


def publish(  # noqa: PLR0913, PLR0917 - an argument an option
    to: Annotated[Path, typer.Option(file_okay=False, metavar="FOLDER", help="Readers open perftable.duckdb there.")],
    db: Db = None,
    config: ConfigFile = None,
    keep: Annotated[int, typer.Option(min=2, metavar="N", help="Snapshots to keep, the new one included.")] = 7,
    max_fall: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="How far counts and fill rates may fall.")
    ] = 0.05,
    force: Annotated[bool, typer.Option("--force", help="Publish even where they fell further.")] = False,
    log_format: LogAs = None,
    log_level: LogFrom = LogLevel.INFO,
    as_json: AsJson = False,
) -> None:
    """Give readers a checked copy of the database.

    Nothing is published where the copy lost too much against the snapshot that readers have.
    """
    source, settings = existing_database(db, config), config_in(config)

    from perftable_etl.cli.operation import deliver_report, fail, operation
    from perftable_etl.errors import GatesFailed
    from perftable_etl.load import publish
    from perftable_etl.load.lock import one_job
    from perftable_etl.report.journal import Journal
    from perftable_etl.report.machine import publication_json
    from perftable_etl.report.terminal.publication import show_publication

    log = Journal(log_format, log_level)
    with operation("publish", source, log, settings) as job:
        with one_job(source, "publish"):
            on_fall: publish.OnFall = "publish" if force else "refuse"
            publication = publish.publish(source, to, keep=keep, max_fall=max_fall, on_fall=on_fall)
        log.published(publication)
        deliver_report(job.report_publication(publication), settings, log)
    print_line(publication_json(publication)) if as_json else show_publication(publication)
    if not publication.is_published:
        refusal = "nothing was published, readers keep what they have. Publish with --force if it is meant so."
        fail(GatesFailed(refusal), log)
