"""Parsing many files: in this process, or in several others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from perftable_etl.errors import WorkerError
from perftable_etl.records import Outcome

Parse = Callable[[Path], Outcome]

IN_FLIGHT_PER_WORKER = 4
"""Files handed out ahead: enough that no worker waits, few enough that finished outcomes do not pile up."""


def parse_all(files: Iterable[Path], parse: Parse, workers: int) -> Iterator[Outcome]:
    """The outcomes of `files`, in their order. With several workers `parse` must be importable by name."""
    return map(parse, files) if workers == 1 else _parse_in_processes(files, parse, workers)


def _parse_in_processes(files: Iterable[Path], parse: Parse, workers: int) -> Iterator[Outcome]:
    # Spawned, not forked: a forked copy of a process with threads (Arrow, DuckDB) can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield from _in_order(files, lambda file: pool.submit(parse, file), workers * IN_FLIGHT_PER_WORKER)
        except BrokenProcessPool as error:
            raise WorkerError(
                "A worker process died while parsing. What was stored stays; --workers 1 shows at which file."
            ) from error


def _in_order(files: Iterable[Path], submit: Callable[[Path], Future[Outcome]], limit: int) -> Iterator[Outcome]:
    waiting: deque[Future[Outcome]] = deque()
    for file in files:
        waiting.append(submit(file))
        if len(waiting) >= limit:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
