"""Prints goals onto a sheet: beside their labels, below them, or what was reached beside what was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.invention import goal
from tests.drawing.kinds.records import FormKind
from tests.drawing.kinds.sheet import Sheet, Span
from tests.drawing.kinds.words import Words

GoalShape = Literal["beside", "below", "beside_side", "none"]


def goals(choose: Choice, kind: FormKind) -> dict[str, str]:
    """Random goals: the year's; now and then that of the whole life; in a self-evaluation what became of it."""
    if kind == "self_evaluation":
        return {"annual_goal": goal(choose), "actual_goal": goal(choose)}
    found = {"annual_goal": goal(choose)}
    return {"overall_goal": goal(choose), **found} if kind == "declaration" and choose.flag() else found


def shape(choose: Choice, kind: FormKind) -> GoalShape:
    """How they are printed: expected and reached stand below their labels."""
    return "below" if kind == "self_evaluation" else choose.one_of(("beside", "below", "beside_side"))


def print_goals(sheet: Sheet, shape: GoalShape, goals: Mapping[str, str], words: Words) -> None:
    """The goals with their labels."""
    if shape == "below":
        _print_below(sheet, goals, words)
    elif shape == "beside_side":
        _print_beside(sheet, goals, words, words("sides.goals"))
    else:
        _print_beside(sheet, goals, words, None)


def _print_below(sheet: Sheet, goals: Mapping[str, str], words: Words) -> None:
    print_goals_over(sheet, sheet.cut(0, (1, *(4 for _ in goals)))[1:], goals, words)


def print_goals_over(sheet: Sheet, spans: Sequence[Span], goals: Mapping[str, str], words: Words) -> None:
    """The goals below their labels in these columns, right of a side label."""
    first = sheet.put_row("goal_labels", spans, (words(f"goals.{name}") for name in goals))
    sheet.begin_row("goals")
    for span, text in zip(spans, goals.values(), strict=True):
        sheet.put(span, text, align="left")
    sheet.put((0, spans[0][0]), words("sides.goals"), row=first, rows=2)


def _print_beside(sheet: Sheet, goals: Mapping[str, str], words: Words, side: str | None) -> None:
    spans = sheet.cut(0, (1, 2, 8)) if side else [(0, 0), *sheet.cut(0, (2, 8))]
    first = len(sheet.rows)
    for name, text in goals.items():
        sheet.begin_row("goals")
        sheet.put(spans[1], words(f"goals.{name}"))
        sheet.put(spans[2], text, align="left")
    if side:
        sheet.put(spans[0], side, row=first, rows=len(goals))
