"""Which rows a level's label stands beside."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.normalize.rebuild.aligned.rows import Column, Extent, Setting
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage
from perftable_etl.normalize.rebuild.aligned.table import Groups, Level
from tests.normalize.rebuild.aligned.pages import passage, stacked

HEAD = passage("二级指标", 100, -2)


def rows(*lines: float, break_after: float = 99.0) -> list[Extent]:
    return [Extent.around([passage("次数", 200, line, 1 if line < break_after else 2)]) for line in lines]


def merged_labels(
    lines: Sequence[Passage], table: Sequence[Extent], setting: Setting = "middle"
) -> list[tuple[str, int, int]]:
    level = Level(Column.below(HEAD, lines, stacked()), table, setting, None)
    return [(found.label.text, found.first, found.last) for found in level.labels() if found.label]


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
    found = merged_labels(lines, rows(0.5, 2, 3))
    assert found == [("经济成本指\n标", 0, 1), ("数量指标", 1, 2), ("其他", 2, 3)]


def test_a_name_that_no_catalogue_has_goes_on_where_its_line_is_full() -> None:
    lines = [passage("社会影响和示范", 90, 0), passage("带动作用", 105, 1), passage("其他", 110, 3)]
    assert merged_labels(lines, rows(0.5, 3)) == [("社会影响和示范\n带动作用", 0, 1), ("其他", 1, 2)]


def test_a_page_break_may_stretch_a_label() -> None:
    lines = [passage("服务对象满", 95, 0), passage("意度指标", 100, 3, 2)]
    assert merged_labels(lines, rows(0, 3, break_after=1)) == [("服务对象满\n意度指标", 0, 2)]


def test_level_1_ends_where_a_group_of_level_2_does() -> None:
    table = rows(0, 1, 2, 3)
    groups = Level(
        Column.below(HEAD, [passage("质量指标", 100, 0.5), passage("时效指标", 100, 2.5)], stacked()),
        table,
        "middle",
        None,
    )
    column = Column.below(HEAD, [passage("产出指标", 50, 0.5), passage("效益指标", 50, 2.5)], stacked())
    found = Level(column, table, "middle", Groups(list(groups.labels()), table)).labels()
    assert [(label.label.text, label.first, label.last) for label in found if label.label] == [
        ("产出指标", 0, 2),
        ("效益指标", 2, 4),
    ]
