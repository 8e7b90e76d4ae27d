"""Questions that may never be answered: a thread asks each, and one that has its answer asks the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event, get_ident

import pytest

from perftable_etl.system import patience
from perftable_etl.system.patience import asked


@pytest.fixture(autouse=True)
def _no_one_idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(patience, "_IDLE", Idle())
    yield
    patience._IDLE.clear()


class Idle(list[SimpleQueue[Callable[[], None]]]):
    """The idle threads, and word of each that becomes one."""

    def __init__(self) -> None:
        super().__init__()
        self.grew = Event()

    def append(self, one: SimpleQueue[Callable[[], None]]) -> None:
        super().append(one)
        self.grew.set()


def rest() -> None:
    """Waits until a thread has nothing to do."""
    idle = patience._IDLE
    assert isinstance(idle, Idle)
    assert idle.grew.wait(60)
    idle.grew.clear()


def test_a_thread_that_has_its_answer_asks_the_next_question() -> None:
    first = asked(get_ident).result(60)
    rest()
    assert asked(get_ident).result(60) == first


def test_a_question_that_is_not_answered_keeps_its_thread_from_no_other() -> None:
    silent = Event()
    unanswered = asked(lambda: (silent.wait(60), get_ident())[1])
    other = asked(get_ident).result(60)
    assert not unanswered.done()
    rest()
    silent.set()
    assert unanswered.result(60) != other


def test_an_error_is_for_who_asks_and_the_thread_goes_on() -> None:
    def fail() -> None:
        raise LookupError("not here")

    with pytest.raises(LookupError, match="not here"):
        asked(fail).result(60)
    rest()
    assert asked(lambda: 1).result(60) == 1
    rest()
    assert len(patience._IDLE) == 1


def test_no_more_threads_wait_than_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_MOST_IDLE", 0)
    assert [asked(lambda: 1).result(60) for _ in range(3)] == [1] * 3
    assert not patience._IDLE
