"""Whether all is there that a nightly job needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson


def doctor(
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check the sources, folders and secrets of this config.")
    ] = None,
    db: Annotated[
        Path | None, typer.Option(metavar="FILE", envvar="PERFTABLE_DB", help="Check this file, not the config's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check this machine, the config and the database; change nothing."""
    from perftable_etl.doctor import examine
    from perftable_etl.report.checks import checks_json
    from perftable_etl.report.terminal.checks import show_check, show_verdict

    checks = []
    for check in examine(config, db):
        checks.append(check)
        if not as_json:
            show_check(check)
    typer.echo(checks_json(checks)) if as_json else show_verdict(checks)
    raise typer.Exit(1 if any(check.grade == "error" for check in checks) else 0)
