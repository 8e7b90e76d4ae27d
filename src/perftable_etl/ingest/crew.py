"""Many files read by several workers at once, and their readings in the order of the files.

A worker is handed a few files together, and reads as many of them as it begins in a moment. Where they come to nothing
together, each is read by itself, and fails for itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from typing import NamedTuple

from perftable_etl.errors import ReadError
from perftable_etl.failures import failed, unseen
from perftable_etl.ingest.ceilings import require_room
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.reader import Parse, read, read_some
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.records import Outcome
from perftable_etl.system.disk import answered

IN_FLIGHT_PER_WORKER = 32
"""Files handed out ahead: enough that no worker waits behind a slow file, few enough that readings do not pile up."""

_FILES_AT_ONCE = 8
"""Files that a worker is handed together at most."""

_SHARES = 4
"""How many times each worker comes back for files while those that wait are handed out: so the last are shared, too."""

_MOMENT = 1.0
"""Seconds after which whoever waits for an outcome is told that there is none yet."""


def parse_all(files: Iterable[Path], parse: Parse, workers: int, limits: Limits) -> Generator[FileRows | None]:
    """What is read of `files`, in their order; None whenever a moment passes without a reading.

    `parse` must be importable by name.
    A file that breaks its limits, its worker or `parse` has failed, with the code timeout, memory or crash. Close the
    iterator to end the workers at once. Raises WorkerError where worker processes cannot be had.
    """
    require_room(limits.megabytes, workers)
    crew = _Crew(parse, workers, limits)
    try:
        waiting: deque[Future[FileRows]] = deque()
        for file in files:
            waiting.append(crew.submit(file))
            if len(waiting) >= workers * IN_FLIGHT_PER_WORKER:
                yield from _awaited(waiting.popleft())
        while waiting:
            yield from _awaited(waiting.popleft())
    finally:
        crew.dismiss()


def _awaited(reading: Future[FileRows]) -> Iterator[FileRows | None]:
    while not (reading.done() or wait([reading], _MOMENT).done):
        yield None
    yield reading.result()


class _WaitingFile(NamedTuple):
    """A file that waits for a worker, and what will be read of it."""

    file: Path
    reading: Future[FileRows]


class _Crew:
    """Workers, each led by a thread while it has files."""

    def __init__(self, parse: Parse, workers: int, limits: Limits) -> None:
        self._read = partial(read, parse, limits.max_bytes)
        self._read_some = partial(read_some, parse, limits.max_bytes)
        self._max_bytes = limits.max_bytes
        self._threads = ThreadPoolExecutor(workers)
        self._workers = [Worker(limits) for _ in range(workers)]
        self._waiting: deque[_WaitingFile] = deque()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, file: Path) -> Future[FileRows]:
        task = _WaitingFile(file, Future())
        self._waiting.append(task)
        self._threads.submit(self._lead)
        return task.reading

    def dismiss(self) -> None:
        """Ends all at once; what is under way is lost."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with ThreadPoolExecutor(len(self._workers)) as threads:
            threads.map(Worker.dismiss, self._workers)
        self._threads.shutdown()

    def _lead(self) -> None:
        """Has a worker read some of the files that wait. What it does not come to waits on, at its place."""
        worker = self._idle.get()
        tasks = list(self._taken())
        try:
            readings = self._readings(worker, [task.file for task in tasks]) if tasks else []
        except BaseException as error:  # whoever waits for the readings gets it
            for task in tasks:
                task.reading.set_exception(error)
        else:
            for task, reading in zip(tasks, readings, strict=False):
                task.reading.set_result(reading)
            self._put_back(tasks[len(readings) :])
        finally:
            self._idle.put(worker)

    def _taken(self) -> Iterator[_WaitingFile]:
        """The files whose turn it is: few where few wait, so that no worker is without."""
        share = len(self._waiting) // (len(self._workers) * _SHARES)
        with suppress(IndexError):
            for _ in range(max(1, min(share, _FILES_AT_ONCE))):
                yield self._waiting.popleft()

    def _put_back(self, tasks: Sequence[_WaitingFile]) -> None:
        self._waiting.extendleft(reversed(tasks))
        for _ in tasks:
            with suppress(RuntimeError):  # all are dismissed
                self._threads.submit(self._lead)

    def _readings(self, worker: Worker, files: Sequence[Path]) -> Sequence[FileRows]:
        """What is read of the first files, of one at least."""
        if len(files) > 1:
            with suppress(ReadError):  # which of them it was, each shows by itself
                return worker.call(self._read_some, files)
        return [self._reading(worker, file) for file in files]

    def _reading(self, worker: Worker, file: Path) -> FileRows:
        started = perf_counter()
        try:
            return worker.call(self._read, file)
        except ReadError as error:
            unread = reading_of(without_reading(file, error, self._max_bytes))
            return unread._replace(seconds=perf_counter() - started)


def without_reading(file: Path, error: ReadError, max_bytes: int) -> Outcome:
    """The outcome of a file whose worker gave none. The disk may have been the reason, so it is asked with patience."""
    try:
        return answered(partial(failed, file, error, max_bytes))
    except TimeoutError:
        return unseen(file, error)
