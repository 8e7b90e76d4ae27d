"""Questions in SQL, for those without a DuckDB shell."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from perftable_etl.cli.settings import ConfigFile, Db, loaded_database
from perftable_etl.cli.streams import print_line

if TYPE_CHECKING:
    from perftable_etl.load.database import Connection, Statement

Form = Literal["table", "csv", "json"]

PROMPT, MORE = "perftable> ", "      ...> "
_ROWS_ON_SCREEN = 40
_UNLIMITED = 1_000_000


def sql(
    query: Annotated[
        str | None,
        typer.Argument(metavar="[QUERY]", help="Query. Default: read standard input; on a terminal, a prompt."),
    ] = None,
    db: Db = None,
    config: ConfigFile = None,
    form: Annotated[
        Form, typer.Option("--format", metavar="FORMAT", help="Form of answers: table, csv or json.")
    ] = "table",
) -> None:
    """Answer queries in SQL.

    It opens the database to read only, and opens no other file and no network. A query can contain several statements
    that end with a semicolon.
    """
    path = loaded_database(db, config)

    from perftable_etl.load.asking import lock
    from perftable_etl.query.connection import connect
    from perftable_etl.system.interruption import in_order

    with in_order(), connect(path) as connection:
        lock(connection)
        if query is None and sys.stdin.isatty():
            _converse(connection, form, path)
        else:
            _answer(connection, sys.stdin.read() if query is None else query, form)


def _converse(connection: Connection, form: Form, path: Path) -> None:
    """A prompt; a query ends with a semicolon. What cannot be answered ends nothing."""
    import readline  # noqa: F401 - gives the prompt its history

    from perftable_etl.errors import QueryError
    from perftable_etl.report.terminal.console import show_failure

    print_line(f"{path} (read only). End a query with a semicolon. SHOW TABLES; lists the tables. Ctrl-D ends.")
    for query in _queries(input):
        try:
            _answer(connection, query, form)
        except QueryError as error:
            show_failure(str(error))


def _queries(read: Callable[[str], str]) -> Iterator[str]:
    """What is typed, up to each semicolon at the end of a line, until the input ends."""
    lines: list[str] = []
    while True:
        try:
            lines.append(read(MORE if lines else PROMPT))
        except EOFError:
            print_line("")
            return
        if lines in (["exit"], ["quit"]):
            return
        if lines[-1].rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []


def _answer(connection: Connection, query: str, form: Form) -> None:
    from perftable_etl.load.asking import statements_of

    for statement in statements_of(connection, query):
        if form == "table":
            _draw(connection, statement)
        else:
            _write(connection, statement, form)


def _draw(connection: Connection, statement: Statement) -> None:
    """On a terminal as much as it shows, elsewhere all of it."""
    from perftable_etl.load.asking import drawn
    from perftable_etl.screen import visible

    on_screen = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_screen else _UNLIMITED
    for line in drawn(connection, statement, width, _ROWS_ON_SCREEN if on_screen else _UNLIMITED).splitlines():
        print_line(visible(line))


def _write(connection: Connection, statement: Statement, form: Form) -> None:
    from perftable_etl.load.asking import answer
    from perftable_etl.report.answers import csv_lines, json_lines

    with answer(connection, statement) as answered:
        for line in csv_lines(answered) if form == "csv" else json_lines(answered):
            print_line(line)
