"""What is printed in a way that may make its reading wrong is told with its cell, and sound print is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perftable_etl.document import Box, Noise, Page, Place, Rule, Word
from perftable_etl.extract.grids import lay_out
from tests.extract.pages import horizontal, lattice, page, word

XS, YS = (50, 150, 300), (100, 130, 160)


def flaws(found: Page) -> list[tuple[str, str]]:
    return [(flaw.kind, flaw.text) for flaw in lay_out(found).flaws]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (horizontal(145, 158, 202), True),  # through the text
        (horizontal(145, 150, 202), True),  # from the cell's wall
        (horizontal(151, 158, 202), False),  # an underline
        (horizontal(145, 150, 300), False),  # a border
        (horizontal(145, 158, 165), False),  # a dash over one character
    ],
)
def test_a_rule_through_a_text_is_told(rule: Rule, told: bool) -> None:
    found = page([*lattice(XS, YS), rule], [word("项目名称", 160, 140)])
    assert flaws(found) == [("ruled_through", "项目名称")] * told


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        (">95", horizontal(150.2, 160, 169), True),
        ("＜95", horizontal(149, 160, 169), True),
        (">95", horizontal(151, 160, 190), False),  # under all of the text
        ("95>", horizontal(150.2, 160, 169), False),
        (">95", horizontal(141, 160, 169), False),  # above the sign
    ],
)
def test_a_short_line_below_a_sign_is_told(text: str, rule: Rule, told: bool) -> None:
    assert flaws(page([*lattice(XS, YS), rule], [word(text, 160, 140)])) == [("sign_underlined", text)] * told


def test_texts_on_one_another_are_told() -> None:
    found = page(lattice(XS, YS), [word("甲乙丙", 160, 140), word("丁戊", 185, 141)])
    assert flaws(found) == [("texts_overlap", "甲乙丙 丁戊")]


def test_a_text_off_its_line_is_told_and_an_exponent_is_not() -> None:
    line = word("95", 160, 140)
    assert flaws(page(lattice(XS, YS), [line, word("1", 260, 142.5)])) == [("off_line", "1")]
    assert not flaws(page(lattice(XS, YS), [line, Word("2", Box(181, 138, 185, 144))]))
    assert not flaws(page(lattice(XS, YS), [line, word("%", 182, 140.5)]))


@pytest.mark.parametrize(
    ("ys", "told"),
    [
        ((120, 134, 148), []),
        ((110, 124, 148), [("lines_apart", "丙丙")]),
        ((118, 124, 138), [("lines_close", "乙乙")]),
    ],
    ids=["at one distance", "apart", "on one another"],
)
def test_lines_of_one_cell_at_other_distances_are_told(ys: tuple[float, ...], told: list[tuple[str, str]]) -> None:
    lines = [word(text, 160, y) for text, y in zip(("甲甲", "乙乙", "丙丙"), ys, strict=True)]
    goal = [word("目标", 60, y) for y in (115, 129, 143)]
    assert flaws(page(lattice(XS, (100, 160)), [*lines, *goal])) == told


def test_a_page_without_a_table_has_no_flaws() -> None:
    assert not flaws(page([horizontal(145, 158, 202)], [word("项目名称", 160, 140)]))


def test_the_place_of_a_flaw_is_where_the_paper_has_it() -> None:
    level = page([*lattice(XS, YS), horizontal(145, 158, 202)], [word("项目名称", 160, 140)])
    (flaw,) = lay_out(replace(level, skew=2.0)).flaws
    assert flaw.place.box != lay_out(level).flaws[0].place.box


def test_a_text_over_one_of_another_line_is_told_otherwise_than_lines_set_tight() -> None:
    across = Word("作废", Box(170, 132, 206, 156))
    assert flaws(page(lattice(XS, YS), [word("达标", 160, 140), across])) == [("texts_overlap", "作废 达标")]
    tight = [Word("持续稳定", Box(160, 132, 200, 147)), Word("提升", Box(160, 142, 180, 157))]
    assert flaws(page(lattice(XS, YS), tight)) == [("lines_close", "提升")]  # not that one is printed over the other


def test_a_text_part_of_which_is_hidden_is_told() -> None:
    hidden = Noise("hidden", "00(%)", Place(1, Box(180, 140, 210, 150)))
    whole = Noise("hidden", "≥95", Place(1, Box(160, 140, 180, 150)))
    beside = page(lattice(XS, YS), [Word("≥90.", Box(160, 140, 180, 150))])
    assert flaws(replace(beside, noise=(hidden,), is_patched=True)) == [("partly_hidden", "≥90.")]
    assert not flaws(replace(beside, noise=(whole,), is_patched=True))
    assert not flaws(replace(beside, noise=(hidden,)))  # hidden by its own style


def test_a_text_that_a_mark_strikes_out_is_told() -> None:
    struck = replace(
        page(lattice(XS, YS), [word("95%", 160, 140), word("项目", 60, 140)]), struck=(Box(158, 141, 200, 149),)
    )
    assert flaws(struck) == [("struck_by_comment", "95%")]


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (Box(160, 141, 168, 149), True),  # a character before the text
        (Box(192, 141, 200, 149), True),  # behind it
        (Box(220, 141, 228, 149), False),  # far from it
        (Box(160, 131, 190, 159), False),  # a seal
        (Box(165, 139, 195, 151), False),  # below the text
        (Box(160, 139, 168, 165), False),  # over the cell's rule
    ],
)
def test_a_character_that_is_a_picture_is_told(shape: Box, told: bool) -> None:
    found = replace(page(lattice(XS, YS), [Word("95%", Box(170, 140, 190, 150))]), drawn=(shape,))
    assert [kind for kind, _ in flaws(found)] == ["drawn"] * told


@pytest.mark.parametrize(("shape", "told"), [(Box(160, 140, 200, 150), True), (Box(151, 131, 299, 159), False)])
def test_a_picture_alone_in_a_cell_is_told_and_a_line_through_it_is_not(shape: Box, told: bool) -> None:
    assert flaws(replace(page(lattice(XS, YS)), drawn=(shape,))) == [("drawn", "")] * told
