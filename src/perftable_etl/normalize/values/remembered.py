"""What a text means by itself, remembered: most texts of a form stand on each form of its family.

functools.lru_cache keeps the order in which it was asked, and so writes to three other answers whenever it gives one. A
form asks thousands of times, and what it asks has left the processor's cache since the form before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class _Answers(dict[K, T]):
    """The answers of a function by what it was asked; all are forgotten where they have become too many."""

    def __init__(self, function: Callable[[K], T], most: int) -> None:
        self._function, self._most = function, most

    def __missing__(self, asked: K) -> T:
        if len(self) >= self._most:
            self.clear()
        answer = self[asked] = self._function(asked)
        return answer


def remembered(most: int) -> Callable[[Callable[[K], T]], Callable[[K], T]]:
    """Has a function of one argument answer from memory; it remembers so many answers at most."""
    return lambda function: _Answers(function, most).__getitem__
