"""Page numbers within the frame of a table, and numbers that only look like some."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perftable_etl.document import Document, Flaw, Grid
from perftable_etl.normalize.forms.page_numbers import clear_page_numbers
from tests.normalize.grids import LEFT, document, grid, line

ROW = ["时效指标", "及时率", "≥99(%)"]


def texts(cleared: Document) -> list[list[str]]:
    grids = [block for page in cleared.pages for block in page.blocks if isinstance(block, Grid)]
    return [[cell.text for cell in one.cells] for one in grids]


def numbers(cleared: Document) -> list[str]:
    return [noise.text for page in cleared.pages for noise in page.noise]


@pytest.mark.parametrize("pattern", ["{}", "- {} -", "第{}页", "第 {} 页 共 9 页"])
def test_a_row_of_the_page_number_alone_is_none(pattern: str) -> None:
    strips = [[ROW, [pattern.format(page), LEFT, LEFT]] for page in (3, 4)]
    cleared = clear_page_numbers(document(*([grid(rows, page=page)] for page, rows in enumerate(strips, 1))))
    assert texts(cleared) == [ROW, ROW]
    assert numbers(cleared) == [pattern.format(page) for page in (3, 4)]


@pytest.mark.parametrize("pattern", ["- {} -", "—{}—", "第{}页"])
def test_a_number_below_the_text_of_the_last_row_is_no_part_of_it(pattern: str) -> None:
    last = [ROW[0], f"{ROW[1]}\n{pattern.format(1)}", ROW[2]]
    cleared = clear_page_numbers(document([grid([last])], [line(pattern.format(2), page=2)]))
    assert texts(cleared) == [ROW]


def test_what_is_said_of_the_distance_of_a_number_goes_with_it() -> None:
    printed = document([grid([[ROW[0], f"{ROW[1]}\n- 1 -", ROW[2]]])], [line("- 2 -", page=2)])
    (first, second) = printed.pages
    block = first.blocks[0]
    assert isinstance(block, Grid)
    flaw = Flaw("lines_apart", "-", block.cells[1].place)
    assert clear_page_numbers(Document((replace(first, flaws=(flaw,)), second))).pages[0].flaws == ()


@pytest.mark.parametrize(
    ("first", "second"), [("- 1 -", "- 3 -"), ("- 1 -", "第2页"), ("1", "2")], ids=["no count", "two ways", "bare"]
)
def test_numbers_that_count_no_pages_stay(first: str, second: str) -> None:
    rows = [[ROW[0], f"{ROW[1]}\n{first}", ROW[2]]]
    printed = document([grid(rows)], [line(second, page=2)])
    assert clear_page_numbers(printed) == printed
