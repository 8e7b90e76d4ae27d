"""Whether all is there that a nightly job needs."""

from __future__ import annotations

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db
from perftable_etl.cli.streams import print_line


def doctor(config: ConfigFile = None, db: Db = None, as_json: AsJson = False) -> None:
    """Check this machine, the config and the database."""
    from perftable_etl.doctor import examine
    from perftable_etl.report.checks import checks_json
    from perftable_etl.report.terminal.checks import show_check, show_verdict

    checks = []
    for check in examine(config, db):
        checks.append(check)
        if not as_json:
            show_check(check)
    print_line(checks_json(checks)) if as_json else show_verdict(checks)
    raise typer.Exit(1 if any(check.grade == "error" for check in checks) else 0)
