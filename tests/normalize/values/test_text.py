from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.characters.look_alikes import look_alikes, map_look_alikes
from perftable_etl.normalize.values.text import clean, fold, join_lines, unquote


@pytest.mark.parametrize(
    ("printed", "clean_text"),
    [
        ("河道\n养护", "河道养护"),
        ("河道 养护", "河道养护"),
        ("performance\nbudget", "performance budget"),
        ("使用 APP 巡查", "使用APP巡查"),
        ("PM2.\n5监测", "PM2.5监测"),
        ("1,\n200元", "1,200元"),
        ("≥\n90%", "≥90%"),
        ("<p>河道养护</p>", "河道养护"),
        ("<p style='x'>一</p><br/>二", "一二"),
        ("a &amp; b&nbsp;c", "a & b c"),
        ("≤5&lt;6", "≤5<6"),
        ("⽬标⻓期", "目标长期"),
        ("零\u200b宽", "零宽"),
        ("  两边  ", "两边"),
        ("㎡①", "㎡①"),
        ("ＡＢＣ１", "ＡＢＣ１"),
        ("", ""),
    ],
)
def test_clean_text_is_for_people(printed: str, clean_text: str) -> None:
    assert clean(printed) == clean_text


@pytest.mark.parametrize("text", ["5<6", "a<b", "x < y > z", "<90%"])
def test_signs_are_no_html(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"河道整洁。"', "河道整洁。"),
        ("“河道整洁。”", "河道整洁。"),
        ('"河道整洁。', "河道整洁。"),
        ('河道整洁。"', "河道整洁。"),
        ("“回头看”行动", "“回头看”行动"),
        ("“一”和“二”", "“一”和“二”"),
        ('"一"和"二"', '"一"和"二"'),
        ("河道整洁。", "河道整洁。"),
        ("", ""),
    ],
)
def test_marks_around_a_whole_text_are_taken_off(text: str, inside: str) -> None:
    assert unquote(text) == inside


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项目\n名称", "项目名称"),
        ("项 目　名 称", "项目名称"),
        ("（元）", "(元)"),
        ("〔元〕", "(元)"),
        ("Ａ１％", "A1%"),
        ("⽬标", "目标"),
        ("项目\ufeff名称", "项目名称"),
    ],
)
def test_folded_texts_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_every_kangxi_radical_has_its_character() -> None:
    radicals = [chr(code) for code in range(0x2F00, 0x2FD6)]
    mapped = map_look_alikes("".join(radicals))
    assert len(mapped) == len(radicals)
    assert all("CJK UNIFIED" in unicodedata.name(character) for character in mapped)


def test_a_household_is_the_mainlands() -> None:
    assert map_look_alikes("≥3244.00(⼾)") == "≥3244.00(户)"


def test_every_radical_of_the_supplement_has_its_character() -> None:
    """All but five that look like no character in use."""
    radicals = [chr(code) for code in range(0x2E80, 0x2EF4) if code != 0x2E9A]
    mapped = map_look_alikes("".join(radicals))
    left = [character for character in mapped if unicodedata.name(character).startswith("CJK RADICAL")]
    assert left == list("⺀⺎⺑⻕⻡")


def test_look_alikes_of_a_character_begin_with_itself() -> None:
    assert look_alikes("目") == "目⽬"
    assert look_alikes("河") == "河"


texts = st.text(alphabet=st.sampled_from('项目标⽬AB19 \n\t%≥（）(“”"<>p/&;'))


@given(text=texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(text=texts)
def test_folding_is_the_same_before_and_after_joining(text: str) -> None:
    assert fold(join_lines(text)) == fold(text)
    assert fold(fold(text)) == fold(text)


def test_line_breaks_that_a_database_wrote_as_characters_are_line_breaks() -> None:
    assert clean("完成巡查。\\n目标2.上线。\\r\\n") == "完成巡查。目标2.上线。"
