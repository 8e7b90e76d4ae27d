from __future__ import annotations

import pytest

from perftable_etl.document import Box, Line, Place
from perftable_etl.errors import NotText
from perftable_etl.extract.plaintext import read_text


def read(data: bytes) -> list[list[tuple[str, Place]]]:
    return [
        [(line.text, line.place) for line in laid_out.blocks if isinstance(line, Line)]
        for laid_out in read_text(data).pages
    ]


TWO_LINES = [[("项目名称", Place(1, Box(0, 0, 4, 1))), ("绩效 ≥90%", Place(1, Box(0, 1, 7, 2)))]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_reads_the_same(encoding: str, line_end: str) -> None:
    assert read(line_end.join(("项目名称", "绩效 ≥90%")).encode(encoding)) == TWO_LINES


def test_gb18030_has_the_rare_characters_too() -> None:
    assert read("㎡𠮷".encode("gb18030"))[0][0][0] == "㎡𠮷"


def test_form_feeds_part_pages() -> None:
    pages = read("一\f二\n三\f\f四".encode())
    assert [[text for text, _ in page] for page in pages] == [["一"], ["二", "三"], [], ["四"]]
    assert pages[1][1][1] == Place(2, Box(0, 1, 1, 2))


def test_blank_lines_count_but_are_none() -> None:
    assert read("一\n\n \t\n二".encode()) == [[("一", Place(1, Box(0, 0, 1, 1))), ("二", Place(1, Box(0, 3, 1, 4)))]]


def test_indented_lines_are_placed_where_they_begin() -> None:
    """The text keeps its tabs: an empty field is a blank cell."""
    assert read("\t质量指标\t优  ".encode()) == [[("\t质量指标\t优", Place(1, Box(1, 0, 7, 1)))]]


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xff\xff", b"PK\x03\x04"],
    ids=["controls", "image", "no encoding's bytes", "zip"],
)
def test_what_is_no_text_says_what_to_do(data: bytes) -> None:
    with pytest.raises(NotText, match="save it as UTF-8"):
        read(data)
