"""Reading where it can do no harm: in a worker process with limits. The only module that knows pebble.

A worker has a pool of its own, so that whatever befalls the process befalls what it reads: workers that share a pool
share the lock of its pipe, and one that is killed while it holds the lock takes the others with it.

Three things end a file that takes too long, each for when the one before cannot: the pool of its worker, an alarm in
the worker itself (this process was killed), the patience of this process (the pool no longer answers).
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import forkserver, get_context, resource_tracker
from threading import Lock
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from perftable_etl.errors import Crash, OutOfMemory, PerftableError, ReadError, TookTooLong, WorkerError
from perftable_etl.ingest.ceilings import require_room
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.workplace import call_within, prepare_process
from perftable_etl.system.patience import asked

A = TypeVar("A")
T = TypeVar("T")


_CALLS_PER_PROCESS = 50
"""After as many, 400 small files at most, a worker is replaced: what leaks in MuPDF or in text recognition goes."""

_GRACE = 10.0
"""Seconds that each way to end a worker is given before the next."""

_ATTEMPTS = 3
"""How often a file is handed out that no worker begins to read."""

_PATIENCE = 120.0
"""Seconds that a worker may take to begin, which takes a hundredth of it."""

_UNTOLD = 255
"""What multiprocessing makes of the exit code of a process whose server has ended."""


class Worker:
    """A process that does one thing at a time, within limits, and a new process after each that went wrong."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = Lock()  # between the thread that leads the worker and the one that dismisses it
        self._is_dismissed = False
        self._pool: ProcessPool | None = None
        self._under_way: Future[Any] = Future()

    def call(self, function: Callable[[A], T], argument: A) -> T:
        """What `function`, importable by name, makes of `argument` in the process.

        Raises the PerftableError that `function` raises; TookTooLong, OutOfMemory or Crash where it breaks the limits,
        the process or itself; WorkerError where no process begins on it, CancelledError once dismissed.
        """
        failure: ReadError | None = None
        for _ in range(_ATTEMPTS):
            try:
                return self._done(self._start(function, argument))
            except (CancelledError, PerftableError):
                raise
            except BrokenProcessPool:
                self._replace()
            except Exception as error:
                self._replace()
                failure = _reason(error, self._limits)
                if not _lost_its_server(error):
                    raise failure from error
        raise failure or WorkerError(
            "Worker processes end before they start. Free some memory, or use fewer --workers."
        )

    def dismiss(self) -> None:
        """Ends the process, also in the midst of its work."""
        with self._lock:
            self._is_dismissed = True
            self._under_way.cancel()
            if self._pool:
                _end(self._pool)

    def _start(self, function: Callable[[A], T], argument: A) -> Future[T]:
        """The call under way. A thread begins it, as the server of processes may be stopped, and never answer."""
        with self._lock:
            self._pool = self._pool or _new_pool(self._limits)
        seconds, megabytes, _ = self._limits
        task = (seconds + _GRACE, megabytes, function, argument)
        begun = asked(partial(_begin, self._pool, task, seconds))
        try:
            return self._followed(begun).result(_PATIENCE)
        except TimeoutError as error:
            raise _no_answer() from error
        except OSError as error:
            raise WorkerError(f"No worker process can be started: {error.strerror or error}.") from error

    def _done(self, call: Future[T]) -> T:
        try:
            return self._followed(call).result(self._limits.seconds + 2 * _GRACE)
        except TimeoutError as error:
            if call.running() or call.done():
                raise
            raise BrokenProcessPool from error  # a process that was killed may have kept the lock of the pool's pipe

    def _followed(self, future: Future[A]) -> Future[A]:
        """The same; from now on this is what is cancelled when the worker is dismissed."""
        with self._lock:
            if self._is_dismissed:
                raise CancelledError
            self._under_way = future
        return future

    def _replace(self) -> None:
        with self._lock:
            if self._pool:
                _end(self._pool)
            self._pool = None


def _start_server() -> None:
    """Starts the process that workers are forked from, unless it runs.

    It has imported the parser and nothing else: no thread of ours is copied in mid-step, and a new worker costs
    milliseconds. Ctrl-C, which a terminal sends to all processes, is kept from it and from them: we end them in order.
    """
    forkserver.set_forkserver_preload(
        ["perftable_etl.ingest.server", "perftable_etl.pipeline", "perftable_etl.ingest.reader"]
    )
    resource_tracker.ensure_running()  # otherwise the server starts it, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _new_pool(limits: Limits) -> ProcessPool:
    """A pool of one process, which begins with the first call. Raises WorkerError where the system has no room."""
    require_room(limits.megabytes, workers=1)
    return ProcessPool(1, max_tasks=_CALLS_PER_PROCESS, initializer=prepare_process, context=get_context("forkserver"))


def _begin(pool: ProcessPool, task: tuple[float, int, Callable[[A], T], A], seconds: float) -> Future[T]:
    _start_server()
    try:
        call: Future[T] = pool.schedule(call_within, task, timeout=seconds)
    except RuntimeError as error:  # its process died between two calls
        raise BrokenProcessPool from error
    return call


def _no_answer() -> WorkerError:
    return WorkerError(
        "No worker process starts: the process that starts them (multiprocessing.forkserver) does not answer. "
        "If it is stopped, continue it (kill -CONT) or end it. Then run the same command again."
    )


def _lost_its_server(error: Exception) -> bool:
    """Whether a worker is unknown to us now: the server, which would tell how it ended, has ended itself."""
    return isinstance(error, ProcessExpired) and error.exitcode == _UNTOLD


def _end(pool: ProcessPool) -> None:
    """Ends a pool and its process. One that a killed process left waiting for the rest of a message is left behind."""
    wait([asked(partial(_stop, pool))], _GRACE)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _reason(error: Exception, limits: Limits) -> ReadError:
    """What became of a file whose worker gave no outcome."""
    match error:
        case ProcessExpired(exitcode=exit_code) if exit_code != -signal.SIGALRM:
            return Crash(_ending(exit_code))
        case TimeoutError() | ProcessExpired():
            return TookTooLong.of(limits.seconds)
        case MemoryError():
            return OutOfMemory()
    return Crash.of(error)


def _ending(exit_code: int) -> str:
    """How a process ended, and what to do."""
    if exit_code == -signal.SIGKILL:
        return "its process was killed, perhaps for lack of memory; ingest it again with fewer --workers"
    how = f"by {signal.Signals(-exit_code).name}" if exit_code < 0 else f"with exit code {exit_code}"
    return f"its process ended {how}; try more --memory; if that does not help, report this with the file"
