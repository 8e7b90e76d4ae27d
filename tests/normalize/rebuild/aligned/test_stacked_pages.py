"""Pages stacked below each other."""

from __future__ import annotations

from dataclasses import replace

from perftable_etl.document import Rule
from perftable_etl.normalize.rebuild.aligned.stacked_pages import stack_pages
from tests.normalize.rebuild.aligned.pages import EM, PITCH, page
from tests.normalize.rebuild.aligned.pages import word as printed_word


def test_words_near_one_another_are_one_run() -> None:
    stacked = stack_pages([page([printed_word("共", 100, 0), printed_word("12", 112, 0), printed_word("次", 140, 0)])])
    assert [word.text for word in stacked.words] == ["共 12", "次"]


def test_a_rule_parts_words_that_stand_close() -> None:
    bare = page([printed_word("名称", 100, 0), printed_word("数值", 121, 0)])
    ruled = replace(bare, rules=(Rule(120.5, -5, 120.5, 20),))
    assert [word.text for word in stack_pages([bare]).words] == ["名称 数值"]
    assert [word.text for word in stack_pages([ruled]).words] == ["名称", "数值"]


def test_the_next_page_begins_one_line_below() -> None:
    first = page([printed_word("第一行", 100, 10), printed_word("第二行", 100, 11)], 1)
    second = page([printed_word("第三行", 100, 3), printed_word("第四行", 100, 4)], 2)
    stacked = stack_pages([first, second])
    assert (stacked.em, stacked.pitch) == (EM, PITCH)
    assert [round(word.top) for word in stacked.words] == [0, 15, 30, 45]
    assert [word.place.page for word in stacked.words] == [1, 1, 2, 2]
    assert stacked.words[2].place.box.y0 == 45  # where it stands on its own page


def test_level_rules_keep_their_place_among_the_lines() -> None:
    first = page([printed_word("第一行", 100, 10)], 1)
    second = replace(
        page([printed_word("第二行", 100, 3), printed_word("第三行", 100, 4)], 2), rules=(Rule(50, 57, 500, 57),)
    )
    stacked = stack_pages([first, second])
    (floor,) = stacked.floors
    assert stacked.words[1].bottom < floor.y < stacked.words[2].top


def test_headings_that_stand_near_each_other_tell_no_distance_of_lines() -> None:
    headings = [printed_word("（2024年度）", 100, 0), printed_word("单位：元", 100, 1.2)]
    rows = [printed_word(text, 100, line) for text, line in (("名称名称", 3), ("名称", 4), ("数值", 5.5))]
    assert stack_pages([page([*headings, *rows])]).is_padded


def test_rows_set_far_apart_are_no_lines_of_one_text() -> None:
    """The first line of a text that goes on has no room for more; here it has."""
    rows = [("项目编号", "31001"), ("单位", "某局"), ("项目负责人", "李四")]
    words = [
        printed_word(text, x, 1.3 * n) for n, row in enumerate(rows) for text, x in zip(row, (50, 200), strict=True)
    ]
    assert stack_pages([page(words)]).is_padded
