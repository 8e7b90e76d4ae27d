from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.screen import is_safe, safe_json, visible
from tests.examples import examples


def test_text_from_outside_commands_no_terminal() -> None:
    assert visible("2025\x1b[2J\r\n\u202efdp.\x9b\u2028\udcff.pdf") == r"2025\x1b[2J\r\n\u202efdp.\x9b\u2028\udcff.pdf"
    assert visible("项目 [red]绩效[/red] 👩‍💼ﬁ") == "项目 [red]绩效[/red] 👩‍💼ﬁ"


@examples(100)
@given(st.text(st.characters()))
def test_json_is_safe_and_says_the_same(text: str) -> None:
    shown = safe_json(json.dumps({"text": text}, ensure_ascii=False, indent=2))
    assert all(is_safe(character) for character in shown if character != "\n")
    assert json.loads(shown) == {"text": text}


def test_the_halves_of_a_pair_and_characters_beyond_the_first_plane_are_escaped() -> None:
    assert safe_json('"\udcff \U000e0001"') == r'"\udcff \udb40\udc01"'
