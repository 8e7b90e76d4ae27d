"""Running heads, page numbers and heads printed again are left out; lines that recur and are none of them stay."""

from __future__ import annotations

import pytest

from perftable_etl.document import Block, Box, Document, Grid, LaidOutPage, Line, NoiseKind, Place
from perftable_etl.extract.plaintext import read_text
from perftable_etl.normalize.forms.recurring_lines import clear_margins, clear_repeated_headings, without_repeated_heads
from tests.normalize.reader import VOCABULARY

HEAD, FOOT = 25.0, 810.0


def line(text: str, page: int, y: float) -> Line:
    return Line(text, Place(page, Box(50, y, 200, y + 10)))


def table(page: int, top: float = 100.0) -> Grid:
    return Grid((), 1, (50.0, 500.0), Place(page, Box(50, top, 500, 700)))


def cleared(*texts: str, y: float = HEAD, top: float = 100.0) -> tuple[list[str], list[tuple[NoiseKind, str]]]:
    """One text a page, in one place above or below a table: the lines that stay, and the noise."""
    pages = []
    for page, text in enumerate(texts, 1):
        blocks: list[Block] = [table(page, top), line(text, page, y)]
        blocks.sort(key=lambda block: block.place.box.y0)
        pages.append(LaidOutPage(page, tuple(blocks)))
    document = clear_margins(Document(tuple(pages)), VOCABULARY)
    noise = [(noise.kind, noise.text) for page in document.pages for noise in page.noise]
    return [left.text for left in document.lines()], noise


def test_a_line_at_the_same_height_of_each_page_is_a_running_head() -> None:
    assert cleared(*["部门预算公开"] * 3) == ([], [("running_head", "部门预算公开")] * 3)


def test_its_digits_may_differ() -> None:
    texts = [f"部门预算公开 第{page}页" for page in (4, 5, 6)]
    assert cleared(*texts) == ([], [("running_head", text) for text in texts])


@pytest.mark.parametrize("pattern", ["{}", "- {} -", "第{}页", "第 {} 页 共 9 页", "{}/9"])
def test_numbers_that_count_the_pages_are_page_numbers(pattern: str) -> None:
    texts = [pattern.format(page) for page in (7, 8, 9)]
    assert cleared(*texts, y=FOOT) == ([], [("page_number", text) for text in texts])


def test_numbers_that_do_not_count_are_content() -> None:
    assert cleared("7", "7", "9", y=FOOT) == (["7", "7", "9"], [])


def test_two_alike_pages_of_three_may_be_chance() -> None:
    assert cleared("部门预算公开", "部门预算公开", "另一行文字") == (["部门预算公开", "部门预算公开", "另一行文字"], [])


@pytest.mark.parametrize(
    "text",
    [
        "财政项目支出绩效目标申报表",
        "（2024年度）",
        "单位：万元",
        "填报单位：青岚区档案馆",
        "产出指标",
        "三级指标 指标值",
        "备注",
    ],
)
def test_what_may_head_a_form_or_be_part_of_it_stays(text: str) -> None:
    assert cleared(*[text] * 4) == ([text] * 4, [])


def test_a_line_right_above_a_table_stays() -> None:
    assert cleared(*["部门预算公开"] * 3, y=85.0, top=97.0) == (["部门预算公开"] * 3, [])


def test_lines_at_different_heights_stay() -> None:
    pages = [LaidOutPage(page, (line("部门预算公开", page, HEAD + 20 * page), table(page, 400))) for page in (1, 2, 3)]
    assert len(list(clear_margins(Document(tuple(pages)), VOCABULARY).lines())) == 3


def test_a_head_and_a_number_on_otherwise_empty_pages_are_told_once() -> None:
    pages = [LaidOutPage(n, (line("部门预算公开", n, HEAD), line(str(n), n, FOOT))) for n in (1, 2)]
    document = clear_margins(Document(tuple(pages)), VOCABULARY)
    assert [[noise.kind for noise in page.noise] for page in document.pages] == [["running_head", "page_number"]] * 2


def test_a_page_that_is_read_again_loses_the_head_its_neighbours_have_lost() -> None:
    pages = [LaidOutPage(n, (line("部门预算公开", n, HEAD), table(n))) for n in (1, 2, 3)]
    first = clear_margins(Document(tuple(pages)), VOCABULARY)
    again = clear_margins(Document((first.pages[0], pages[1], first.pages[2])), VOCABULARY)
    assert again == first


def headed(*pages: tuple[str, ...]) -> Document:
    lines = (
        tuple(line(text, page, 60 + 20 * n) for n, text in enumerate(texts)) for page, texts in enumerate(pages, 1)
    )
    return Document(tuple(LaidOutPage(page, blocks) for page, blocks in enumerate(lines, 1)))


@pytest.mark.parametrize("heading", ["项目支出绩效目标申报表", "2025年度", "项目支出绩效目标申报表（续）", "续表"])
def test_a_heading_above_rows_that_go_on_is_none_of_them(heading: str) -> None:
    printed = headed(("项目支出绩效目标申报表", "2025年度", "项目名称 巡查"), (heading, "数量指标 次数 ≥12(次)"))
    cleared = clear_repeated_headings(printed, {1, 2}, VOCABULARY)
    assert [found.text for found in cleared.lines()][3:] == ["数量指标 次数 ≥12(次)"]
    assert [noise.text for noise in cleared.pages[1].noise] == [heading]


def test_a_heading_above_another_project_or_a_new_one_stays() -> None:
    again = headed(
        ("项目支出绩效目标申报表", "项目名称 巡查"), ("项目支出绩效目标申报表", "项目名称 养护 主管部门 水务局")
    )
    assert clear_repeated_headings(again, {1, 2}, VOCABULARY) == again
    new = headed(("项目支出绩效目标申报表", "项目名称 巡查"), ("部门整体支出绩效目标表", "数量指标 次数 ≥12(次)"))
    assert clear_repeated_headings(new, {1, 2}, VOCABULARY) == new


HEADS = "\t一级指标\t二级指标\t三级指标\t指标值"
ROW = "\t产出指标\t数量指标\t巡护次数\t≥12次"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([HEADS, ROW, HEADS.strip(), ROW], 3),
        ([HEADS, ROW, "项目名称\t古树保护", HEADS, ROW], 5),
        ([HEADS, ROW, "\t一级指标\t二级指标\t三级指标\t全年实际值", ROW], 4),
        ([HEADS, ROW, "\t二级指标\t三级指标", ROW], 4),
    ],
    ids=["again", "of the next form", "other heads", "some of them"],
)
def test_heads_printed_again_are_left_out(lines: list[str], kept: int) -> None:
    source = Document(read_text("\n".join(lines).encode()).pages)
    assert len(list(without_repeated_heads(source, VOCABULARY).lines())) == kept
