"""Choices that a seed makes, or hypothesis: everything random here is a choice of an integer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Choice:
    """Chooses by means of random integers between two bounds, both included; the first option is the plainest."""

    def __init__(self, integer: Callable[[int, int], int]) -> None:
        self.integer = integer

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


def by_seed(seed: int) -> Choice:
    """The choices of a seed."""
    return Choice(Random(seed).randint)


def by_data(data: st.DataObject) -> Choice:
    """The choices of hypothesis, which makes an example smaller where it fails."""
    return Choice(lambda low, high: data.draw(st.integers(low, high)))
