"""Which rows a merged label stands beside."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.normalize.rebuild.aligned.merged_labels import LabelCosts, join_labels, spread_labels
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.aligned.rows import Row, Setting
from tests.normalize.rebuild.aligned.pages import PITCH, passage, stacked


def rows(*lines: float, break_after: float = 99.0) -> list[Row]:
    return [Row(passage("次数", 200, line, 1 if line < break_after else 2), None, 0.0) for line in lines]


def merged_labels(
    labels: Sequence[Passage], table: Sequence[Row], setting: Setting = "middle"
) -> list[tuple[str, int, int]]:
    found = spread_labels(labels, table, stacked(), setting, LabelCosts())
    return [(merged.label.text, merged.first, merged.last) for merged in found]


def test_around_the_middle() -> None:
    labels = [passage("数量指标", 100, 1), passage("质量指标", 100, 3.5), passage("时效指标", 100, 5)]
    assert merged_labels(labels, rows(0, 1, 2, 3, 4, 5)) == [("数量指标", 0, 3), ("质量指标", 3, 5), ("时效指标", 5, 6)]


def test_from_the_first_row_on() -> None:
    labels = [passage("数量指标", 100, 0), passage("质量指标", 100, 3)]
    assert merged_labels(labels, rows(0, 1, 2, 3, 4), "top") == [("数量指标", 0, 3), ("质量指标", 3, 5)]


def test_rows_above_the_first_label_have_none() -> None:
    assert merged_labels([passage("质量指标", 100, 3)], rows(0, 2, 3, 4)) == [("质量指标", 1, 4)]


def test_a_label_that_a_page_break_cuts_stands_at_its_first_row() -> None:
    labels = [passage("数量指标", 100, 0.5), passage("质量指标", 100, 2)]
    assert merged_labels(labels, rows(0, 1, 2, 3, 4, break_after=3)) == [("数量指标", 0, 2), ("质量指标", 2, 5)]


def test_wrapped_labels_are_joined_into_names_of_the_catalogue() -> None:
    lines = [passage("经济成本指", 95, 0), passage("标", 115, 1), passage("数量指标", 100, 2), passage("其他", 110, 3)]
    assert [label.text for label in join_labels(lines, PITCH)] == ["经济成本指\n标", "数量指标", "其他"]


def test_a_page_break_may_stretch_a_label() -> None:
    lines = [passage("服务对象满", 95, 0), passage("意度指标", 100, 3, 2)]
    assert [label.text for label in join_labels(lines, PITCH)] == ["服务对象满\n意度指标"]
    apart = [passage("服务对象满", 95, 0), passage("意度指标", 100, 3)]
    assert len(join_labels(apart, PITCH)) == 2
