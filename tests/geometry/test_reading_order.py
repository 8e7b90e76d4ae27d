"""Words make the lines they are printed on, whatever boxes their fonts give them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Box, Word
from perftable_etl.geometry.reading_order import line_text, split_lines

SIZE = 12.0
HEIGHT = 14.0


@st.composite
def columns(draw: st.DrawFn) -> tuple[list[str], list[Word]]:
    """Lines of type one below the other, and their words; those of one font have boxes far higher than their type."""
    pitch = draw(st.floats(HEIGHT, 24))
    up, down = draw(st.floats(4, 12)), draw(st.floats(4, 12))
    printed, words = [], []
    for number in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(st.sampled_from(["≥", "≤", "城区", "90.00(%)", "和", "120次"]), min_size=1, max_size=5))
        if all(part in "≥≤" for part in parts):
            parts.append("90.00(%)")
        x, y = 100.0, 100.0 + number * pitch
        for part in parts:
            width = SIZE * len(part) / 2
            high = (up, down) if part in "≥≤" else (0.0, 0.0)
            words.append(Word(part, Box(x, y - high[0], x + width, y + HEIGHT + high[1])))
            x += width
        printed.append("".join(parts))
    return printed, draw(st.permutations(words))


@given(drawn=columns())
def test_a_sign_whose_font_gives_it_a_high_box_stays_on_its_line(drawn: tuple[list[str], list[Word]]) -> None:
    printed, words = drawn
    assert [line_text(line) for line in split_lines(words)] == printed


def test_a_title_is_a_line_of_its_own_above_smaller_text() -> None:
    title = [Word("绩效目标", Box(100, 40, 200, 66)), Word("申报表", Box(203, 40, 280, 66))]
    body = [Word("单位：万元", Box(400, 70, 450, 82)), Word("项目名称", Box(60, 90, 110, 102))]
    lines = split_lines([*body, *title])
    assert [line_text(line) for line in lines] == ["绩效目标 申报表", "单位：万元", "项目名称"]


def test_small_type_beside_a_title_is_on_its_line() -> None:
    words = [Word("申报表", Box(100, 40, 200, 66)), Word("（2024年度）", Box(205, 50, 260, 62))]
    words += [Word("项目名称", Box(60, 90, 110, 102)), Word("河道养护", Box(120, 90, 170, 102))]
    assert [line_text(line) for line in split_lines(words)] == ["申报表 （2024年度）", "项目名称 河道养护"]


def test_no_words_make_no_lines() -> None:
    assert split_lines([]) == []
