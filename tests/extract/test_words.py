from __future__ import annotations

import pytest

from perftable_etl.document import Box, Rule, Word
from perftable_etl.extract.words import Walls, part
from tests.extract.pages import horizontal, vertical


def characters(text: str, x: float = 100.0, gap_after: int | None = None, gap: float = 0.0) -> list[Word]:
    """The characters of a word, ten points each, with a gap after one of them."""
    lefts = [x + 10 * index + (gap if gap_after is not None and index > gap_after else 0) for index in range(len(text))]
    return [Word(character, Box(left, 50, left + 10, 60)) for character, left in zip(text, lefts, strict=True)]


def texts(word: list[Word], *at: float) -> list[str]:
    return [piece.text for piece in part(word, at)]


def test_a_wall_in_a_gap_parts_two_cells() -> None:
    assert texts(characters("≥90%优良", gap_after=3, gap=4), 142) == ["≥90%", "优良"]


def test_a_wall_between_characters_that_touch_parts_them() -> None:
    assert texts(characters("数量质量"), 120) == ["数量", "质量"]


def test_a_wall_through_a_character_does_not() -> None:
    """One text that overflows its cell: the wall stands in the middle of a character."""
    assert texts(characters("数量质量"), 125) == ["数量质量"]


def test_several_walls_part_several_times() -> None:
    assert texts(characters("一二三"), 110, 120) == ["一", "二", "三"]


def test_blanks_of_any_kind_part_words_and_are_none() -> None:
    assert texts(characters("\u3000陳\u3000情\u2009\x07")) == ["陳", "情"]


def test_blanks_alone_are_no_word() -> None:
    assert texts(characters("\u3000\u3000"), 110) == []


def test_pieces_know_their_boxes() -> None:
    first, second = part(characters("数量质量"), [120])
    assert (first.box, second.box) == (Box(100, 50, 120, 60), Box(120, 50, 140, 60))


@pytest.mark.parametrize(
    ("rule", "crossed"),
    [
        (vertical(120, 0, 100), [120]),
        (vertical(120, 54, 56), [120]),
        (vertical(120, 0, 50), []),
        (vertical(100.5, 0, 100), []),
        (vertical(139.5, 0, 100), []),
        (vertical(150, 0, 100), []),
        (horizontal(55, 0, 300), []),
    ],
    ids=["through it", "just beside its middle", "above it", "at its left", "at its right", "beside it", "horizontal"],
)
def test_which_walls_a_word_runs_over(rule: Rule, crossed: list[float]) -> None:
    assert Walls([rule]).across(Box(100, 50, 140, 60)) == crossed


def test_walls_are_told_from_left_to_right() -> None:
    walls = Walls([vertical(130, 0, 100), vertical(110, 0, 100), vertical(120, 60, 100)])
    assert walls.across(Box(100, 50, 140, 60)) == [110, 130]


def test_the_last_wall_of_a_frame_parts_nothing_unless_a_rule_goes_on_beyond_it() -> None:
    """A text that overflows the frame is one text; a table may be open at its sides."""
    walls = [vertical(110, 0, 100), vertical(130, 0, 100)]
    assert Walls([*walls, horizontal(0, 0, 130)]).across(Box(100, 50, 140, 60)) == [110]
    assert Walls([*walls, horizontal(0, 0, 200)]).across(Box(100, 50, 140, 60)) == [110, 130]
