"""Rows of flattened text: their cells by the roles of the columns, and those that could be read in another way."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.document import Box, Line, Place
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, cut_cells, read_pieces
from perftable_etl.normalize.rebuild.flattened.rows import find_doubts, read_rows

TARGETS: tuple[ColumnName, ...] = ("level3", "target")
SPLIT: tuple[ColumnName, ...] = ("level3", "weight", "unit", "sign", "target")


def pieces(lines: Sequence[str]) -> list[Piece]:
    return read_pieces(Line(text, Place(1, Box(0, row, len(text), row + 1))) for row, text in enumerate(lines))


def rows(names: Sequence[ColumnName], *lines: str) -> list[list[str]]:
    """The cells of each row among `lines`."""
    (parts,) = read_rows([(pieces(lines), names)])
    return [[_text(cell) for cell in part.cells.values()] for part in parts if part.kind == "row"]


def ambiguous(*lines: str) -> list[str]:
    """The rows among `lines` that are not sure."""
    (parts,) = read_rows([(pieces(lines), TARGETS)])
    return [finding.raw for finding in find_doubts(parts) if "another reading" in finding.message]


def _text(cell: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in cell)


def test_rows_with_signs_are_sure() -> None:
    assert ambiguous("产出指标", "数量指标", "图书采购数量", "≥800(册)", "阅览室开放数量", "=12(个)") == []


def test_a_word_that_may_end_a_name_or_begin_a_target_makes_its_row_unsure() -> None:
    assert ambiguous("生态效益指标", "面向街镇的讲座对环境的", "改善", "完成") == ["面向街镇的讲座对环境的 改善 完成"]


def test_a_row_is_unsure_alone() -> None:
    sure = "数量指标", "讲座次数", "≥3(次)"
    assert ambiguous(*sure, "生态效益指标", "面向街镇的讲座对环境的", "改善", "完成") == [
        "面向街镇的讲座对环境的 改善 完成"
    ]


def test_cells_stand_in_the_order_of_the_heads() -> None:
    lines = "数量指标", "图书采购", "数量", "10", "册", "≥", "800", "质量指标", "合格率", "5", "%", "=", "100"
    assert rows(SPLIT, *lines) == [["图书采购数量", "10", "册", "≥", "800"], ["合格率", "5", "%", "=", "100"]]


def test_a_broken_number_stays_in_its_column() -> None:
    assert rows(SPLIT, "数量指标", "讲座", "10", "人次", "≥", "31185.", "00") == [
        ["讲座", "10", "人次", "≥", "31185.00"]
    ]


def test_a_blank_cell_shifts_no_other() -> None:
    lines = "质量指标", "合格率", "10", "%", "=", "100", "时效指标", "完成时间", "10", "定性", "及时"
    assert rows(SPLIT, *lines)[1] == ["完成时间", "10", "定性", "及时"]


def test_the_rest_of_a_name_stands_before_a_level_that_two_lines_make() -> None:
    lines = (
        "成本指标",
        "经济成本指标",
        "居民走访（含困难家庭、独居老人）平 65%～80%",
        "均成本",
        "生态环境",
        "成本指标",
        "讲座 14%～95%",
    )
    own = pieces(lines)
    own = cut_cells([piece._replace(opens_page=piece.text == "均成本") for piece in own])
    (parts,) = read_rows([(own, TARGETS)])
    assert [part.kind for part in parts] == ["level1", "level2", "row", "level2", "row"]


def test_the_rest_of_a_name_without_a_row_above_is_told() -> None:
    own = pieces(["庭、独居老人）合格率", "数量指标", "讲座次数", "≥3(次)"])
    own = cut_cells([piece._replace(opens_page=piece is own[0]) for piece in own])
    (parts,) = read_rows([(own, TARGETS)])
    assert [finding.raw for finding in find_doubts(parts)] == ["庭、独居老人）合格率"]
