"""How much memory and how many processors DuckDB has in a job: little, so that the workers have the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from perftable_etl.errors import OutOfRoom

if TYPE_CHECKING:
    from perftable_etl.load.database import Connection

MEMORY = 150
"""Megabytes to begin with. A night's work fits."""


class HasConnection(Protocol):
    """Whoever works on a database."""

    @property
    def connection(self) -> Connection:
        """The connection of the job."""


Job = TypeVar("Job", bound=HasConnection)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def roomy(method: Callable[Concatenate[Job, Arguments], Result]) -> Callable[Concatenate[Job, Arguments], Result]:
    """Lets a job's method, which does all or nothing, do it again with all memory where its own was too little."""

    @wraps(method)
    def again_where_short(job: Job, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        while True:
            try:
                return method(job, *arguments, **named)
            except OutOfRoom:
                if not _has_more(job.connection):
                    raise

    return again_where_short


@contextmanager
def ample(connection: Connection) -> Iterator[None]:
    """All memory and processors that the machine lets DuckDB have, for bulk work."""
    connection.execute("RESET memory_limit; RESET threads")
    try:
        yield
    finally:
        be_frugal(connection)


def be_frugal(connection: Connection) -> None:
    """A job leaves the memory and the processors to its workers. Threads of DuckDB take memory each."""
    connection.execute(f"SET memory_limit = '{MEMORY} MB'; SET threads = 1")


def _has_more(connection: Connection) -> bool:
    """Lets DuckDB have the memory that the machine has. Whether that is more than it had."""
    before = _memory_limit(connection)
    connection.execute("RESET memory_limit")
    return _memory_limit(connection) != before


def _memory_limit(connection: Connection) -> str:
    return str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])
