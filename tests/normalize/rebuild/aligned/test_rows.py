"""Which cells stand in one row, and over which rows labels are merged down."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.merged_labels import Heights
from perftable_etl.normalize.rebuild.aligned.rows import place, rows_of, words_in
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.passages import EM, passage, row

HEIGHTS = Heights(is_top=False, em=EM, gap=EM)


def test_a_label_beside_two_rows_is_merged_over_both() -> None:
    heads = row(0, 二级指标=0, 三级指标=100, 指标值=200)
    label = passage("数量指标", 0, 30)
    cells = [*heads, label, *row(20, 巡检次数=100, 达标=200), *row(40, 培训次数=100, 完成=200)]
    rows = rows_of(cells, HEIGHTS)
    assert [len(one) for one in rows] == [3, 2, 2]
    placed = {cell.passage: (cell.first, cell.end) for cell in place(cells, rows, HEIGHTS, VOCABULARY)}
    assert placed[label] == (1, 3)


def test_a_label_that_a_page_break_cuts_keeps_to_the_top() -> None:
    cells = [*row(0, 数量指标=0, 巡检次数=100, 达标=200), *row(20, 培训次数=100, 完成=200)]
    rows = rows_of(cells, HEIGHTS)
    placed = {cell.passage: (cell.first, cell.end) for cell in place(cells, rows, HEIGHTS, VOCABULARY)}
    assert placed[cells[0]] == (0, 2)


def test_places_are_heads_beside_heads_or_by_themselves() -> None:
    assert words_in(row(0, 三级指标=0, 浦江镇=100), VOCABULARY) == [True, True]
    assert words_in(row(0, 浦江镇=0, 北辰市=100), VOCABULARY) == [True, True]
    assert words_in(row(0, 主管部门=0, 浦江镇=100), VOCABULARY) == [True, False]


def test_a_grade_beside_its_label_is_a_value() -> None:
    assert words_in(row(0, 自评等次=0, 优=100), VOCABULARY) == [True, False]


def test_what_is_below_another_is_no_cell_of_its_row() -> None:
    tall = passage("巡检", 0, 0)
    cells = [tall, *row(0, 达标=100), *row(20, 培训=0, 完成=100)]
    assert [[cell.text for cell in one] for one in rows_of(cells, HEIGHTS)] == [["巡检", "达标"], ["培训", "完成"]]
