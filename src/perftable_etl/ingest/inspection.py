"""One file looked at as an ingest would: in a worker with limits, which a signal ends; its pages are followed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Protocol, TypeVar

from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import Limits

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

OnPage = Callable[[int, int], None]


class Read(Protocol[T_co]):
    """What a file yields; it must be importable by name, or a `partial` of such a function."""

    def __call__(self, file: Path, /, *, on_page: OnPage) -> T_co:
        """`on_page` hears (page, of pages) before a page is recognised."""


def inspected(read: Read[T], file: Path, limits: Limits, on_page: OnPage) -> T:
    """What `read` makes of a file in a worker. Raises what `Worker.call` raises."""
    worker = Worker(limits)
    hearing, telling = Pipe(duplex=False)
    with closing(telling):
        Thread(target=_follow, args=(hearing, on_page), daemon=True).start()
        try:
            return worker.call(_read, (read, file, telling))
        finally:
            worker.dismiss()


def _follow(hearing: Connection, on_page: OnPage) -> None:
    with suppress(EOFError), closing(hearing):
        while True:
            on_page(*hearing.recv())


def _read(task: tuple[Read[T], Path, Connection]) -> T:
    """In the worker: its pages are told through a pipe."""
    read, file, telling = task
    return read(file, on_page=lambda page, pages: telling.send((page, pages)))
