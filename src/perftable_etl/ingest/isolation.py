"""Parsing many files, each where it can do no harm: in a worker process with limits. The only module that knows pebble.

A worker has one file at a time and a pool of its own, so that whatever befalls the process befalls that file: workers
that share a pool share the lock of its pipe, and one that is killed while it holds the lock takes the others with it.

Three things end a file that takes too long, each for when the one before cannot: the pool of its worker, an alarm in
the worker itself (this process was killed), the patience of this process (the pool no longer answers).
"""

from __future__ import annotations

import gc
import resource
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from time import perf_counter
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from perftable_etl.errors import Crash, OutOfMemory, PerftableError, ReadError, TookTooLong, WorkerError
from perftable_etl.ingest.limits import Limits
from perftable_etl.pipeline import failed
from perftable_etl.records import Outcome

Parse = Callable[[Path], Outcome]
A = TypeVar("A")
T = TypeVar("T")

IN_FLIGHT_PER_WORKER = 4
"""Files handed out ahead: enough that no worker waits, few enough that finished outcomes do not pile up."""

_FILES_PER_PROCESS = 200
"""After as many a worker is replaced: what leaks in MuPDF or in text recognition goes with it."""

_GRACE = 10.0
"""Seconds that each way to end a worker is given before the next."""

_ATTEMPTS = 3
"""How often a file is handed out that no worker begins to read."""


def parse_all(files: Iterable[Path], parse: Parse, workers: int, limits: Limits) -> Generator[Outcome]:
    """The outcomes of `files`, in their order. `parse` must be importable by name.

    A file that breaks its limits, its worker or `parse` has failed, with the code timeout, memory or crash. Close the
    iterator to end the workers at once. Raises WorkerError where worker processes cannot be had.
    """
    crew = _Crew(parse, workers, limits)
    try:
        waiting: deque[Future[Outcome]] = deque()
        for file in files:
            waiting.append(crew.submit(file))
            if len(waiting) >= workers * IN_FLIGHT_PER_WORKER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        crew.dismiss()


class _Crew:
    """Workers, each led by a thread while it has a file."""

    def __init__(self, parse: Parse, workers: int, limits: Limits) -> None:
        self._parse = parse
        self._threads = ThreadPoolExecutor(workers)
        self._workers = [Worker(limits) for _ in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, file: Path) -> Future[Outcome]:
        return self._threads.submit(self._outcome, file)

    def dismiss(self) -> None:
        """Ends all at once; what is under way is lost."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with ThreadPoolExecutor(len(self._workers)) as threads:
            threads.map(Worker.dismiss, self._workers)
        self._threads.shutdown()

    def _outcome(self, file: Path) -> Outcome:
        started = perf_counter()
        worker = self._idle.get()
        try:
            return worker.call(self._parse, file)
        except ReadError as error:
            return failed(file, error).model_copy(update={"seconds": perf_counter() - started})
        finally:
            self._idle.put(worker)


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
        for _ in range(_ATTEMPTS):
            try:
                done: T = self._start(function, argument).result(self._limits.seconds + 2 * _GRACE)
                return done
            except (CancelledError, PerftableError):
                raise
            except BrokenProcessPool:
                self._replace()
            except Exception as error:
                self._replace()
                raise _reason(error, self._limits) from error
        raise WorkerError("Worker processes end before they begin. Free some memory, or use fewer --workers.")

    def dismiss(self) -> None:
        """Ends the process, also in the midst of its work."""
        with self._lock:
            self._is_dismissed = True
            self._under_way.cancel()
            if self._pool:
                _end(self._pool)

    def _start(self, function: Callable[[A], T], argument: A) -> Future[T]:
        with self._lock:
            if self._is_dismissed:
                raise CancelledError
            self._pool = self._pool or _new_pool()
            try:
                task = (self._limits, function, argument)
                self._under_way = self._pool.schedule(_call_within, task, timeout=self._limits.seconds)
            except RuntimeError as error:  # its process died between two calls
                raise BrokenProcessPool from error
            return self._under_way

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
    forkserver.set_forkserver_preload(["perftable_etl.pipeline"])
    resource_tracker.ensure_running()  # otherwise the server starts it, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _new_pool() -> ProcessPool:
    """A pool of one process, which begins with the first call."""
    _start_server()
    return ProcessPool(1, max_tasks=_FILES_PER_PROCESS, initializer=_prepare_process, context=get_context("forkserver"))


def _end(pool: ProcessPool) -> None:
    """Ends a pool and its process. One that a killed process left waiting for the rest of a message is left behind."""
    pool.stop()  # type: ignore[no-untyped-call]
    joining = Thread(target=pool.join, daemon=True)
    joining.start()
    joining.join(_GRACE)


def _prepare_process() -> None:
    """In the worker: a request to end needs no Python, which a loop in C never comes back to; no image of a crash."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _call_within(limits: Limits, function: Callable[[A], T], argument: A) -> T:
    """In the worker: one call within its limits."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
    try:
        with _memory_limit(limits.megabytes), _no_garbage_collection():
            return function(argument)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


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


def _reason(error: Exception, limits: Limits) -> ReadError:
    """What became of a file whose worker gave no outcome."""
    match error:
        case ProcessExpired(exitcode=exit_code) if exit_code != -signal.SIGALRM:
            return Crash(_ending(exit_code))
        case TimeoutError() | ProcessExpired():
            return TookTooLong(limits.seconds)
        case MemoryError():
            return OutOfMemory()
    return Crash.of(error)


def _ending(exit_code: int) -> str:
    """How a process ended, and what to do."""
    if exit_code == -signal.SIGKILL:
        return "its process was killed, by someone or for want of memory; ingest it again with fewer --workers"
    how = f"by {signal.Signals(-exit_code).name}" if exit_code < 0 else f"with exit code {exit_code}"
    return f"its process ended {how}; try it with more --memory, and report it with the file if that does not help"
