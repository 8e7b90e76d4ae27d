from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from perftable_etl.document import Rule
from perftable_etl.extract.ruling import Outline, find_outlines
from tests.extract.pages import horizontal, lattice, page, vertical

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0, 160.0)


def only(rules: list[Rule]) -> Outline:
    (outline,) = find_outlines(page(rules))
    return outline


def test_lines_that_cross_are_a_table() -> None:
    outline = only(lattice(XS, YS))
    assert (outline.xs, outline.ys) == (XS, YS)
    assert outline.walls == (0b111, 0b111, 0b111)
    assert outline.floors == (0b11, 0b11, 0b11, 0b11)


def test_a_missing_piece_of_a_rule_is_no_wall() -> None:
    rules = [rule for rule in lattice(XS, YS) if rule != vertical(150, 100, 160)]
    outline = only([*rules, vertical(150, 100, 120), vertical(150, 140, 160)])
    assert outline.walls == (0b111, 0b101, 0b111)


def test_pieces_that_touch_are_one_rule() -> None:
    cells = [(x0, y0, x1, y1) for x0, x1 in pairwise(XS) for y0, y1 in pairwise(YS)]
    sides = [
        rule
        for x0, y0, x1, y1 in cells
        for rule in (horizontal(y0, x0, x1), horizontal(y1, x0, x1), vertical(x0, y0, y1), vertical(x1, y0, y1))
    ]
    assert only(sides) == only(lattice(XS, YS))


def test_doubled_rules_are_one_at_their_middle() -> None:
    doubled = [
        Rule(rule.x0 + dx, rule.y0 + dy, rule.x1 + dx, rule.y1 + dy)
        for rule in lattice(XS, YS)
        for dx, dy in ([(0, -0.5), (0, 0.5)] if rule.is_horizontal else [(-0.5, 0), (0.5, 0)])
    ]
    assert only(doubled) == only(lattice(XS, YS))


def test_dashes_are_one_rule() -> None:
    dashed = [piece for rule in lattice(XS, YS) for piece in dashes(rule)]
    outline = only(dashed)
    assert outline.walls == (0b111, 0b111, 0b111)
    assert outline.floors == (0b11, 0b11, 0b11, 0b11)


def dashes(rule: Rule) -> list[Rule]:
    """Three points on, two points off."""
    if rule.is_horizontal:
        return [Rule(x, rule.y0, min(x + 3, rule.x1), rule.y1) for x in range(int(rule.x0), int(rule.x1), 5)]
    return [Rule(rule.x0, y, rule.x1, min(y + 3, rule.y1)) for y in range(int(rule.y0), int(rule.y1), 5)]


def test_dots_and_ticks_are_no_rules() -> None:
    ticks = [horizontal(130, 60, 63), vertical(200, 102, 106)]
    assert only([*lattice(XS, YS), *ticks]) == only(lattice(XS, YS))


def test_corners_need_not_quite_meet() -> None:
    shrunk = [horizontal(y, 52, 298) for y in YS] + [vertical(x, 101.5, 158.5) for x in XS]
    outline = only(shrunk)
    assert (outline.xs, outline.ys) == (XS, YS)


@pytest.mark.parametrize("open_edge", ["top", "bottom"])
def test_a_page_break_may_leave_an_edge_open(open_edge: str) -> None:
    """Where the table's end is not drawn, the ends of the vertical rules stand for it."""
    drawn = YS[1:] if open_edge == "top" else YS[:-1]
    outline = only([horizontal(y, 50, 300) for y in drawn] + [vertical(x, 100, 160) for x in XS])
    assert outline.ys == YS
    assert outline.floors == ((0, 3, 3, 3) if open_edge == "top" else (3, 3, 3, 0))


def test_a_table_without_side_rules_is_as_wide_as_its_rules() -> None:
    outline = only([horizontal(y, 50, 300) for y in YS] + [vertical(150, 100, 160)])
    assert outline.xs == XS
    assert outline.walls == (0, 0b111, 0)


def test_two_tables_below_one_another() -> None:
    upper, lower = find_outlines(page([*lattice(XS, (300, 320, 340)), *lattice(XS, YS)]))
    assert (upper.ys, lower.ys) == (YS, (300, 320, 340))


def test_two_tables_beside_one_another() -> None:
    left, right = find_outlines(page([*lattice((350, 450, 550), (110, 130, 150)), *lattice(XS, YS)]))
    assert (left.xs, right.xs) == (XS, (350, 450, 550))
    assert (left.ys, right.ys) == (YS, (110, 130, 150))


