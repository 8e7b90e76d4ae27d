"""Parts into a database."""

from __future__ import annotations

from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, config_in, database_of
from perftable_etl.cli.streams import print_line


def load(
    folders: Annotated[
        list[str],
        typer.Argument(metavar="DIR", help="Folders of parts, as ingest --to writes them; also s3://bucket/folder."),
    ],
    db: Db = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Load parts that other machines wrote into a DuckDB file.

    It loads each part once, however often you give it. It names the parts that are half-written or damaged, and leaves
    them out.
    """
    target = database_of(db, config_in(config))

    from perftable_etl.ingest.parts import load_parts
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.machine import load_json
    from perftable_etl.report.terminal.console import progress_of
    from perftable_etl.report.terminal.parts import show_load
    from perftable_etl.stores.address import place_of
    from perftable_etl.system.interruption import in_order

    with in_order(), one_job(target, "load"), Warehouse(target) as warehouse, progress_of("loading parts") as on_parts:
        summary = load_parts([place_of(folder) for folder in folders], warehouse, on_parts)
    print_line(load_json(summary)) if as_json else show_load(summary)
    raise typer.Exit(summary.exit_code)
