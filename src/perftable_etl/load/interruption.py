"""Ctrl-C and SIGTERM during a query: they end it at once, and are heard when the work at hand has ended in order.

While DuckDB works, Python hears no signal, or DuckDB swallows the error that its handler raises. So the kernel's signal
wakes a thread, which interrupts the query; the handler is called afterwards.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from select import select
from types import FrameType

_ENDINGS = (signal.SIGINT, signal.SIGTERM)
_AGAIN = 0.05
"""Seconds until a query is interrupted again: one that begins only now has not felt it."""


@contextmanager
def heard_afterwards(interrupt: Callable[[], object]) -> Iterator[None]:
    """A signal to end calls `interrupt` at once, from another thread, and its handler when the block has ended."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    caught: list[int] = []
    try:
        with _noted(caught), _watched(interrupt):
            yield
    finally:
        for number in caught[:1]:
            _hear(number)


def _hear(number: int) -> None:
    handler = signal.getsignal(number)
    if callable(handler):
        handler(number, None)


@contextmanager
def _noted(caught: list[int]) -> Iterator[None]:
    """Signals are added to `caught`. Those that nobody handles in Python stay as they are."""

    def note(number: int, _: FrameType | None) -> None:
        caught.append(number)

    handlers = {number: signal.getsignal(number) for number in _ENDINGS}
    handled = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in handled:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in handled.items():
            signal.signal(number, handler)


@contextmanager
def _watched(interrupt: Callable[[], object]) -> Iterator[None]:
    """A thread that the kernel's signal wakes, whatever the main thread is doing."""
    alarm, bell = os.pipe()
    os.set_blocking(bell, False)

    def watch() -> None:
        pause = None
        while True:
            if select([alarm], [], [], pause)[0]:
                number = os.read(alarm, 1)
                if not number:
                    return
                if number[0] not in _ENDINGS:
                    continue
            interrupt()
            pause = _AGAIN

    watcher = threading.Thread(target=watch, name="interruption", daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(bell)
        watcher.join()
        os.close(alarm)
