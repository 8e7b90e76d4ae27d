"""The table of look-alikes: a reader takes each for the other, and folding and cleaning come to rest."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.characters.code_points import INVISIBLES, SYMBOLS, printed
from perftable_etl.characters.look_alikes import FOLDED, LOOK_ALIKES, look_alikes, map_look_alikes
from perftable_etl.normalize.layouts.labels import Labels
from perftable_etl.normalize.values.text import clean, fold, fold_number

EVERYTHING = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)

# What Unicode does not call the same, but anybody reads so.
BY_EYE = {
    **dict.fromkeys("∶︰ː꞉", ":"), **dict.fromkeys("∕⁄⧸", "/"), "٪": "%", **dict.fromkeys("═꞊", "="),
    **dict.fromkeys("‐\u2011−", "-"), "․": ".", "‚": ",", "∗": "*",
}  # fmt: skip
TO_COMPARE_ONLY = {**dict.fromkeys("‒–—―─﹘", "-"), **dict.fromkeys("∼〜", "~"), "µ": "μ"}
ROUND = {**dict.fromkeys("〔﹝︹", "("), **dict.fromkeys("〕﹞︺", ")")}


def is_radical(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("CJK RADICAL", "KANGXI RADICAL"))


def test_a_reader_takes_every_character_of_the_table_for_what_it_maps_to() -> None:
    for character, ordinary in LOOK_ALIKES.items():
        if not is_radical(character):
            assert ordinary in {unicodedata.normalize("NFKC", character), BY_EYE.get(character)}, character


def test_nothing_else_is_folded() -> None:
    known = {**BY_EYE, **TO_COMPARE_ONLY, **ROUND, **SYMBOLS}
    for character in EVERYTHING:
        folded = character.translate(FOLDED)
        if folded != character and character not in INVISIBLES and not is_radical(character):
            assert folded == known.get(character, unicodedata.normalize("NFKC", character)), character


def test_what_prints_nothing_is_what_unicode_ignores() -> None:
    assert set(regex.findall(r"\p{Default_Ignorable_Code_Point}", EVERYTHING)) == INVISIBLES
    assert fold("".join(sorted(INVISIBLES))) == clean("".join(sorted(INVISIBLES))) == ""


def test_no_private_code_point_of_a_letter_or_digit_is_guessed() -> None:
    assert not any(sign.isalnum() for sign in SYMBOLS.values())
    assert SYMBOLS.keys().isdisjoint(chr(0xF000 + ord(digit)) for digit in "0123456789")


@given(
    text=st.text(st.sampled_from([*LOOK_ALIKES, *INVISIBLES, *SYMBOLS, *"项目:：（)〔-— \n\t0９A%&;<>p/"]), max_size=20)
)
def test_folding_and_cleaning_come_to_rest(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text)
    assert printed(printed(text)) == printed(text)


@given(text=st.text(max_size=30))
def test_mapping_keeps_every_character_in_its_place(text: str) -> None:
    assert len(map_look_alikes(text)) == len(text)


@pytest.mark.parametrize(
    ("printed_text", "seen"),
    [
        ("\uf0b390%", "≥90%"),
        ("\uf0a35", "≤5"),
        ("\uf0fe是\uf0a8否", "☑是□否"),
        ("\uf0fc", "✓"),
        ("\uf0b7一、", "•一、"),
        ("\ufeff项\u200b目", "项目"),
        ("葛\U000e0100", "葛"),
        ("2025\u00ad01\u00ad31", "2025-01-31"),
        ("per\u00adform", "perform"),
        ("\uf041\uf130\ue000", "\uf041\uf130\ue000"),
        ("⽬标∶", "⽬标∶"),
    ],
)
def test_text_is_read_as_it_is_seen(printed_text: str, seen: str) -> None:
    assert printed(printed_text) == seen


@pytest.mark.parametrize("mark", list("·・‧∙⋅。｡．․.﹒"))
def test_a_mark_between_digits_is_a_point(mark: str) -> None:
    assert fold_number(f"８{mark}50") == "8.50"
    assert fold_number(f"元{mark}人{mark}") == fold(f"元{mark}人{mark}")


@pytest.mark.parametrize("first", ["\ufeff", "\u200b", "\ufe0f", "\u2060"])
def test_a_label_is_found_behind_what_prints_nothing(first: str) -> None:
    assert Labels({"项目名称": 1}).find(f"{first}项目{first}名称") == 1


@pytest.mark.parametrize("label", ["⽬标", "︵元︶", "﹙元﹚", "（元）", "〔元〕"])
def test_a_label_is_found_whatever_its_first_character_looks_like(label: str) -> None:
    assert Labels({"目标": 1, "(元)": 1}).find(label) == 1


def test_all_look_alikes_of_a_colon_are_known() -> None:
    assert set(look_alikes(":")) >= set(":：∶﹕︰")
