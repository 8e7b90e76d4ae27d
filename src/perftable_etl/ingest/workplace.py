"""In the worker: what surrounds each call, so that it stays within its limits and the process can be ended."""

from __future__ import annotations

import gc
import pickle
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from perftable_etl.errors import Crash
from perftable_etl.ingest.confinement import confine

A = TypeVar("A")
T = TypeVar("T")


def prepare_process() -> None:
    """A request to end needs no Python, which a loop in C never comes back to; a crash leaves no image of memory.

    The process reads what others have made, so it has no network and no secrets.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    confine()


def call_within(seconds: float, megabytes: int, function: Callable[[A], T], argument: A) -> T:
    """One call within its limits; an alarm ends the process after `seconds`. Raises only what the caller can read."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with _readable_errors(), _memory_limit(megabytes), _no_garbage_collection():
            return function(argument)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Errors reach the caller as pickles. One that cannot be unpickled would end the pool: it is told as a Crash."""
    try:
        yield
    except Exception as error:
        if not _survives(error):
            raise Crash.of(error) from error
        raise


def _survives(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does there
        return False
    return True


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pauses the search for reference cycles: a parse makes none, and it took a tenth of the time to find that."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _memory_limit(megabytes: int) -> Iterator[None]:
    """Bounds what this process allocates, and lifts the bound for what it has to tell.

    RLIMIT_DATA counts memory that can be written to. RLIMIT_AS also counts what text recognition maps and reserves for
    its threads and never touches, twice as much.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
