"""Pages stacked below each other."""

from __future__ import annotations

from dataclasses import replace

from perftable_etl.document import Rule
from perftable_etl.normalize.rebuild.aligned.stacked_pages import stack_pages
from tests.normalize.rebuild.aligned.pages import EM, PITCH, page, word


def test_words_near_one_another_are_one_run() -> None:
    stacked = stack_pages([page([word("共", 100, 0), word("12", 112, 0), word("次", 140, 0)])])
    assert [run.text for run in stacked.runs] == ["共 12", "次"]


def test_a_rule_parts_words_that_stand_close() -> None:
    bare = page([word("名称", 100, 0), word("数值", 121, 0)])
    ruled = replace(bare, rules=(Rule(120.5, -5, 120.5, 20),))
    assert [run.text for run in stack_pages([bare]).runs] == ["名称 数值"]
    assert [run.text for run in stack_pages([ruled]).runs] == ["名称", "数值"]


def test_the_next_page_begins_one_line_below() -> None:
    first = page([word("第一行", 100, 10), word("第二行", 100, 11)], 1)
    second = page([word("第三行", 100, 3), word("第四行", 100, 4)], 2)
    stacked = stack_pages([first, second])
    assert (stacked.em, stacked.pitch) == (EM, PITCH)
    assert [round(run.top) for run in stacked.runs] == [0, 15, 30, 45]
    assert [run.place.page for run in stacked.runs] == [1, 1, 2, 2]
    assert stacked.runs[2].place.box.y0 == 45  # where it stands on its own page


def test_level_rules_keep_their_place_among_the_lines() -> None:
    first = page([word("第一行", 100, 10)], 1)
    second = replace(page([word("第二行", 100, 3), word("第三行", 100, 4)], 2), rules=(Rule(50, 57, 500, 57),))
    stacked = stack_pages([first, second])
    (floor,) = stacked.floors
    assert stacked.runs[1].bottom < floor.y < stacked.runs[2].top
