"""What one file yields."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perftable_etl.cli.options import AsJson, LayoutsIn, layouts_in, parser_of
from perftable_etl.cli.streams import print_line

if TYPE_CHECKING:
    from perftable_etl.extract.source import OnPage
    from perftable_etl.normalize.layouts.collection import Layouts
    from perftable_etl.records import Outcome


def inspect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .pdf or .txt file.")],
    draw: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Draw what was seen over the pages: a .png, or a folder for many."),
    ] = None,
    layouts: LayoutsIn = None,
    as_json: AsJson = False,
) -> None:
    """Show what one file yields."""
    from perftable_etl.ingest.files import known_file

    known, families = known_file(file), layouts_in(layouts)

    from perftable_etl.interruption import in_order
    from perftable_etl.report.machine import outcome_json
    from perftable_etl.report.terminal.console import progress
    from perftable_etl.report.terminal.outcome import show_outcome

    with in_order(), progress(1) as listener:
        read = partial(_draw, out=draw, layouts=families) if draw else parser_of(context, families)
        outcome = read(known, on_page=listener.on_page)
    print_line(outcome_json(outcome)) if as_json else show_outcome(outcome)
    raise typer.Exit(1 if outcome.status == "failed" else 0)


def _draw(file: Path, out: Path, layouts: Layouts | None, on_page: OnPage) -> Outcome:
    """What a file yields, its pages drawn on the way; the pictures are named on standard error, out of JSON's way."""
    from perftable_etl.pipeline import examine, render
    from perftable_etl.report.pictures import write_pictures
    from perftable_etl.screen import visible

    examination = examine(file, layouts=layouts, on_page=on_page)
    for picture in write_pictures(examination, partial(render, file), out):
        sys.stderr.write(f"{visible(str(picture))}\n")
    return examination.outcome
