"""How a database stands."""

from __future__ import annotations

import typer

from perftable_etl.cli.options import AsJson, WorkDb


def status(db: WorkDb, as_json: AsJson = False) -> None:
    """Show the last runs, what became of files and documents, and who works on the database now."""
    from perftable_etl.load.status import standing
    from perftable_etl.report.machine import standing_json
    from perftable_etl.report.terminal.standing import show_standing

    stands = standing(db)
    typer.echo(standing_json(stands)) if as_json else show_standing(stands)
