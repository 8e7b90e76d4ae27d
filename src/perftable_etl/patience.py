"""Waiting for what may never come: a thread asks and may be left behind, so a signal is heard and the wait ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def asked(ask: Callable[[], T]) -> Future[T]:
    """What `ask` will give, or raise. Whoever no longer waits cancels it; the thread stays until it is answered."""
    answer: Future[T] = Future()
    Thread(target=_settle, args=(answer, ask), daemon=True).start()
    return answer


def _settle(answer: Future[T], ask: Callable[[], T]) -> None:
    with suppress(InvalidStateError):  # nobody waits any more
        try:
            answer.set_result(ask())
        except InvalidStateError:
            raise
        except BaseException as error:  # whoever waits for the answer gets it
            answer.set_exception(error)
