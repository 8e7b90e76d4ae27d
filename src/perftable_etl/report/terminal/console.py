"""The terminal itself, or the pipe in its place. The only module that knows rich.

On a terminal long text wraps inside its column. Everywhere else there is no colour and no width: each row is one line,
so that nothing a program reads further is cut.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from perftable_etl.load.receipt import Receipt
from perftable_etl.report.wording import visible

if TYPE_CHECKING:
    from perftable_etl.ingest.intake import OnEvent

__all__ = [
    "Group",
    "Listener",
    "RenderableType",
    "Table",
    "Text",
    "facts",
    "indented",
    "new_table",
    "printable",
    "progress",
    "show",
    "show_error",
    "show_failure",
    "show_warning",
]  # fmt: skip

UNLIMITED = 100_000
"""Columns of an output that has no width."""


class Listener(NamedTuple):
    """What is told of a run as it goes on, and of pages (page, of pages) that are about to be recognised."""

    on_event: OnEvent
    on_page: Callable[[int, int], None]


@contextmanager
def progress(total: int | None) -> Iterator[Listener]:
    """A bar on standard error while files are read; nothing where that is no terminal. None: nobody knows how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=total)
        yield Listener(
            on_event=lambda event: bar.update(task, advance=isinstance(event, Receipt), description="reading"),
            on_page=lambda page, pages: bar.update(task, description=f"recognising page {page} of {pages}"),
        )


def show_error(message: str) -> None:
    """One line on standard error."""
    show(Text.assemble(("error: ", "bold red"), visible(message)), sys.stderr)


def show_warning(message: str) -> None:
    """One line on standard error about what the command could do without."""
    show(Text.assemble(("warning: ", "bold yellow"), visible(message)), sys.stderr)


def show_failure(message: str | None) -> None:
    """One line on standard error about a file that could not be read or had."""
    # The message names the file itself.
    show(Text.assemble(("failed: ", "bold red"), visible(message or "no reason given")), sys.stderr)


def show(renderable: RenderableType, stream: TextIO | None = None) -> None:
    """Writes to a stream, standard output unless another is named."""
    stream = stream or sys.stdout
    if stream.isatty():
        Console(file=stream, highlight=False).print(renderable)
        return
    console = Console(file=stream, width=UNLIMITED, color_system=None, highlight=False)
    with console.capture() as captured:
        console.print(renderable)
    # Tables fill their last column up with blanks, which only a terminal hides.
    stream.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def printable(words: str, style: str = "") -> Text:
    """Words from outside, files and their names among them, that shall command no terminal."""
    return Text(visible(words), style)


def new_table(*columns: str, right: Sequence[str] = ()) -> Table:
    """An empty table with these columns; those named in `right` hold numbers."""
    made = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        is_number = column in right
        made.add_column(column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return made


def facts(rows: Sequence[tuple[str, str]]) -> Table:
    """Labels and their values, one a line."""
    made = Table.grid(padding=(0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for label, value in rows:
        made.add_row(label, printable(value))
    return made


def indented(renderable: RenderableType) -> RenderableType:
    """What belongs to the line above it."""
    return Padding(renderable, (1, 0, 0, 2))
