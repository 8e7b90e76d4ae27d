"""Ctrl-C and the system's request to end: the documented status and one line, from the first moment on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from perftable_etl.errors import Interrupted, Terminated

_INTERRUPTIONS = {signal.SIGINT: Interrupted, signal.SIGTERM: Terminated}


def end_at_once() -> None:
    """From now on a signal ends the process where it stands.

    This is for the time before the work begins, while modules load, and for what only reads. An error raised in the
    midst of an import would leave it half done, or be taken by the library for a failure of its own.
    """
    for number in _INTERRUPTIONS:
        signal.signal(number, _exit)


@contextmanager
def in_order() -> Iterator[None]:
    """Work that a signal ends by an error of ours, so that all that is under way is left in order."""
    before = {number: signal.signal(number, _raise) for number in _INTERRUPTIONS}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is _raise:
                signal.signal(number, handler)


def _exit(number: int, _: Any) -> NoReturn:
    os.write(2, f"error: {_message(number)}\n".encode())
    os._exit(_INTERRUPTIONS[signal.Signals(number)].exit_code)


def _raise(number: int, _: Any) -> NoReturn:
    """A second signal does not disturb what is being left in order."""
    for other in _INTERRUPTIONS:
        signal.signal(other, signal.SIG_IGN)
    raise _INTERRUPTIONS[signal.Signals(number)](_message(number))


def _message(number: int) -> str:
    return f"ended by {signal.Signals(number).name}. Stored documents stay. Run the same command again to continue."
