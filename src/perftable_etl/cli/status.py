"""How a database stands."""

from __future__ import annotations

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, existing_database
from perftable_etl.cli.streams import print_line


def status(db: Db = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Show the last runs, what failed, and who is at work."""
    path = existing_database(db, config)

    from perftable_etl.load.status import standing
    from perftable_etl.report.machine import standing_json
    from perftable_etl.report.terminal.standing import show_standing

    stands = standing(path)
    print_line(standing_json(stands)) if as_json else show_standing(stands)
