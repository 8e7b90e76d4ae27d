"""The cheapest reading of what is printed, among all readings there are.

A reading is a chain of steps. A state says how far a reading has come; a step takes some text for one part, has a cost,
and leads to a later state. The cost says how far the step breaks the rules that hold on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from heapq import heappop, heappush
from math import inf
from typing import Any, Generic, NamedTuple, Protocol, TypeVar


class Progress(Hashable, Protocol):
    """How far a reading has come: a count of what it has taken, or several counts."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it has not come as far as another."""


State = TypeVar("State", bound=Progress)
Part = TypeVar("Part")


class Step(NamedTuple, Generic[State, Part]):
    """What a reading takes for one part: from which state to which, at what cost."""

    start: State
    end: State
    cost: float
    part: Part


class Readings(Generic[State, Part]):
    """All readings from `start` to `end`. `steps_from` gives the steps from a state; each leads to a later state."""

    def __init__(self, start: State, end: State, steps_from: Callable[[State], Iterable[Step[State, Part]]]) -> None:
        self._start, self._end = start, end
        self._steps: dict[State, list[Step[State, Part]]] = {}
        self._before: dict[State, float] = {start: 0.0}  # what it costs to come to each state
        waiting = [start]
        while waiting:
            state = heappop(waiting)
            self._steps[state] = list(steps_from(state)) if state != end else []
            for step in self._steps[state]:
                if step.end not in self._before:
                    heappush(waiting, step.end)
                self._before[step.end] = min(self._before.get(step.end, inf), self._before[state] + step.cost)
        self._after: dict[State, float] = {end: 0.0}  # ... and from each to the end
        for state in reversed(self._steps):
            onwards = (step.cost + self._after[step.end] for step in self._steps[state])
            self._after.setdefault(state, min(onwards, default=inf))

    @property
    def cost(self) -> float:
        """What the cheapest reading costs; infinite where none comes to the end."""
        return self._after[self._start]

    def cheapest(self) -> Iterator[Step[State, Part]]:
        """The steps of the cheapest reading, in order; none where none comes to the end."""
        state = self._start
        while state != self._end and self._after[state] < inf:
            step = min(self._steps[state], key=lambda step: step.cost + self._after[step.end])
            yield step
            state = step.end

    def steps(self) -> Iterator[Step[State, Part]]:
        """All steps of all readings."""
        for steps in self._steps.values():
            yield from steps

    def cost_with(self, step: Step[State, Part]) -> float:
        """What the cheapest reading with this step costs."""
        return self._before[step.start] + step.cost + self._after[step.end]

    def lead(self, others: Iterable[Step[State, Part]]) -> float:
        """How much more the cheapest reading with one of some other steps costs."""
        return min(map(self.cost_with, others), default=inf) - self.cost
