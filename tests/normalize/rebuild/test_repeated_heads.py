"""Heads that a text prints again within one form are left out; those of the next form stay."""

from __future__ import annotations

import pytest

from perftable_etl.document import Document
from perftable_etl.extract.plaintext import read_text
from perftable_etl.normalize.layouts.collection import default_layouts
from perftable_etl.normalize.rebuild.repeated_heads import without_repeated_heads

HEADS = "\t一级指标\t二级指标\t三级指标\t指标值"
ROW = "\t产出指标\t数量指标\t巡护次数\t≥12次"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([HEADS, ROW, HEADS.strip(), ROW], 3),
        ([HEADS, ROW, "项目名称\t古树保护", HEADS, ROW], 5),
        ([HEADS, ROW, "\t一级指标\t二级指标\t三级指标\t全年实际值", ROW], 4),
        ([HEADS, ROW, "\t二级指标\t三级指标", ROW], 4),
    ],
    ids=["again", "of the next form", "other heads", "some of them"],
)
def test_heads_printed_again_are_left_out(lines: list[str], kept: int) -> None:
    source = Document(read_text("\n".join(lines).encode()).pages)
    assert len(list(without_repeated_heads(source, default_layouts().vocabulary).lines())) == kept
