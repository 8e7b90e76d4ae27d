"""Choices that a seed makes: everything random here is a choice of an integer."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Choice:
    """The choices of a seed. Without one the first option is always chosen, and that is the plainest."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = None if seed is None else Random(seed)

    def integer(self, low: int, high: int) -> int:
        """An integer between two bounds, both included."""
        return self._random.randint(low, high) if self._random else low

    def one_of(self, options: Sequence[T]) -> T:
        """One of some options."""
        return options[self.integer(0, len(options) - 1)]

    def flag(self) -> bool:
        """Yes or no."""
        return self.integer(0, 1) == 1

    def some(self, options: Sequence[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
        """Some different options, in random order."""
        count = self.integer(least, len(options) if most is None else min(most, len(options)))
        return self.shuffled(options)[:count]

    def shuffled(self, options: Sequence[T]) -> tuple[T, ...]:
        """All options in random order."""
        left, order = list(options), []
        while left:
            order.append(left.pop(self.integer(0, len(left) - 1)))
        return tuple(order)
