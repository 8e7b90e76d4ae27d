"""A page in the midst of a form that ends early is told."""

from __future__ import annotations

from perftable_etl.document import Box, Place
from perftable_etl.normalize.checks.page_order import check_page_order
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Declaration, Indicator


def told(*rows_of_pages: int, height: float = 20.0) -> list[str]:
    """The rows told of a form with so many rows on each page, the last of which is `height` points high."""
    rows = [(page, number) for page, count in enumerate(rows_of_pages, 1) for number in range(count)]
    last = len(rows_of_pages), 0
    indicators = tuple(
        indicator(ordinal, page, number, height if (page, number) == last else 20.0)
        for ordinal, (page, number) in enumerate(rows, 1)
    )
    declaration = Declaration(
        ordinal=1, layout="test", fiscal_year=2025, first_page=1, last_page=3, indicators=indicators
    )
    return [finding.raw for finding in check_page_order(declaration)]


def indicator(ordinal: int, page: int, number: int, height: float) -> Indicator:
    place = Place(page, Box(100, 60 + 20.0 * number, 300, 60 + 20.0 * number + height))
    return Indicator(
        ordinal=ordinal, level1=None, level2=None, level3="", level1_raw="", level2_raw="",
        level3_raw=f"{page}.{number}", target=parse_target("完成"), place=place, sources=(),
    )  # fmt: skip


def test_a_page_that_ends_early_in_the_midst_is_told_at_its_last_row() -> None:
    assert told(10, 3, 30) == ["2.2"]


def test_full_pages_and_a_short_last_one_are_in_order() -> None:
    assert told(10, 30, 3) == []
    assert told(3, 30) == []
    assert told(30, 27, 30) == []


def test_a_row_that_would_not_have_fitted_begins_the_next_page() -> None:
    assert told(30, 12, 1, height=590.0) == []
