"""Columns are parted where no text stands."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.columns import blocks_of, common_gaps, has_heads
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.passages import row


def test_gaps_that_share_a_part_are_one() -> None:
    assert list(common_gaps([(10.0, 30.0), (20.0, 40.0)])) == [(20.0, 30.0)]


def test_a_gap_with_another_inside_tells_no_more() -> None:
    """A head over two others leaves a wide gap beside it, and moves no column below it."""
    assert list(common_gaps([(10.0, 90.0), (20.0, 30.0), (80.0, 85.0)])) == [(20.0, 30.0), (80.0, 85.0)]


def test_rows_below_heads_have_their_columns() -> None:
    rows = [row(0, 三级指标=0, 指标值=100), row(20, 巡检次数=0, 达标=100), row(40, 培训次数=0, 完成=100)]
    assert [(block.first, block.end) for block in blocks_of(rows, VOCABULARY)] == [(0, 3)]


def test_a_pair_below_a_table_is_apart() -> None:
    rows = [row(0, 三级指标=0, 指标值=100), row(20, 巡检次数=0, 达标=100), row(40, 项目名称=0, 河道=100)]
    assert [(block.first, block.end) for block in blocks_of(rows, VOCABULARY)] == [(0, 2), (2, 3)]


def test_amounts_are_no_heads() -> None:
    assert has_heads(row(0, 三级指标=0, 指标值=100), VOCABULARY)
    assert not has_heads([*row(0, 项目资金总额=0, 年度资金总额=100), *row(0, **{"169.53": 200})], VOCABULARY)
