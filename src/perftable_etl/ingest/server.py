"""What the server of worker processes (multiprocessing.forkserver) loads first: only there may this be imported.

A worker may begin when nobody wants it any more: the process that asked for it has just ended, or has dismissed it, and
took its semaphores along. multiprocessing shows a traceback then, which tells the user nothing.
"""

from __future__ import annotations

import sys
from types import TracebackType


def show(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """Shows what ended a process, but for semaphores that are gone before the worker has begun."""
    if kind is not FileNotFoundError:
        sys.__excepthook__(kind, error, traceback)


sys.excepthook = show
