"""A document out of a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line


def forget(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id of a document, its address or file name.")],
    db: Db = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take a document out of the database.

    Projects that it replaced or repeated are current again. Later runs leave its file alone; to bring it back, name the
    file itself: perftable-etl ingest FILE.
    """
    path = loaded_database(db, config)

    from perftable_etl.ingest.reparse import one_named
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.stored import Choice
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.decisions import forgotten_json
    from perftable_etl.report.terminal.corrections import show_forgotten
    from perftable_etl.system.interruption import in_order

    with in_order(), one_job(path, "forget"), Warehouse(path) as warehouse:
        chosen = one_named(warehouse.documents(Choice()), document, Path.cwd())
        forgotten = warehouse.forget(chosen.document_id)
    print_line(forgotten_json(forgotten)) if as_json else show_forgotten(forgotten)
