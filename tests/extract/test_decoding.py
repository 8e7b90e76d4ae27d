"""Every encoding a text is found in reads the same, also damaged, and what is damaged is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Box, Line, Place
from perftable_etl.errors import NotText
from perftable_etl.extract.plaintext import Text, read_text

LINES = ["项目名称\t社区阅览室运行维护", "年度资金申请总额：\t1,250,000.00", "新增图书数量\t≥8000.00(册)"] * 12
TEXT = "\n".join(LINES)


def lines(text: Text) -> list[str]:
    return [block.text for page in text.pages for block in page.blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode() + b"\x1a",
        TEXT.encode("gb18030") + b"\r\n\x1a",
    ],
    ids=["utf-16 marked", "utf-16-le", "utf-16-be", "utf-16-be marked", "utf-32 marked", "DOS end", "DOS end, GB18030"],
)
def test_other_encodings_read_the_same_and_nothing_is_told(data: bytes) -> None:
    text = read_text(data)
    assert lines(text) == LINES
    assert text == Text(text.pages)


@pytest.mark.parametrize("line_end", ["\u2028", "\u2029", "\x85", "\v", "\r\n", "\r"])
def test_every_line_end_ends_a_line(line_end: str) -> None:
    assert lines(read_text(line_end.join(LINES).encode())) == LINES


@given(at=st.integers(0, len(TEXT) - 1), bad=st.sampled_from([b"\xff", b"\xc0", b"\x94", b"\x02", b"\x00"]))
def test_one_bad_byte_is_told_where_it_stands(at: int, bad: bytes) -> None:
    """In UTF-8 it costs no other character."""
    text = read_text(TEXT[:at].encode() + bad + TEXT[at:].encode())
    before = TEXT[:at]
    row, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
    assert [character.place for character in text.bad] == [Place(1, Box(column, row, column + 1, row + 1))]
    assert "\n".join(lines(text)) == f"{before}\ufffd{TEXT[at:]}"


@given(at=st.integers(0, len(TEXT) - 1))
def test_a_byte_that_ends_a_character_of_gb18030_is_told_on_its_line(at: int) -> None:
    text = read_text(TEXT[:at].encode("gb18030") + b"\xff" + TEXT[at:].encode("gb18030"))
    assert text.bad
    assert {character.place.box.y0 for character in text.bad} <= {TEXT[:at].count("\n")}


def test_nuls_at_the_end_are_counted() -> None:
    text = read_text(TEXT.encode() + bytes(7))
    assert (lines(text), text.nuls) == (LINES, 7)


@pytest.mark.parametrize(
    ("wrong", "how"),
    [
        (TEXT.encode("gb18030").decode("latin-1"), "GB18030 read as Latin-1"),
        (TEXT.encode().decode("latin-1"), "UTF-8 read as Latin-1"),
    ],
)
def test_mojibake_that_turns_back_exactly_is_turned_back(wrong: str, how: str) -> None:
    text = read_text(wrong.encode())
    assert (lines(text), text.mended) == (LINES, how)


def test_utf8_read_as_gb18030_is_turned_back_where_no_byte_is_lost_and_told_elsewhere() -> None:
    pairs = (character * 2 for character in TEXT if character > "\x7f")  # an even number of bytes before ASCII
    exact = "\n".join(pair for pair in pairs if _survives(pair))
    text = read_text(exact.encode().decode("gb18030").encode())
    assert (lines(text), text.mended) == (exact.split("\n"), "UTF-8 read as GB18030")
    assert read_text(TEXT.encode().decode("gb18030", "replace").encode()).is_mojibake


def _survives(text: str) -> bool:
    return "\ufffd" not in text.encode().decode("gb18030", "replace")


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, bytes(range(256)) * 4, b"PK\x03\x04" * 9, bytes(40)])
def test_many_bad_bytes_stay_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="save it as UTF-8"):
        read_text(data)
