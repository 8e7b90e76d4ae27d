"""Where one column ends and the next begins."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.table import part_columns
from tests.normalize.rebuild.aligned.pages import EM, passage

HEADS = [passage("二级指标", 100, 0), passage("三级指标", 300, 0), passage("指标值", 500, 0)]


def test_between_what_is_printed_in_both() -> None:
    words = [passage("数量指标", 100, 1), passage("开展的社会公众满意度调查次数", 200, 1), passage("≥2(次)", 480, 1)]
    first, second = part_columns(HEADS, words, EM)
    assert 140 < first < 200
    assert 340 < second < 480


def test_a_short_name_does_not_fall_to_the_labels_before_it() -> None:
    """The gap to the right of short names is wider than the one to their left, but names begin at one edge."""
    words = [
        passage("数量指标", 100, 1.5),
        passage("次数", 190, 1),
        passage("人数", 190, 2),
        passage("完成", 480, 1),
        passage("完成", 480, 2),
    ]
    first, _ = part_columns(HEADS, words, EM)
    assert 140 < first < 190


def test_a_short_target_does_not_fall_to_the_names() -> None:
    words = [passage("开展的社会公众满意度调查次数及", 200, 1), passage("/", 400, 1)]
    _, second = part_columns(HEADS, words, EM)
    assert 350 < second < 400
