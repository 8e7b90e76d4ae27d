"""Decisions of persons: into a database, and out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line
from perftable_etl.cli.usage import Commands

app = typer.Typer(cls=Commands, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def corrections() -> None:
    """Apply decisions of persons, and carry them elsewhere."""


@app.command()
def apply(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="A filled-in sheet: .csv, .xlsx, .xls or .ods.")],
    db: Db = None,
    config: ConfigFile = None,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Who decides, where the sheet does not say.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Apply the decisions of a sheet: all of them, or none if a line does not fit."""
    path = loaded_database(db, config)

    from perftable_etl.decisions.sheets import read_sheet
    from perftable_etl.decisions.values import read_value
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.decisions import applied_json
    from perftable_etl.report.terminal.corrections import show_applied
    from perftable_etl.system.interruption import in_order

    lines = read_sheet(sheet)
    with in_order(), one_job(path, "corrections apply"), Warehouse(path) as warehouse:
        applied = warehouse.apply(lines, author, read_value)
    print_line(applied_json(applied)) if as_json else show_applied(applied)


@app.command()
def export(
    db: Db = None,
    config: ConfigFile = None,
    to: Annotated[
        Path | None, typer.Option("--to", dir_okay=False, metavar="FILE", help="CSV file. Default: standard output.")
    ] = None,
) -> None:
    """Write all decisions as a sheet that `corrections apply` takes, for another database."""
    path = loaded_database(db, config)

    from perftable_etl.decisions.sheets import write_sheet
    from perftable_etl.load.corrections.export import decisions_at, sheet_row
    from perftable_etl.load.corrections.sheet import sheet_text

    rows = [sheet_row(one.correction) for one in decisions_at(path)]
    if to is None:
        print_line(sheet_text(rows).rstrip("\n"))
    else:
        write_sheet(to, rows)
        print_line(f"{to}: {len(rows)} decisions")


@app.command("list")
def list_(db: Db = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List all decisions: whether each is applied, replaced by a later one, or orphaned.

    An orphaned decision is about something that no file prints now. It is kept, and applied to nothing.
    """
    path = loaded_database(db, config)

    from perftable_etl.load.corrections.export import decisions_at
    from perftable_etl.report.decisions import decisions_json
    from perftable_etl.report.terminal.corrections import show_decisions

    states = decisions_at(path)
    print_line(decisions_json(states)) if as_json else show_decisions(states)
