"""Rows of flattened text that could be read in another way about as well are told."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.flattened.alternatives import find_ambiguous
from perftable_etl.normalize.rebuild.flattened.pieces import Piece
from perftable_etl.normalize.rebuild.flattened.rows import name_width, read_rows


def ambiguous(*lines: str) -> list[str]:
    """The names of the rows among `lines` that are not sure."""
    pieces = [Piece(line, ((0, 0),), ends_line=True, opens_page=False) for line in lines]
    column_width = name_width(pieces)
    rows = [doubt.row for doubt in find_ambiguous(pieces, read_rows(pieces, column_width), column_width, ())]
    return ["".join(piece.text for piece in pieces[row.first : row.name_end]) for row in rows]


def test_rows_with_signs_are_sure() -> None:
    assert ambiguous("产出指标", "数量指标", "图书采购数量", "≥800(册)", "阅览室开放数量", "=12(个)") == []


def test_a_word_that_may_end_a_name_or_begin_a_target_makes_its_row_unsure() -> None:
    assert ambiguous("生态效益指标", "面向街镇的讲座对环境的", "改善", "完成") == ["面向街镇的讲座对环境的"]


def test_a_row_is_unsure_alone() -> None:
    sure = "数量指标", "讲座次数", "≥3(次)"
    assert ambiguous(*sure, "生态效益指标", "面向街镇的讲座对环境的", "改善", "完成") == ["面向街镇的讲座对环境的改善"]
