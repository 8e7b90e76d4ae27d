from __future__ import annotations

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Box
from perftable_etl.extract.orientation import (
    UPRIGHT,
    Orientation,
    TextDirection,
    are_level,
    find_orientation,
    run_to_the_right,
)
from perftable_etl.geometry.transform import turn

WIDTH, HEIGHT = 600.0, 800.0
RIGHT, UP, LEFT, DOWN = 0.0, -90.0, 180.0, 90.0

orientations = st.builds(Orientation, st.integers(0, 3), st.floats(-4, 4))


def line(angle: float, characters: int = 10) -> TextDirection:
    """A line that runs to the right, turned clockwise by some degrees."""
    return TextDirection(cos(radians(angle)), sin(radians(angle)), characters)


@pytest.mark.parametrize(("angle", "quarters"), [(RIGHT, 0), (UP, 1), (LEFT, 2), (DOWN, 3)])
def test_text_is_turned_until_it_runs_to_the_right(angle: float, quarters: int) -> None:
    assert find_orientation([line(angle)]) == Orientation(quarters)


@pytest.mark.parametrize("skew", [-4.0, -0.2, 0.5, 3.0])
@pytest.mark.parametrize("angle", [RIGHT, UP, LEFT, DOWN])
def test_a_page_askew_is_off_level_by_what_its_lines_are(angle: float, skew: float) -> None:
    orientation = find_orientation([line(angle + skew), line(angle + skew), line(angle + skew - 1)])
    assert orientation.skew == pytest.approx(skew)


def test_a_slant_too_small_to_see_is_none() -> None:
    assert find_orientation([line(0.04)]) == UPRIGHT


def test_what_most_characters_stand_in_counts() -> None:
    assert find_orientation([line(UP, 30), line(RIGHT, 20), line(RIGHT, 5)]).quarters == 1


def test_a_watermark_at_an_angle_turns_nothing() -> None:
    assert find_orientation([line(-45, 500), line(RIGHT, 20)]) == UPRIGHT


def test_a_page_without_text_is_turned_as_its_viewer_turns_it() -> None:
    assert find_orientation([], 3) == find_orientation([line(UP, 0)], 3) == Orientation(3)


@given(orientations)
def test_an_upright_page_keeps_its_middle_and_its_size(orientation: Orientation) -> None:
    width, height = orientation.size(WIDTH, HEIGHT)
    assert {width, height} == {WIDTH, HEIGHT}
    assert orientation.matrix(WIDTH, HEIGHT).point(WIDTH / 2, HEIGHT / 2) == pytest.approx((width / 2, height / 2))


@given(orientations)
def test_text_set_upright_runs_to_the_right(orientation: Orientation) -> None:
    angle = radians(orientation.skew - 90 * orientation.quarters)
    matrix = orientation.matrix(WIDTH, HEIGHT)
    (x0, y0), (x1, y1) = matrix.point(300, 400), matrix.point(300 + 50 * cos(angle), 400 + 50 * sin(angle))
    assert (x1 - x0, y1 - y0) == pytest.approx((50, 0), abs=1e-9)


@pytest.mark.parametrize("quarters", range(4))
def test_quarter_turns_keep_the_page_where_it_is(quarters: int) -> None:
    orientation = Orientation(quarters)
    turned = orientation.matrix(WIDTH, HEIGHT).box(Box(0, 0, WIDTH, HEIGHT))
    assert turned == pytest.approx((0, 0, *orientation.size(WIDTH, HEIGHT)))


def test_a_turned_box_holds_the_box() -> None:
    turned = turn(90, 100, 100).box(Box(10, 20, 30, 25))
    assert turned == pytest.approx((75, 10, 80, 30))


def box(width: float, height: float = 12.0, y: float = 0.0) -> Box:
    return Box(50, y, 50 + width, y + height)


def test_lines_wider_than_high_run_to_the_right() -> None:
    assert run_to_the_right([box(100), box(50, y=20), box(10, 30, y=40)])
    assert not run_to_the_right([box(12, 100), box(12, 50), box(30, 10)])


def test_lines_printed_from_the_bottom_up_are_upside_down() -> None:
    assert not run_to_the_right([box(100, y=700), box(80, y=300), box(90, y=100)])


@pytest.mark.parametrize("skew", [-3.0, -0.5, 0.4, 1.0])
def test_slanted_lines_are_higher_the_longer_they_are(skew: float) -> None:
    level = [box(width) for width in (30, 75, 120, 260, 261)]
    assert are_level(level)
    assert not are_level([turn(skew, WIDTH, HEIGHT).box(line) for line in level])


def test_a_title_in_larger_type_is_level_too() -> None:
    assert are_level([box(300, 20), box(60), box(100), box(200)])
