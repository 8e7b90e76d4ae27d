"""How much memory and how many processors DuckDB has in a job: little, so that the workers have the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from perftable_etl.errors import OutOfRoom

if TYPE_CHECKING:
    from perftable_etl.load.database import Connection

MEMORY = 64
"""Megabytes to begin with. A night's work fits."""

_MEGABYTES = {
    "bytes": 1e-6,
    "KiB": 1024e-6,
    "MiB": 1.048576,
    "GiB": 1073.741824,
    "TiB": 1099511.627776,
}
"""What DuckDB calls memory, in megabytes."""


class HasConnection(Protocol):
    """Whoever works on a database."""

    @property
    def connection(self) -> Connection:
        """The connection of the job."""


Job = TypeVar("Job", bound=HasConnection)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def roomy(method: Callable[Concatenate[Job, Arguments], Result]) -> Callable[Concatenate[Job, Arguments], Result]:
    """Lets a job's method, which does all or nothing, do it again with more memory where its own was too little."""

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
    """Lets DuckDB have twice the memory, at most that of the machine. Whether that is more than it had."""
    before = _memory_limit(connection)
    connection.execute("RESET memory_limit")
    most = _memory_limit(connection)
    if 2 * before < most:
        connection.execute(f"SET memory_limit = '{2 * before:.0f} MB'")
    return before < most


def _memory_limit(connection: Connection) -> float:
    """Megabytes that DuckDB may have, to the tenth of the unit in which it says them: 95.3 MiB, 18.8 GiB."""
    ((text,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(text).split()
    return float(number) * _MEGABYTES[unit]
