"""Waiting for what may never come: a thread asks and may be left behind, so a signal is heard and the wait ends."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

Question = Callable[[], None]

_MOST_IDLE = 8
"""Threads that are kept for the next question."""

_IDLE: deque[SimpleQueue[Question]] = deque()
"""Where threads that have answered wait: to begin a new one for each question took longer than most answers."""

os.register_at_fork(after_in_child=_IDLE.clear)  # the threads stay behind


def asked(ask: Callable[[], T]) -> Future[T]:
    """What `ask` will give, or raise. Whoever no longer waits cancels it; the thread stays until it is answered."""
    answer: Future[T] = Future()
    question = partial(_settle, answer, ask)
    try:
        _IDLE.pop().put(question)
    except IndexError:
        Thread(target=_answer_all, args=(question,), daemon=True).start()
    return answer


def _answer_all(question: Question) -> None:
    """Answers a question, and those that come after it."""
    questions = SimpleQueue[Question]()
    while True:
        question()
        del question  # what it has to do with is not kept until the next one
        if len(_IDLE) >= _MOST_IDLE:
            return
        _IDLE.append(questions)
        question = questions.get()


def _settle(answer: Future[T], ask: Callable[[], T]) -> None:
    with suppress(InvalidStateError):  # nobody waits any more
        try:
            answer.set_result(ask())
        except InvalidStateError:
            raise
        except BaseException as error:  # whoever waits for the answer gets it
            answer.set_exception(error)
