"""The commands together, and the console script."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from perftable_etl.cli.corrections import app as corrections
from perftable_etl.cli.doctor import doctor
from perftable_etl.cli.explain import explain
from perftable_etl.cli.export import export
from perftable_etl.cli.forget import forget
from perftable_etl.cli.ingest import ingest
from perftable_etl.cli.inspect import inspect
from perftable_etl.cli.layout import app as layout
from perftable_etl.cli.links import links
from perftable_etl.cli.load import load
from perftable_etl.cli.options import Parser
from perftable_etl.cli.publish import PublishCommand, publish
from perftable_etl.cli.reparse import reparse
from perftable_etl.cli.report import report
from perftable_etl.cli.retry import retry
from perftable_etl.cli.review import review
from perftable_etl.cli.schema import schema
from perftable_etl.cli.sql import sql
from perftable_etl.cli.status import status
from perftable_etl.cli.streams import print_line, take_over_streams
from perftable_etl.cli.sync import sync
from perftable_etl.cli.usage import Commands
from perftable_etl.errors import ClosedPipe, InternalFault, PerftableError
from perftable_etl.version import VERSION

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""The commands. A parser that tests bring comes in as the context's object."""


def main(parser: Parser | None = None) -> None:
    """The console script: every error of ours is one line and its exit code. `parser` stands in for ours in tests."""
    take_over_streams()
    try:
        _run(parser)
    except PerftableError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except Exception as error:
        traceback.print_exc()
        _tell(InternalFault(f"the program failed ({type(error).__name__}). Report this with the lines above."))
        sys.exit(InternalFault.exit_code)


def _run(parser: Parser | None) -> None:
    try:
        app(obj=parser, prog_name="perftable-etl")
    finally:
        sys.stdout.flush()  # here a failure can still be told


def _tell(error: PerftableError) -> None:
    """Mostly one line on standard error. A terminal wraps it itself, so that a path in it can be copied whole."""
    if isinstance(error, ClosedPipe):
        return
    from perftable_etl.screen import visible

    is_coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    label = typer.style("error: ", fg="red", bold=True) if is_coloured else "error: "
    shown = "\n".join(map(visible, error.lines))
    sys.stderr.write(f"{label}{shown}\n")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        print_line(f"perftable-etl {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Load published Chinese budget-performance forms into DuckDB.

    It reads the forms (财政项目支出绩效目标申报表) from PDF and text files.
    """


COMMANDS = (
    ingest,
    sync,
    load,
    inspect,
    review,
    explain,
    links,
    reparse,
    forget,
    publish,
    report,
    export,
    sql,
    status,
    retry,
    doctor,
    schema,
)
"""All commands, in the order in which help lists them."""

for command in COMMANDS:
    app.command(cls=PublishCommand if command is publish else None)(command)
app.add_typer(corrections, name="corrections")
app.add_typer(layout, name="layout")