def test_tables_of_different_columns_that_touch_are_one() -> None:
    outline = only([*lattice(XS, (100, 120)), *lattice((50, 200, 300), (120, 140))])
    assert outline.xs == (50, 150, 200, 300)
    assert outline.walls == (0b11, 0b01, 0b10, 0b11)


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [horizontal(100, 50, 300)],
        [vertical(50, 100, 300)],
        [horizontal(100, 50, 300), horizontal(120, 50, 300)],
        [horizontal(100, 50, 300), vertical(500, 400, 600)],
    ],
    ids=["nothing", "underline", "margin line", "head and foot line", "strangers"],
)
def test_rules_that_enclose_nothing_are_no_table(rules: list[Rule]) -> None:
    assert find_outlines(page(rules)) == []


def test_graph_paper_is_no_table() -> None:
    squares = [5.0 * step for step in range(301)]
    assert only(lattice(squares[:151], squares)).box == (0, 0, 750, 1500)
    assert find_outlines(page(lattice(squares, squares))) == []


def test_tables_scattered_over_a_page_are_told_apart() -> None:
    corners = [(100.0 * column, 40.0 * row) for column in range(5) for row in range(20)]
    rules = [rule for x, y in corners for rule in lattice((x, x + 30, x + 60), (y, y + 10, y + 20))]
    boxes = [outline.box for outline in find_outlines(page(rules))]
    assert sorted(boxes) == [(x, y, x + 60, y + 20) for x, y in corners]


def test_a_head_line_is_no_part_of_the_table_below_it() -> None:
    assert only([horizontal(40, 50, 550), *lattice(XS, YS)]) == only(lattice(XS, YS))


@pytest.mark.parametrize("gap", [1.0, 3.0, 5.0])
def test_rules_that_stop_before_their_corners_reach_them(gap: float) -> None:
    pieces = [shortened(rule, gap) for rule in cell_sides(XS, YS)]
    assert only(pieces) == only(lattice(XS, YS))


def cell_sides(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """The sides of the cells of a lattice, each a rule of its own."""
    level = [horizontal(y, x0, x1) for y in ys for x0, x1 in pairwise(xs)]
    return level + [vertical(x, y0, y1) for x in xs for y0, y1 in pairwise(ys)]


def shortened(rule: Rule, by: float) -> Rule:
    x0, y0, x1, y1 = rule
    return Rule(x0 + by, y0, x1 - by, y1) if rule.is_horizontal else Rule(x0, y0 + by, x1, y1 - by)


def test_single_gaps_stay() -> None:
    rules = [rule for rule in lattice(XS, YS) if rule != horizontal(120, 50, 300)]
    outline = only([*rules, horizontal(120, 50, 147), horizontal(120, 160, 300)])
    assert outline.floors[1] == 0b11


@pytest.mark.parametrize("apart", [1.0, 4.0, 5.5])
def test_cells_drawn_apart_are_one_table(apart: float) -> None:
    boxes = [
        (x0 + apart / 2, y0 + apart / 2, x1 - apart / 2, y1 - apart / 2)
        for x0, x1 in pairwise(XS)
        for y0, y1 in pairwise(YS)
    ]
    outline = only([side for x0, y0, x1, y1 in boxes for side in cell_sides((x0, x1), (y0, y1))])
    assert (outline.walls, outline.floors) == ((0b111,) * 3, (0b11,) * 4)
    assert outline.xs[1:-1] == XS[1:-1]
    assert outline.ys[1:-1] == YS[1:-1]


def test_upright_rules_alone_are_the_sides_of_a_row_that_is_higher_than_the_page() -> None:
    outline = only([vertical(x, 50, 750) for x in (50, 110, 540)])
    assert (outline.xs, outline.ys, outline.floors) == ((50, 110, 540), (50, 750), (0, 0))


@pytest.mark.parametrize(
    "rules",
    [
        [vertical(50, 50, 750), vertical(540, 50, 750)],
        [vertical(x, 50, 150) for x in (50, 110, 540)],
        [vertical(50, 50, 750), vertical(110, 50, 400), vertical(540, 50, 750)],
    ],
    ids=["an ornament", "low", "of several heights"],
)
def test_other_upright_rules_are_no_table(rules: list[Rule]) -> None:
    assert find_outlines(page(rules)) == []
