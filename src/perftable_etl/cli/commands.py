"""The commands together, and the console script."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from perftable_etl.cli.ingest import ingest
from perftable_etl.cli.inspect import inspect
from perftable_etl.cli.options import Parser
from perftable_etl.cli.publish import publish
from perftable_etl.cli.retry import retry
from perftable_etl.cli.schema import schema
from perftable_etl.cli.signals import end_in_order
from perftable_etl.cli.status import status
from perftable_etl.cli.sync import sync
from perftable_etl.errors import PerftableError
from perftable_etl.version import VERSION

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
"""The commands. A parser that tests bring comes in as the context's object."""


def main(parser: Parser | None = None) -> None:
    """The console script: every error of ours is one line and its exit code. `parser` stands in for ours in tests."""
    end_in_order()
    try:
        app(obj=parser)
    except PerftableError as error:
        from perftable_etl.report.terminal.console import show_error

        show_error(str(error))
        sys.exit(error.exit_code)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"perftable-etl {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Published budget-performance declarations (财政项目支出绩效目标申报表) into exact, traceable records."""


for command in (ingest, sync, inspect, publish, status, retry, schema):
    app.command()(command)
