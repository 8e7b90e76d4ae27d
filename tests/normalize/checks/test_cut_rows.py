from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from perftable_etl.document import Box, Place
from perftable_etl.normalize.checks.cut_rows import suspect_cuts
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Declaration, Indicator, Source


class Row(NamedTuple):
    """A row as printed on a page, its name's cell ten characters wide and its target's eight, with 3 pt of padding."""

    page: int
    name: str
    target: str


def found(*rows: Row) -> Sequence[str]:
    indicators = tuple(indicator(number, row) for number, row in enumerate(rows, 1))
    declaration = Declaration(
        ordinal=1, layout="test", fiscal_year=2025, first_page=1, last_page=2, indicators=indicators
    )
    return [finding.raw for finding in suspect_cuts(declaration)]


def indicator(ordinal: int, row: Row) -> Indicator:
    name, target = Place(row.page, Box(100, 0, 196, 20)), Place(row.page, Box(200, 0, 278, 20))
    sources = Source(field="level3", raw=row.name, place=name), Source(field="target", raw=row.target, place=target)
    return Indicator(
        ordinal=ordinal, level1="产出指标", level2="数量指标", level3=row.name, level1_raw="", level2_raw="",
        level3_raw=row.name, target=parse_target(row.target), place=name,
        sources=sources,
    )  # fmt: skip


WRAPPED = Row(1, "面向企业街镇的专题讲\n座参与人数", "≥90%")
FULL = Row(1, "志愿服务活动参与人员", "按规定程序及时归")
REST = Row(2, "满意度", "档")


def test_a_row_that_may_go_on_over_the_page_is_told_at_its_rest() -> None:
    assert found(WRAPPED, FULL, REST) == ["满意度"]


@pytest.mark.parametrize(
    "last",
    [FULL._replace(name="志愿服务活动"), FULL._replace(target="≥95%"), FULL._replace(target="按规定程序及时归\n档")],
    ids=["name ends early", "target ends early", "target's last line ends early"],
)
def test_a_row_with_room_left_has_ended(last: Row) -> None:
    assert found(WRAPPED, last, REST) == []


def test_rows_on_one_page_are_rows() -> None:
    assert found(WRAPPED, FULL, REST._replace(page=1)) == []


def test_without_a_broken_line_nobody_knows_what_is_full() -> None:
    assert found(Row(1, "巡查次数", "≥90%"), FULL, REST) == []


def test_a_break_cuts_all_columns_at_one_height() -> None:
    """What stands beside three lines of a name on one line has ended with them, though that line is full."""
    last = Row(1, "面向企业、街镇和居村\n委的专题讲座参与人员", "按规定程序及时归")
    assert found(WRAPPED, last, REST) == []
