"""Lines under texts part no cells; borders of cells do."""

from __future__ import annotations

import pytest

from perftable_etl.document import Rule
from perftable_etl.extract.ruling import find_outlines
from tests.extract.pages import horizontal, lattice, page, vertical, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 130.0, 160.0)
TEXT = word("二〇二五", 60, 110)  # 40 points wide, 10 high


@pytest.mark.parametrize(
    "line",
    [horizontal(121, 60, 100), horizontal(121, 56, 110), horizontal(121, 60, 147), horizontal(121, 60, 100.4)],
    ids=["below the text", "below blanks too", "to the wall", "roughly"],
)
def test_lines_under_texts_part_nothing(line: Rule) -> None:
    (outline,) = find_outlines(page([*lattice(XS, YS), line], [TEXT]))
    assert outline.ys == YS


@pytest.mark.parametrize(
    "line",
    [horizontal(121, 50, 150), horizontal(121, 52, 148), horizontal(121, 50, 300), horizontal(140, 60, 100)],
    ids=["wall to wall", "nearly", "through a wall", "far below"],
)
def test_other_lines_part_rows(line: Rule) -> None:
    (outline,) = find_outlines(page([*lattice(XS, YS), line], [TEXT]))
    assert len(outline.ys) == len(YS) + 1


def test_rows_of_a_table_without_sides_stay() -> None:
    rules = [*(horizontal(y, 50, 300) for y in YS), vertical(150, 100, 160)]
    (outline,) = find_outlines(page(rules, [word("项目", 50, 119), word("名称", 52, 149)]))
    assert (outline.xs, outline.ys) == (XS, YS)
