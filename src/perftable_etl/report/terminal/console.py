"""The terminal itself, or the pipe in its place. The only module that knows rich.

On a terminal long text wraps inside its column. Everywhere else there is no colour and no width: each row is one line,
so that nothing a program reads further is cut.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from perftable_etl.screen import visible

__all__ = [
    "Group",
    "Listener",
    "RenderableType",
    "Table",
    "Text",
    "elided",
    "facts",
    "indented",
    "new_table",
    "printable",
    "progress",
    "progress_of",
    "row_progress",
    "show",
    "show_failure",
    "show_warning",
]  # fmt: skip

UNLIMITED = 100_000
"""Columns of an output that has no width."""

LEAST_OF_A_NAME = 16
"""Columns in which a name can still be told apart."""


class Listener(NamedTuple):
    """What is told of each file that was read, and of pages (page, of pages) that are about to be recognised."""

    on_file: Callable[[], None]
    on_page: Callable[[int, int], None]


@contextmanager
def progress(total: int | None) -> Iterator[Listener]:
    """A bar on standard error while files are read; nothing where that is no terminal. None: nobody knows how many."""
    with _bar() as bar:
        task = bar.add_task("reading", total=total)
        yield Listener(
            on_file=lambda: bar.update(task, advance=1, description="reading"),
            on_page=lambda page, pages: bar.update(task, description=f"recognising page {page} of {pages}"),
        )


@contextmanager
def progress_of(work: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """The same for other work: it is told how many more are done."""
    with _bar() as bar:
        task = bar.add_task(work, total=total)
        yield lambda done: bar.advance(task, done)


@contextmanager
def row_progress() -> Iterator[Callable[[str, int], None]]:
    """A line on standard error while rows of a table are written, and how many; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("writing {task.description}"), TextColumn("{task.completed:,.0f} rows"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def on_rows(name: str, rows: int) -> None:
            bar.update(task, description=name, advance=rows)

        yield on_rows


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


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


class FittedTable(Table):
    """A table on a terminal that may be narrow: words stay whole, and what is too long for a column is cut or wrapped.

    Names lose their middle where they must, since both their ends tell them apart; prose is wrapped. A terminal that is
    too narrow even so does without the spare columns, one after the other, and the table says which.
    """

    names: frozenset[str] = frozenset()
    spare: Sequence[str] = ()

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:
        """Adds a row; cells are in the order of the columns."""
        super().add_row(*map(self._fitted, self.columns, cells), **options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        unlimited = options.update(width=UNLIMITED)
        if Measurement.get(console, unlimited, self).maximum > options.max_width:
            self.padding = 0
            self._do_without(console, unlimited, options.max_width)
        return super().__rich_console__(console, options)

    def _do_without(self, console: Console, unlimited: ConsoleOptions, width: int) -> None:
        left_out: list[str] = []
        for header in self.spare:
            if Measurement.get(console, unlimited, self).minimum <= width:
                break
            kept = (column for column in self.columns if column.header != header)
            self.columns = [replace(column, _index=index) for index, column in enumerate(kept)]
            left_out.append(header)
        if left_out:
            self.caption = Text(f"A wider terminal also shows {', '.join(left_out)}.", "dim")
            self.caption_justify = "left"

    def _fitted(self, column: Column, cell: RenderableType | None) -> RenderableType | None:
        return _Names(cell) if column.header in self.names and isinstance(cell, Text) else cell


def new_table(
    *columns: str,
    right: Sequence[str] = (),
    names: Sequence[str] = (),
    prose: Sequence[str] = (),
    spare: Sequence[str] = (),
) -> FittedTable:
    """An empty table with these columns; those in `right` hold numbers, in `names` files and addresses.

    A narrow terminal does without those in `spare`, the first ones first.
    """
    made = FittedTable(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    made.names, made.spare = frozenset(names), spare
    for column in columns:
        justify: JustifyMethod = "right" if column in right else "left"
        made.add_column(column, justify=justify, no_wrap=column not in {*names, *prose}, overflow="fold")
    return made


class _Names:
    """A name, or several, on as many lines as it takes; none is broken, and one that is too long is elided."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        words = (elided(word, options.max_width) for word in self._text.plain.split(" "))
        yield Text(" ".join(words), self._text.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(LEAST_OF_A_NAME, self._text.cell_len), self._text.cell_len)


def elided(word: str, width: int) -> str:
    """A word that takes `width` columns at most: its middle is left out where it is longer."""
    if cell_len(word) <= width:
        return word
    head, tail = width // 2, (width - 1) // 2
    return f"{set_cell_size(word, head).rstrip()}…{set_cell_size(word[::-1], tail).rstrip()[::-1]}"


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
