"""What is linked over the years: who decides about unsure links, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line
from perftable_etl.errors import UsageError


def links(  # noqa: PLR0913, PLR0917 - an argument an option
    db: Db = None,
    config: ConfigFile = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", dir_okay=False, metavar="OUT", help="Write a sheet to decide in, for Excel."),
    ] = None,
    status: Annotated[
        Literal["queued", "used", "confirmed", "rejected", "decided"],
        typer.Option(
            "--status",
            metavar="STATUS",
            help="Links in the sheet: queued, used, confirmed, rejected, or decided (to carry elsewhere).",
        ),
    ] = "queued",
    sheet: Annotated[
        Path | None,
        typer.Option("--apply", metavar="SHEET", help="Apply a filled-in sheet: .csv, .xlsx, .xls or .ods."),
    ] = None,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="Who decides, where the sheet does not say.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show links over the years, and decide about unsure ones.

    Fill in the column decision of the sheet of --csv with yes or no, and apply the sheet with --apply: all of it, or
    nothing if a line does not fit.
    """
    path = loaded_database(db, config)
    if csv and sheet:
        raise UsageError(
            "--csv and --apply cannot be given together. Write the sheet first, fill it in, then apply it."
        )
    if sheet:
        _apply(path, sheet, author, as_json=as_json)
    elif csv:
        from perftable_etl.decisions.sheets import write_link_sheet
        from perftable_etl.load.link_review import sheet_rows_at

        rows = sheet_rows_at(path, status)
        write_link_sheet(csv, rows)
        print_line(f"{csv}: {len(rows)} links")
    else:
        from perftable_etl.load.link_review import link_counts_at
        from perftable_etl.report.links import counts_json
        from perftable_etl.report.terminal.links import show_counts

        counts = link_counts_at(path)
        print_line(counts_json(counts)) if as_json else show_counts(counts)


def _apply(path: Path, sheet: Path, author: str | None, *, as_json: bool) -> None:
    from perftable_etl.decisions.sheets import read_link_sheet
    from perftable_etl.load.lock import one_job
    from perftable_etl.load.warehouse import Warehouse
    from perftable_etl.report.links import applied_json
    from perftable_etl.report.terminal.links import show_applied
    from perftable_etl.system.interruption import in_order

    lines = read_link_sheet(sheet)
    with in_order(), one_job(path, "links"), Warehouse(path) as warehouse:
        applied = warehouse.apply_links(lines, author)
    print_line(applied_json(applied)) if as_json else show_applied(applied)
