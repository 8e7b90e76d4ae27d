"""Tables whose cells other characters part than tabs become lines with tabs."""

from __future__ import annotations

import pytest

from perftable_etl.document import Line
from perftable_etl.extract.plaintext import read_text


def rows(*lines: str) -> list[list[str]]:
    """The cells of each line of a text."""
    pages = read_text("\n".join(lines).encode()).pages
    found = [line.text for page in pages for line in page.blocks if isinstance(line, Line)]
    return [[cell.strip() for cell in text.split("\t")] for text in found]


ROWS = [["项目名称", "阅览室", "类别"], ["", "图书合格率", ""], ["金额", "", "1,250.00"]]

BOX = "┌──┬──┬──┐", "│项目名称│阅览室│类别│", "├──┼──┼──┤", "│  │图书合格率│  │", "│金额│  │1,250.00│", "└──┴──┴──┘"
HEAD = "+--+--+--+", "|项目名称|阅览室|类别|", "+==+==+==+"
WRAPPED = *HEAD, "|  |图书|  |", "|  |合格率|  |", "+--+--+--+", "|金额| |1,250.00|"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ("|项目名称 | 阅览室 | 类别 |", "|:---|---|--:|", "| |图书合格率||", "|金额||1,250.00|"), id="bars"
        ),
        pytest.param(("项目名称 | 阅览室 | 类别", " | 图书合格率 | ", "金额 | | 1,250.00"), id="no border"),
        pytest.param(BOX, id="box"),
        pytest.param(WRAPPED, id="cells over several lines"),
        pytest.param(("项目名称,阅览室,类别", ",图书合格率,", '金额,,"1,250.00"'), id="commas"),
        pytest.param(("项目名称,阅览室,类别", ",图书合格率,", "金额,,1,250.00"), id="commas in amounts"),
        pytest.param(("项目名称;阅览室;类别", ";图书合格率;", "金额;;1,250.00"), id="semicolons"),
        pytest.param(('"项目名称","阅览室","类别"', '"","图书合格率",""', '"金额","","1,250.00"'), id="quoted"),
    ],
)
def test_delimiters_become_tabs(lines: tuple[str, ...]) -> None:
    assert rows(*lines) == ROWS


def test_a_delimiter_keeps_the_places_of_all_cells() -> None:
    (page,) = read_text("\n".join(["| 项目名称 | 阅览室 |"] * 3).encode()).pages
    line = page.blocks[0]
    assert isinstance(line, Line)
    assert (line.text.index("项目"), line.text.index("阅览")) == (2, 9)


def test_a_rule_beside_a_merged_cell_is_no_text() -> None:
    assert rows("│项目│总额│", "│资金├──┤", "│    │其中│") == [["项目", "总额"], ["资金", ""], ["", "其中"]]


def test_a_quoted_cell_may_hold_commas_quotation_marks_and_line_breaks() -> None:
    lines = ('目标,"一、完成", 是', '目标,"他说""好"",对"', "甲,乙", '目标,"第一行', '第二行",否')
    assert rows(*lines)[:2] == [["目标", "一、完成", "是"], ["目标", '他说"好",对']]
    assert rows(*lines)[3:] == [["目标", '"第一行'], ['第二行"', "否"]]


def test_numbers_that_commas_part_are_not_read_as_cells() -> None:
    lines = ("项目名称,社区阅览室", "金额,1,250.00", "其他,12")
    assert rows(*lines) == [[line] for line in lines]


def test_tables_in_quoted_mail() -> None:
    assert rows(*["> > | 项目名称 | 阅览室 |"] * 3) == [["项目名称", "阅览室"]] * 3
