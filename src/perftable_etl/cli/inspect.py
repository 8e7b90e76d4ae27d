"""What one file yields."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perftable_etl.cli.options import (
    ArchiveIn,
    AsJson,
    LayoutsIn,
    MaxBytes,
    Memory,
    Timeout,
    archives_of,
    layouts_in,
    parser_of,
)
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database, is_database_called
from perftable_etl.cli.streams import print_line
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from perftable_etl.ingest.inspection import OnPage
    from perftable_etl.ingest.shown import Shown
    from perftable_etl.normalize.layouts.collection import Layouts
    from perftable_etl.records import Outcome


def inspect(  # noqa: PLR0913, PLR0917 - an argument an option
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A PDF, text, web page, Word or Excel file. With --db: a document, a finding."
        ),
    ],
    db: Db = None,
    config: ConfigFile = None,
    archive: ArchiveIn = None,
    draw: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Draw cells and fields. OUT is a .png, an .html (without pages) or a folder."),
    ] = None,
    page: Annotated[int | None, typer.Option(min=1, metavar="N", help="Show only this page.")] = None,
    layouts: LayoutsIn = None,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
    as_json: AsJson = False,
) -> None:
    """Read one file and show the result.

    With a database, FILE may also be a document of it (its id or file name), or the id of a finding, which is shown at
    its place. Their bytes come from the archive or from their place.
    """
    shown = _of_database(context, file, db, config, archive, max_bytes)
    from perftable_etl.ingest.files import known_file

    known, families = shown.path if shown else known_file(Path(file)), layouts_in(layouts)
    from perftable_etl.errors import ReadError
    from perftable_etl.ingest.crew import without_reading
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.report.machine import inspected_json
    from perftable_etl.report.one_page import on_page
    from perftable_etl.report.terminal.console import progress
    from perftable_etl.report.terminal.finding import show_finding
    from perftable_etl.report.terminal.outcome import show_outcome
    from perftable_etl.system.interruption import in_order

    limits = Limits(timeout, memory, max_bytes)
    number = page or (shown.finding.page if shown and shown.finding else None)
    with in_order(), progress(1) as listener:
        try:
            if draw:
                outcome = _draw(known, draw, families, limits, number, listener.on_page)
            else:
                read = partial(parser_of(context, families), max_bytes=max_bytes)
                outcome = inspected(read, known, limits, listener.on_page)
        except ReadError as error:
            outcome = without_reading(known, error, max_bytes)
    outcome = shown.named(outcome) if shown else outcome
    outcome = on_page(outcome, number) if number and outcome.status != "failed" else outcome
    finding = shown.finding if shown else None
    if as_json:
        print_line(inspected_json(outcome, finding))
    else:
        if finding:
            show_finding(finding)
        show_outcome(outcome)
    raise typer.Exit(1 if outcome.status == "failed" else 0)


def _of_database(
    context: typer.Context, word: str, db: Path | None, config: Path | None, archive: str | None, max_bytes: int
) -> Shown | None:
    """What a word means in the database; None for a file, where the call itself names no database."""
    if not is_database_called(context) and (Path(word).exists() or not (db or config)):
        return None
    from perftable_etl.ingest.shown import shown_in

    settings = config_in(config)
    return shown_in(existing_database(db, settings), word, archives_of(archive, settings), max_bytes)


def _draw(file: Path, out: Path, layouts: Layouts | None, limits: Limits, page: int | None, listen: OnPage) -> Outcome:
    """What a file yields, its pages drawn on the way; the pictures are named on standard error, out of JSON's way."""
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.report.pictures import read_and_draw, require_place
    from perftable_etl.screen import visible

    require_place(out)
    read = partial(read_and_draw, out=out, layouts=layouts, max_bytes=limits.max_bytes, page=page)
    outcome, pictures = inspected(read, file, limits, listen)
    for picture in pictures:
        sys.stderr.write(f"{visible(str(picture))}\n")
    return outcome
