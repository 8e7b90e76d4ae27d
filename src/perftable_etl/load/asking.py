"""Queries of a person on a database that they cannot change: nothing is written, and nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple

from perftable_etl.errors import QueryError
from perftable_etl.load.database import Connection, DatabaseError, Statement, rows_in
from perftable_etl.load.interruption import heard_afterwards

_LOCKS = (
    "SET python_enable_replacements = false",  # else a name may be that of a variable of ours
    "SET enable_external_access = false",  # no other files, no extensions, no network
    "SET lock_configuration = true",
)


class Answer(NamedTuple):
    """What a query gives, to be read once: the names of its columns, and its rows as they come."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def lock(connection: Connection) -> None:
    """From now on the connection reaches nothing but its database, whatever is asked."""
    for statement in _LOCKS:
        connection.execute(statement)


def statements_of(connection: Connection, text: str) -> list[Statement]:
    """The statements of a text of SQL. Raises QueryError where it is none."""
    with _asked(connection):
        return connection.extract_statements(text)


@contextmanager
def answer(connection: Connection, statement: Statement) -> Iterator[Answer]:
    """What a statement gives. Raises QueryError where the database cannot answer it, or stops in the midst of it."""
    with _asked(connection):
        result = connection.execute(statement)
        columns = tuple(column[0] for column in result.description or ())
        yield Answer(columns, rows_in(result))


def drawn(connection: Connection, statement: Statement, width: int, most_rows: int) -> str:
    """The answer as a table drawn in characters, at most so wide and long; it says what it leaves out."""
    with _asked(connection):
        result = connection.sql(statement)
        if result is None:
            return ""
        with redirect_stdout(StringIO()) as shown:
            result.show(max_width=width, max_rows=most_rows, max_col_width=width)
    return shown.getvalue()


@contextmanager
def _asked(connection: Connection) -> Iterator[None]:
    with heard_afterwards(connection.interrupt):
        try:
            yield
        except DatabaseError as error:
            raise QueryError(f"the query cannot be answered: {_said(error)}") from error


def _said(error: Exception) -> str:
    """What went wrong in one line, with DuckDB's proposals, without the query and the marks below it."""
    said = str(error).partition("\n\nLINE ")[0]
    return " ".join(said.split())
