"""The cheapest reading of what is printed, among all readings there are.

A reading is a chain of steps. A state says how far a reading has come; a step takes some text for one part, has a cost,
and leads to a later state. The cost says how far the step breaks the rules that hold on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
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
        self._steps = dict(self._explored(start, steps_from))
        self._before = self._cheapest_before()
        self._after = self._cheapest_after()

    @property
    def cost(self) -> float:
        """What the cheapest reading costs; infinite where none comes to the end."""
        return self._after[self._start]

    def cheapest(self) -> Iterator[Step[State, Part]]:
        """The steps of the cheapest reading, in order; none where none comes to the end."""
        state = self._start
        while state != self._end and self._after[state] < inf:
            step = min(self._steps[state], key=lambda step: step.cost + self._after.get(step.end, inf))
            yield step
            state = step.end

    def steps(self) -> Iterator[Step[State, Part]]:
        """All steps of all readings."""
        for steps in self._steps.values():
            yield from steps

    def cost_with(self, step: Step[State, Part]) -> float:
        """What the cheapest reading with this step costs."""
        return self._before.get(step.start, inf) + step.cost + self._after.get(step.end, inf)

    def lead(self, others: Iterable[Step[State, Part]]) -> float:
        """How much more the cheapest reading with one of some other steps costs."""
        return min(map(self.cost_with, others), default=inf) - self.cost

    def _cheapest_before(self) -> dict[State, float]:
        """What it costs to come to each state."""
        costs: dict[State, float] = {self._start: 0.0}
        for state in sorted(self._steps):
            for step in self._steps[state]:
                costs[step.end] = min(costs.get(step.end, inf), costs[state] + step.cost)
        return costs

    def _cheapest_after(self) -> dict[State, float]:
        """What it costs to come from each state to the end."""
        costs: dict[State, float] = {self._end: 0.0}
        for state in sorted(self._steps, reverse=True):
            onwards = (step.cost + costs.get(step.end, inf) for step in self._steps[state])
            costs.setdefault(state, min(onwards, default=inf))
        return costs

    def _explored(
        self, start: State, steps_from: Callable[[State], Iterable[Step[State, Part]]]
    ) -> Iterator[tuple[State, list[Step[State, Part]]]]:
        """Every state that can be reached, once, with its steps; none are asked for from the end."""
        waiting, seen = [start], {start, self._end}
        while waiting:
            state = waiting.pop()
            steps = list(steps_from(state))
            yield state, steps
            reached = {step.end for step in steps} - seen
            seen |= reached
            waiting += reached
