"""The status of a database."""

from __future__ import annotations

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line


def status(db: Db = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Show the last runs, the failed files and the running job."""
    path = loaded_database(db, config)

    from perftable_etl.load.status import database_status
    from perftable_etl.report.machine import status_json
    from perftable_etl.report.terminal.status import show_status

    found = database_status(path)
    print_line(status_json(found)) if as_json else show_status(found)
