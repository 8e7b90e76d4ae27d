"""DuckDB itself: opening files, transactions, functions of ours in SQL. The only module that knows it."""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from duckdb.func import FunctionNullHandling, PythonUDFType

from perftable_etl.errors import OutOfRoom, WarehouseError
from perftable_etl.load.interruption import heard_afterwards
from perftable_etl.load.place import require_database_place
from perftable_etl.load.room import be_frugal

Connection = duckdb.DuckDBPyConnection
Rows = duckdb.DuckDBPyRelation
Statement = duckdb.Statement
DatabaseError = duckdb.Error
Vectorised = Callable[..., Any]
"""Takes one Arrow array an argument and gives back one of the same length."""

ATTACHED = "perftable"
"""What a file opened for queries is called in SQL."""

STORAGE_VERSION = "v1.0.0"
"""The format of our files: every DuckDB from 1.1 on opens them, and our tables need nothing of later formats."""

_FETCHED = 2_000
"""Rows of an answer that are taken over at once."""

_OFFLINE: Mapping[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""All that we use is in DuckDB itself; nothing is fetched from the network, whatever a query names."""


def open_to_load(path: Path) -> Connection:
    """A connection that may write all of the file at `path`, which is made where it is missing.

    Nobody else may make it at the same time.
    """
    require_database_place(path)
    if not path.parent.is_dir():
        raise WarehouseError(f"{path} cannot be created: the folder {path.parent} does not exist. Create it first.")
    try:
        if not path.exists():
            _make(path)
        return _connect(path)
    except duckdb.Error as error:
        raise WarehouseError(_explained(path, error)) from error
    except OSError as error:
        raise WarehouseError(
            f"{path} cannot be created ({error.strerror}). Check the disk and its permissions."
        ) from error


def open_to_query(path: Path | None, *, read_only: bool) -> Connection:
    """A private database in memory with the file at `path` attached and in use; None: nothing attached.

    In the file's own database functions would belong to whichever of several connections came first, and go with it.
    """
    if path is not None:
        require_database_place(path)
        if not path.is_file():
            raise WarehouseError(
                f"The database {path} does not exist. Create it with: perftable-etl ingest PATH... --db {path}"
            )
    connection = duckdb.connect(config={**_OFFLINE})
    # DuckDB complains on the terminal about functions that are left open when Python ends.
    atexit.register(_close_if_open, weakref.ref(connection))
    if path is not None:
        _attach(connection, path, "READ_ONLY" if read_only else "READ_WRITE")
    return connection


def attach_beside(connection: Connection, path: Path, name: str) -> None:
    """Attaches one more file, only to be read, which queries call `name`."""
    require_database_place(path)
    with explained(connection, f"{path} cannot be opened"):
        connection.execute(f"ATTACH {_quoted(path)} AS {name} (READ_ONLY)")


def copy_database(source: Path, target: Path) -> None:
    """Writes all of `source`, views and comments included, to the new file `target`, in our format.

    What an interrupted job left in the `.wal` beside `source` is part of it, and stays as it is.
    """
    with (
        closing(open_to_query(source, read_only=True)) as connection,
        explained(connection, f"{source} was not copied to {target}"),
    ):
        connection.execute(f"ATTACH {_quoted(target)} AS copy (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute(f"COPY FROM DATABASE {ATTACHED} TO copy")
        connection.execute("CHECKPOINT copy")
        connection.execute("DETACH copy")


def spill_to(connection: Connection, folder: Path) -> None:
    """What does not fit into memory waits in the folder, and not in the one that the program was called in."""
    connection.execute(f"SET temp_directory = {_quoted(folder)}")


def has_our_storage(connection: Connection) -> bool:
    """Whether the file that is in use has the format of our files; a newer DuckDB makes others unless it is asked."""
    query = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
    # DuckDB names the versions that read the format: `v1.0.0+`.
    return str(connection.execute(query).fetchall()[0][0]).startswith(STORAGE_VERSION)


def rows_where(connection: Connection, name: str, wanted: Mapping[str, object]) -> Rows:
    """The rows of a table or view in which columns have the values that are wanted; None: any."""
    try:
        rows = connection.table(name)
    except duckdb.Error as error:
        raise WarehouseError(f"{name} cannot be read: {first_line(error)}") from error
    for column, value in wanted.items():
        if value is not None:
            rows = rows.filter(duckdb.ColumnExpression(column) == duckdb.ConstantExpression(value))
    return rows


def rows_in(result: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows of an answer, one by one: it may be longer than memory has room for."""
    while rows := result.fetchmany(_FETCHED):
        yield from rows


def add_function(connection: Connection, name: str, function: Vectorised, parameters: list[str], result: str) -> None:
    """Makes `function` known in SQL. NULL arguments reach it too."""
    connection.create_function(
        name,
        function,
        [*parameters],
        result,
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,
    )


@contextmanager
def explained(connection: Connection, failure: str) -> Iterator[None]:
    """`failure` says what did not happen when the database refuses. A signal to end interrupts the query."""
    with heard_afterwards(connection.interrupt):
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise OutOfRoom(f"{failure}: {first_line(error)}") from error
        except duckdb.Error as error:
            raise WarehouseError(f"{failure}: {first_line(error)}") from error


@contextmanager
def transaction(connection: Connection, failure: str) -> Iterator[None]:
    """All or nothing; `failure` says what did not happen when the database refuses."""
    with explained(connection, failure):
        connection.execute("BEGIN")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def checkpoint(connection: Connection, path: Path) -> None:
    """Brings what is in the log into the file at `path`. Closing does so, too, but DuckDB hides it where that fails."""
    failure = f"the last changes were not written into {path}. Keep {path}.wal, which holds them, and check the disk"
    with explained(connection, failure):
        connection.execute("CHECKPOINT")


def _roll_back(connection: Connection) -> None:
    # DuckDB has already rolled back where the COMMIT itself failed, and refuses all where writing its log did.
    with suppress(duckdb.Error):
        connection.rollback()


def _make(path: Path) -> None:
    """Makes an empty database under another name first: what has the name is never half a database."""
    draft = path.with_name(f"{path.name}.partial")
    draft.unlink(missing_ok=True)
    try:
        duckdb.connect(
            str(draft.absolute()), config={**_OFFLINE, "storage_compatibility_version": STORAGE_VERSION}
        ).close()
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _connect(path: Path) -> Connection:
    # An absolute path is never taken for anything but a file.
    connection = duckdb.connect(str(path.absolute()), config={**_OFFLINE})
    be_frugal(connection)
    return connection


def _attach(connection: Connection, path: Path, access: str) -> None:
    try:
        connection.execute(f"ATTACH {_quoted(path)} AS {ATTACHED} ({access})")
        connection.execute(f"USE {ATTACHED}")
    except duckdb.Error as error:
        connection.close()
        raise WarehouseError(_explained(path, error)) from error


def _quoted(path: Path) -> str:
    return literal(str(path.absolute()))


def literal(text: str) -> str:
    """A text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name of a table or column as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _close_if_open(connection: weakref.ref[Connection]) -> None:
    still_open = connection()
    if still_open is not None:
        still_open.close()


def _explained(path: Path, error: duckdb.Error) -> str:
    message = first_line(error)
    if "Could not set lock" in message:
        return f"{path} is open in another process. Close it there and try again. ({message})"
    if "Unique file handle conflict" in message:
        return f"{path} is open for writing in this process. Close it there and try again. ({message})"
    if "not a valid DuckDB database file" in message:
        return f"{path} is not a DuckDB file. Give another file, or move this one away."
    return f"{path} cannot be opened: {message}"


def first_line(error: Exception) -> str:
    """What went wrong, without the query and the marks below it."""
    return str(error).partition("\n")[0]
