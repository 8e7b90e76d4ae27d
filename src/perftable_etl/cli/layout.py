"""Layouts of your own: begun from a form, and tried on files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perftable_etl.cli.options import AsJson, LayoutsIn, MaxBytes, Memory, Timeout, layouts_in, parser_of
from perftable_etl.cli.streams import print_line
from perftable_etl.cli.usage import Commands
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Collection

    from perftable_etl.cli.options import Parser
    from perftable_etl.records import Outcome

app = typer.Typer(cls=Commands, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def layout() -> None:
    """Make a layout for a form, and try it on files."""


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file with the form.")],
    layouts: LayoutsIn = None,
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
) -> None:
    """Print the draft of a layout for a form.

    It lists the labels that are known and those that are not. Write a name in each gap (???). Save it as a .toml file.
    """
    from perftable_etl.ingest.files import known_file

    known, families = known_file(file), layouts_in(layouts)

    from perftable_etl.drafting.draft import draft
    from perftable_etl.errors import UsageError
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.report.terminal.console import progress
    from perftable_etl.system.interruption import in_order

    limits = Limits(timeout, memory, max_bytes)
    with in_order(), progress(1) as listener:
        drafted = inspected(partial(draft, layouts=families, max_bytes=max_bytes), known, limits, listener.on_page)
    if drafted.complaint:
        raise UsageError(drafted.complaint)
    print_line(drafted.text)


@app.command()
def test(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: typer.Context,
    layout: Annotated[Path, typer.Argument(metavar="LAYOUT", help="Your layout (.toml), or a folder of layouts.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files to read with it.")],
    timeout: Timeout = DEFAULT_LIMITS.seconds,
    memory: Memory = DEFAULT_LIMITS.megabytes,
    max_bytes: MaxBytes = DEFAULT_LIMITS.max_bytes,
    as_json: AsJson = False,
) -> None:
    """Read files with your layout and show the result. Nothing is loaded.

    The exit status is 0 if it reads every form of every file.
    """
    from perftable_etl.ingest.files import known_file
    from perftable_etl.normalize.layouts.collection import default_layouts, layouts_at

    known, families = [known_file(file) for file in files], layouts_at(layout)
    own = frozenset(families.names) - frozenset(default_layouts().names)

    from perftable_etl.report.machine import outcomes_json
    from perftable_etl.report.terminal.layouts import show_trial
    from perftable_etl.report.terminal.outcome import show_outcome
    from perftable_etl.system.interruption import in_order

    limits = Limits(timeout, memory, max_bytes)
    parser = parser_of(context, families)
    with in_order():
        outcomes = [_outcome(parser, file, limits) for file in known]
    if as_json:
        print_line(outcomes_json(outcomes))
    else:
        for outcome in outcomes:
            show_outcome(outcome)
        show_trial(outcomes, own)
    raise typer.Exit(0 if all(_is_read(outcome, own) for outcome in outcomes) else 1)


def _outcome(parser: Parser, file: Path, limits: Limits) -> Outcome:
    from perftable_etl.errors import ReadError
    from perftable_etl.ingest.crew import without_reading
    from perftable_etl.ingest.inspection import inspected
    from perftable_etl.report.terminal.console import progress

    with progress(1) as listener:
        try:
            return inspected(partial(parser, max_bytes=limits.max_bytes), file, limits, listener.on_page)
        except ReadError as error:
            return without_reading(file, error, limits.max_bytes)


def _is_read(outcome: Outcome, own: Collection[str]) -> bool:
    """Whether a file has forms, and the layout reads all of them."""
    unread = any(finding.code == "layout_unclaimed" for finding in outcome.findings)
    return bool(outcome.declarations) and not unread and all(one.layout in own for one in outcome.declarations)
