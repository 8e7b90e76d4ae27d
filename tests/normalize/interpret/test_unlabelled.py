"""Rows whose level cells are blank or missing, and the near cases that are in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.unlabelled import report_unlabelled
from perftable_etl.normalize.layouts.words import ColumnName

ROLES: dict[int, ColumnName] = {0: "level1", 1: "level2", 2: "level3", 3: "target"}
FOUR_NAMES = ["甲数", "乙数", "丙率", "丁率"]


def column(number: int, *printed: tuple[str, int], page_break: int = 99) -> list[Cell]:
    """Cells of a column by their texts and how many rows each covers; those from row `page_break` on page 2."""
    cells, row = [], 0
    for text, span in printed:
        place = Place(1 + (row >= page_break), Box(50.0 * number, 20.0 * row, 50.0 * number + 50, 20.0 * (row + span)))
        cells.append(Cell(text, row, number, span, 1, place))
        row += span
    return cells


def names(page_break: int = 99) -> list[Cell]:
    return column(2, *((name, 1) for name in FOUR_NAMES), page_break=page_break)


def told(*columns: Iterable[Cell]) -> list[tuple[str, str]]:
    cells = [cell for one in columns for cell in one]
    rows: Sequence[list[Cell]] = [[cell for cell in cells if cell.row <= row < cell.end_row] for row in range(4)]
    coverage = Coverage(1)
    report_unlabelled(rows, ROLES, coverage)
    return [(finding.code, finding.raw) for finding in coverage.findings]


def test_merged_labels_are_in_order() -> None:
    assert told(column(0, ("产出指标", 4)), column(1, ("数量指标", 2), ("质量指标", 2)), names()) == []


def test_a_blank_level_2_cell_among_merged_labels_is_told_at_its_first_row() -> None:
    assert told(column(0, ("产出指标", 4)), column(1, ("数量指标", 2), ("", 2)), names()) == [("level_blank", "丙率")]


def test_a_blank_level_1_cell_beside_a_level_2_label_is_not_told() -> None:
    assert told(column(0, ("产出指标", 2), ("", 2)), column(1, ("数量指标", 2), ("质量指标", 2)), names()) == []


def test_labels_in_the_first_row_of_each_group_only_are_not_told() -> None:
    labels = ("数量指标", 1), ("", 1), ("质量指标", 1), ("", 1)
    assert told(column(0, ("产出指标", 1), ("", 1), ("", 1), ("", 1)), column(1, *labels), names()) == []


def test_a_blank_level_cell_at_the_top_of_a_page_goes_on() -> None:
    levels = column(0, ("产出指标", 2), ("", 2), page_break=2), column(1, ("数量指标", 2), ("", 2), page_break=2)
    assert told(*levels, names(page_break=2)) == []


def test_a_first_row_that_a_rule_parts_from_its_group_may_be_the_rest_of_a_row() -> None:
    level1 = column(0, ("产出指标", 2), ("", 1), ("", 1), page_break=2)
    level2 = column(1, ("数量指标", 2), ("", 1), ("质量指标", 1), page_break=2)
    assert told(level1, level2, names(page_break=2)) == [("row_perhaps_cut", "丙率")]


def test_a_page_without_level_columns_is_told() -> None:
    levels = column(0, ("产出指标", 2)), column(1, ("数量指标", 2))
    assert told(*levels, names(page_break=2)) == [("level_columns_missing", "丙率")]
    assert told(*levels, names()) == []
