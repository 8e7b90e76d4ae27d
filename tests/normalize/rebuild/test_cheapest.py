"""The search of the cheapest reading."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from perftable_etl.normalize.rebuild.cheapest import Readings, Step

WORDS = {"资金": 1.0, "资": 0.9, "金": 0.9, "金额": 1.0, "额": 0.2}


def readings(text: str) -> Readings[int, str]:
    def words_from(start: int) -> Iterator[Step[int, str]]:
        for end in range(start + 1, len(text) + 1):
            if text[start:end] in WORDS:
                yield Step(start, end, WORDS[text[start:end]], text[start:end])

    return Readings(0, len(text), words_from)


def test_takes_the_steps_that_cost_least_in_all() -> None:
    found = readings("资金额")
    assert [step.part for step in found.cheapest()] == ["资金", "额"]
    assert found.cost == 1.2


def test_tells_what_the_best_reading_with_another_step_costs() -> None:
    found = readings("资金额")
    costs = {step.part: round(found.cost_with(step), 1) for step in found.steps()}
    assert costs == {"资金": 1.2, "资": 1.9, "金": 2.0, "金额": 1.9, "额": 1.2}


def test_without_a_reading_there_are_no_steps() -> None:
    found = readings("资金共")
    assert list(found.cheapest()) == []
    assert found.cost == inf


def test_a_negative_cost_is_a_reward() -> None:
    steps = {0: [Step(0, 2, 1.0, "one"), Step(0, 1, 3.0, "two")], 1: [Step(1, 2, -2.5, "rest")]}
    found = Readings(0, 2, lambda state: steps.get(state, []))
    assert [step.part for step in found.cheapest()] == ["two", "rest"]


def test_states_may_count_several_things() -> None:
    def moves(state: tuple[int, int]) -> Iterator[Step[tuple[int, int], str]]:
        down, right = state
        if down < 1:
            yield Step(state, (down + 1, right), 1.0, "down")
        if right < 1:
            yield Step(state, (down, right + 1), 2.0 if down else 5.0, "right")

    found = Readings((0, 0), (1, 1), moves)
    assert [step.part for step in found.cheapest()] == ["down", "right"]
