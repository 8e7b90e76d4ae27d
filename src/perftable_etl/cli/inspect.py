"""What one file yields."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perftable_etl.cli.options import AsJson, LayoutsIn, MaxBytes, Memory, Timeout, layouts_in, parser_of
from perftable_etl.cli.streams import print_line
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from perftable_etl.ingest.inspection import OnPage
    from perftable_etl.normalize.layouts.collection import Layouts
    from perftable_etl.records import Outcome


def inspect(  # noqa: PLR0913, PLR0917 - an argument an option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, text, web page, Word or Excel file.")],
    draw: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Draw cells and fields. OUT is a .png, an .html (without pages) or a folder."),
    ] = None,
    layouts: LayoutsIn = None,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
    as_json: AsJson = False,
) -> None:
    """Read one file and show the result."""
    from perftable_etl.ingest.files import known_file

    known, families = known_file(file), layouts_in(layouts)
    from perftable_etl.errors import ReadError
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.ingest.isolation import without_reading
    from perftable_etl.interruption import in_order
    from perftable_etl.report.machine import outcome_json
    from perftable_etl.report.terminal.console import progress
    from perftable_etl.report.terminal.outcome import show_outcome

    limits = Limits(timeout, memory, max_bytes)
    with in_order(), progress(1) as listener:
        try:
            if draw:
                outcome = _draw(known, draw, families, limits, listener.on_page)
            else:
                read = partial(parser_of(context, families), max_bytes=max_bytes)
                outcome = inspected(read, known, limits, listener.on_page)
        except ReadError as error:
            outcome = without_reading(known, error, max_bytes)
    print_line(outcome_json(outcome)) if as_json else show_outcome(outcome)
    raise typer.Exit(1 if outcome.status == "failed" else 0)


def _draw(file: Path, out: Path, layouts: Layouts | None, limits: Limits, on_page: OnPage) -> Outcome:
    """What a file yields, its pages drawn on the way; the pictures are named on standard error, out of JSON's way."""
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.report.pictures import read_and_draw, require_place
    from perftable_etl.screen import visible

    require_place(out)
    read = partial(read_and_draw, out=out, layouts=layouts, max_bytes=limits.max_bytes)
    outcome, pictures = inspected(read, file, limits, on_page)
    for picture in pictures:
        sys.stderr.write(f"{visible(str(picture))}\n")
    return outcome
