"""Which rows a text stands beside."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.fields import FieldRow
from perftable_etl.normalize.rebuild.aligned.grid import Side, place_sides, side_of_rows
from tests.normalize.rebuild.aligned.pages import passage


def row(line: float) -> FieldRow:
    return FieldRow((passage("其他资金", 100, line),), (passage("0.00", 200, line),))


ROWS = [row(0), row(2), row(4)]


def test_a_text_stands_beside_the_rows_around_its_middle() -> None:
    side = passage("资金", 20, 2)
    assert list(place_sides([side], ROWS, "middle")) == [Side(side, 0, 3)]


def test_a_text_stands_beside_the_rows_that_begin_with_it() -> None:
    side = passage("资金", 20, 2)
    assert list(place_sides([side], ROWS, "top")) == [Side(side, 1, 3)]


def test_rows_of_one_text_end_where_the_next_begins() -> None:
    upper, lower = passage("资金", 20, 1), passage("目标", 20, 4)
    assert list(place_sides([upper, lower], ROWS, "middle")) == [Side(upper, 0, 2), Side(lower, 2, 3)]


def test_the_first_text_of_a_row_may_stand_beside_others() -> None:
    side = passage("资金", 20, 2)
    among = FieldRow((passage("其他资金", 100, 2),), (side, passage("0.00", 200, 2)))
    assert side_of_rows(1, [ROWS[0], among, ROWS[2]], "middle") == Side(side, 0, 3)


def test_a_label_stands_beside_its_value_alone() -> None:
    assert side_of_rows(1, ROWS, "middle") is None


def test_a_label_before_another_stands_beside_the_rows_around_it() -> None:
    side = passage("预算资金", 20, 2)
    among = FieldRow((side, passage("其他资金", 100, 2)), (passage("0.00", 200, 2),))
    assert side_of_rows(1, [ROWS[0], among, ROWS[2]], "middle") == Side(side, 0, 3)


def test_nothing_stands_left_of_what_is_merged_down() -> None:
    side = passage("资金", 50, 2)
    among = FieldRow((passage("其他资金", 100, 2),), (side, passage("0.00", 200, 2)))
    below = FieldRow((passage("年", 20, 4), passage("其他资金", 100, 4)), (passage("0.00", 200, 4),))
    assert side_of_rows(1, [ROWS[0], among, below], "middle") is None
