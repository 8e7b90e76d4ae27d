"""The picture of a page: print stays legible, marks are where they belong, and each kind is told in the legend."""

from __future__ import annotations

from io import BytesIO
from typing import get_args

import pytest
from PIL import Image

from perftable_etl.document import Box, Raster
from perftable_etl.report.drawing.overlay import STYLES, draw_marks
from perftable_etl.report.marks import Mark, MarkKind

WIDTH, HEIGHT = 400, 200
CELL = Box(20, 20, 180, 60)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)

Pixel = tuple[int, int, int]


def pixels(box: Box) -> tuple[int, int, int, int]:
    """Where a box of the page lies in its image."""
    return int(2 * box.x0), int(2 * box.y0), int(2 * box.x1), int(2 * box.y1)


def page(*print_boxes: Box) -> Raster:
    """A white page of 200 by 100 points at two pixels to the point, black where something is printed."""
    image = Image.new("RGB", (WIDTH, HEIGHT), WHITE)
    for box in print_boxes:
        image.paste(BLACK, pixels(box))
    return Raster(7, WIDTH, HEIGHT, image.tobytes(), 144)


def draw(marks: list[Mark], raster: Raster | None = None) -> Image.Image:
    return Image.open(BytesIO(draw_marks(raster or page(), marks)))


def at(picture: Image.Image, x: float, y: float) -> Pixel:
    """The colour at a point of the page."""
    pixel = picture.getpixel((int(2 * x), int(2 * y)))
    assert isinstance(pixel, tuple)
    return pixel  # type: ignore[return-value]


def count(picture: Image.Image, colour: Pixel, box: Box) -> int:
    """How many pixels within a box of the page have a colour."""
    crop = picture.crop(pixels(box))
    return sum(number for number, pixel in crop.getcolors(WIDTH * HEIGHT) or () if pixel == colour)


def test_the_page_is_a_png_in_its_own_size_with_a_legend_below() -> None:
    picture = draw([])
    assert (picture.format, picture.width) == ("PNG", WIDTH)
    assert picture.height > HEIGHT
    assert picture.crop((0, 0, WIDTH, HEIGHT)).tobytes() == page().samples
    below = picture.crop((0, HEIGHT + 1, WIDTH, picture.height))
    assert len(below.getcolors(10_000) or ()) > 2


@pytest.mark.parametrize("kind", ["label", "value", "doubt", "noise"])
def test_a_tint_leaves_print_black(kind: MarkKind) -> None:
    picture = draw([Mark(kind, CELL)], page(Box(40, 35, 50, 45)))
    assert at(picture, 45, 41) in {BLACK, STYLES[kind].colour}
    assert count(picture, STYLES[kind].tint or WHITE, CELL) > 4000
    assert at(picture, 10, 10) == WHITE


@pytest.mark.parametrize("kind", ["cell", "note", "doubt", "line", "noise"])
def test_an_outline_is_drawn_around_the_box_in_its_colour(kind: MarkKind) -> None:
    picture = draw([Mark(kind, CELL)])
    colour = STYLES[kind].colour
    edges = (Box(19, 19, 181, 21), Box(19, 59, 181, 61), Box(19, 19, 21, 61), Box(179, 19, 181, 61))
    assert all(count(picture, colour, edge) >= 20 for edge in edges)
    assert count(picture, colour, Box(0, 0, 200, 18)) == 0


def test_dots_leave_gaps() -> None:
    edge = Box(21, 19, 180, 21)
    dotted, solid = (count(draw([Mark(kind, CELL)]), STYLES[kind].colour, edge) for kind in ("line", "note"))
    assert 0 < dotted < solid / 2


def test_hatching_stays_in_its_box() -> None:
    picture = draw([Mark("noise", CELL)])
    inside = count(picture, STYLES["noise"].colour, Box(30, 30, 170, 50))
    assert inside > 200
    for beside in (Box(0, 0, 200, 19), Box(0, 62, 200, 100), Box(0, 0, 19, 100), Box(182, 0, 200, 100)):
        assert count(picture, WHITE, beside) == 4 * (beside.x1 - beside.x0) * (beside.y1 - beside.y0)


