"""What needs a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson, KnownCode
from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line


def review(
    db: Db = None,
    config: ConfigFile = None,
    code: KnownCode = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", dir_okay=False, metavar="OUT", help="Write a sheet to decide in, for Excel."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the findings that need a person, errors first.

    With --code it shows all findings of that code. Fill in the sheet of --csv, and apply it with `corrections apply`.
    """
    path = loaded_database(db, config)

    from perftable_etl.load.review import review_at

    rows = review_at(path, code)
    if csv:
        from perftable_etl.decisions.sheets import write_sheet

        write_sheet(csv, [row.sheet_row for row in rows])
        print_line(f"{csv}: {len(rows)} findings")
    elif as_json:
        from perftable_etl.report.decisions import review_json

        print_line(review_json(rows))
    else:
        from perftable_etl.report.terminal.review import show_review

        show_review(rows, is_whole=code is not None)
