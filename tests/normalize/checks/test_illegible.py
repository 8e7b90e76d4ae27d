from __future__ import annotations

import pytest

from perftable_etl.document import Box, Form, Line, Place
from perftable_etl.normalize.checks.illegible import illegible_characters
from tests.normalize.grids import HEADER, grid

PRIVATE = "\ue5e5"


def form(name: str, heading: str = "财政项目支出绩效目标申报表") -> Form:
    rows = [HEADER, ["", "产出指标", "数量指标", name, "≥90%"]]
    return Form((Line(heading, Place(1, Box(0, 0, 100, 10))),), grid(rows))


@pytest.mark.parametrize("character", ["\ufffd", PRIVATE, "\U0010fffd", "\u0378", "\ud800"])
def test_a_character_without_a_meaning_is_reported_where_it_stands(character: str) -> None:
    name = f"培训{character}次数"
    (finding,) = illegible_characters(form(name), 3)
    assert (finding.code, finding.severity, finding.raw, finding.project) == ("illegible_character", "warning", name, 3)
    assert finding.place == Place(1, Box(300, 120, 400, 140))


def test_every_text_counts_the_heading_too() -> None:
    found = list(illegible_characters(form("\ufffd\ufffd次数", f"{PRIVATE}申报表"), None))
    assert [finding.message.split(" cannot be read")[0] for finding in found] == ["a character", "2 characters"]


@pytest.mark.parametrize("text", ["⺠⽣工程", "≥90㎡①☑√", "𠮷", "Ａ１％", "1\n2\t3"])
def test_rare_characters_are_characters(text: str) -> None:
    assert not list(illegible_characters(form(text), 1))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_bytes_of_another_encoding_read_one_by_one_are_reported(encoding: str) -> None:
    name = "稻种繁育满意度".encode(encoding).decode("latin-1")
    (finding,) = illegible_characters(form(name), 1)
    assert (finding.raw, "another encoding" in finding.message) == (name, True)


@pytest.mark.parametrize("text", ["café", "××××元", "½½½½", "Ø50管道", "naïveté"])
def test_signs_of_latin_1_in_a_text_of_their_own_are_none(text: str) -> None:
    assert not list(illegible_characters(form(text), 1))