TAGGED = Mark("value", CELL, "annual_funds")


@pytest.mark.parametrize("printed", [Box(100, 22, 178, 58), Box(22, 22, 100, 58), Box(22, 22, 178, 48)])
def test_a_tag_hides_no_print_where_there_is_room(printed: Box) -> None:
    picture = draw([TAGGED], page(printed))
    assert count(picture, STYLES["value"].colour, CELL) > 300
    assert count(picture, BLACK, printed) == 4 * (printed.x1 - printed.x0) * (printed.y1 - printed.y0)


def test_a_tag_may_hide_the_grey_of_a_scan_but_not_its_print() -> None:
    printed = Box(100, 22, 178, 58)
    grey = Image.frombytes("RGB", (WIDTH, HEIGHT), page(printed).samples).point(lambda value: max(value - 40, 0))
    picture = draw([TAGGED], Raster(7, WIDTH, HEIGHT, grey.tobytes(), 144))
    assert count(picture, STYLES["value"].colour, Box(22, 36, 98, 44)) > 300
    assert count(picture, BLACK, printed) == 4 * 78 * 36


def test_beside_a_box_that_is_full_of_print_a_tag_stands_outside() -> None:
    picture = draw([Mark("value", Box(60, 70, 120, 80), "1: target")], page(Box(60, 70, 120, 80)))
    assert count(picture, BLACK, Box(60, 70, 120, 80)) == 4 * 60 * 10
    assert count(picture, STYLES["value"].colour, Box(120, 65, 200, 85)) > 100


def test_tags_of_one_place_do_not_cover_each_other() -> None:
    one, other = draw([TAGGED]), draw([TAGGED, Mark("doubt", CELL, "sum_differs")])
    colour = STYLES["value"].colour
    assert count(other, colour, Box(0, 0, 200, 100)) == count(one, colour, Box(0, 0, 200, 100)) > 300


def test_a_tag_stays_on_the_page() -> None:
    picture = draw([Mark("note", Box(0, 0, 10, 4), "level2_spelling")])
    assert count(picture, STYLES["note"].colour, Box(0, 0, 60, 12)) > 300


def test_every_kind_of_mark_has_a_style_and_a_place_in_the_legend() -> None:
    assert set(STYLES) == set(get_args(MarkKind))
    wide = Image.new("RGB", (1200, 20), WHITE)
    picture = draw([], Raster(1, 1200, 20, wide.tobytes(), 144))
    legend = picture.crop((0, 22, 1200, picture.height))
    shown = {pixel for _, pixel in legend.getcolors(100_000) or ()}
    assert {style.colour for style in STYLES.values() if style.tint is None} <= shown
    assert {style.tint for style in STYLES.values() if style.tint} <= shown


@pytest.mark.parametrize(
    "box", [Box(150, 85, 199, 99), Box(0, 0, 10, 5), Box(190, 0, 199, 10), Box(0, 90, 199, 99)], ids=str
)
@pytest.mark.parametrize("tag", ["3: target", "unit_contradicts_name", "x" * 200])
def test_a_tag_is_whole_wherever_its_box_is(box: Box, tag: str) -> None:
    """A tag that ran over an edge would have lost a part: inside, it is a whole rounded rectangle of its colour."""
    colour = STYLES["value"].colour
    picture = draw([Mark("value", box, tag)])
    found = [(x, y) for x in range(WIDTH) for y in range(HEIGHT) if picture.getpixel((x, y)) == colour]
    assert found
    rows = {y for _, y in found}
    assert max(rows) - min(rows) >= 12, "the whole height of a tag"


def test_a_tag_leaves_all_print_where_there_is_room_near() -> None:
    """The box is full of print from end to end, as a cell with a long text is; above it is none."""
    full = Box(20, 50, 180, 60)
    picture = draw([Mark("doubt", full, "target_unread"), Mark("value", full, "3: target")], page(full))
    assert count(picture, BLACK, Box(23, 53, 177, 57)) == count(draw([], page(full)), BLACK, Box(23, 53, 177, 57))
