"""Painted areas that lie as cells do are cells; others are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from perftable_etl.document import Box, Rule
from perftable_etl.extract.ruling import Outline, find_outlines
from tests.extract.pages import horizontal, lattice, page

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0, 160.0)


def outlines(shades: Sequence[Box], rules: Sequence[Rule] = ()) -> list[Outline]:
    return find_outlines(replace(page(rules), shades=tuple(shades)))


def areas(apart: float = 0.0, ys: Sequence[float] = YS) -> list[Box]:
    by = apart / 2
    return [Box(x0 + by, y0 + by, x1 - by, y1 - by) for x0, x1 in pairwise(XS) for y0, y1 in pairwise(ys)]


@pytest.mark.parametrize("apart", [0.0, 1.6, 4.0, -1.0])
def test_areas_side_by_side_are_cells(apart: float) -> None:
    (outline,) = outlines(areas(apart))
    assert (outline.xs[1], outline.ys[1:3]) == (150, (120, 140))
    assert (outline.walls, outline.floors) == ((0b111,) * 3, (0b11,) * 4)


def test_columns_go_on_through_rows_that_are_not_painted() -> None:
    painted = [area for area in areas() if area.y0 != 120]
    (outline,) = outlines(painted)
    assert (outline.xs, outline.ys, outline.walls) == (XS, YS, (0b111,) * 3)


def test_a_last_row_that_is_not_painted_ends_at_the_frame() -> None:
    painted = [area for area in areas(ys=(80, *YS)) if area.y0 in (80, 120)]
    (outline,) = outlines([*painted], [horizontal(160, 50, 300)])
    assert (outline.ys[-1], outline.walls[1]) == (160, 0b1111)


def test_grounds_and_marks_are_no_cells() -> None:
    ground, mark = Box(40, 90, 310, 170), Box(55, 104, 90, 116)
    assert outlines([ground, *areas(), mark]) == outlines(areas())


@pytest.mark.parametrize(
    "shades",
    [
        [Box(50, y0, 300, y1) for y0, y1 in pairwise(YS)],
        [Box(x0, 100, x1, 120) for x0, x1 in pairwise((50, 90, 120, 150, 190, 220))],
        [Box(50, 100, 90, 120), Box(200, 100, 240, 120), Box(50, 300, 90, 320), Box(200, 300, 240, 320)],
    ],
    ids=["rows without columns", "one row", "scattered"],
)
def test_other_areas_are_no_table(shades: list[Box]) -> None:
    assert outlines(shades) == []


def test_ruled_tables_stay_as_they_are() -> None:
    halves = [Box(x, y0, x + 60, y1) for x in (60.0, 120.0, 180.0) for y0, y1 in pairwise(YS)]
    assert outlines(halves, lattice(XS, YS)) == outlines([], lattice(XS, YS))
