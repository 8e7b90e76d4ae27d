"""A list with a project in each row, and all of its indicators in one cell: 【一级-二级】指标1：名称(值)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from tests.drawing.forms import Printed
from tests.drawing.kinds import expectation, invention
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.drawn import Drawn, Heading
from tests.drawing.kinds.indicator_shape import IndicatorShape
from tests.drawing.kinds.money_block import Money
from tests.drawing.kinds.records import Amount, Indicator, TargetColumn
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words, spell_without_transfers
from tests.drawing.table import DrawnForm

SHAPE = IndicatorShape(targets=(TargetColumn("指标值"),))
WIDTHS = (3.0, 7.0, 6.0, 10.0, 24.0)


def compose_listed(choose: Choice, words: Words) -> Drawn:
    """A random list."""
    spell_without_transfers(words)
    heading, sheet, unit = Heading(choose, "listed"), Sheet(WIDTHS), choose.one_of(("元", "万元"))
    heading.add_unit(unit)
    above = heading.print(sheet)
    heads = ("序号", words("fields.name"), words("money.year.all"), words("goals.annual_goal"), "绩效指标")
    sheet.put_row("columns", _columns(), heads)
    projects = [_print_project(choose, sheet, heading.year, unit, number) for number in range(1, choose.integer(2, 4))]
    return Drawn("listed", DrawnForm(above, sheet.table()), projects, words.known)


def _columns() -> list[tuple[int, int]]:
    return [(column, column + 1) for column in range(len(WIDTHS))]


def _print_project(choose: Choice, sheet: Sheet, year: int, unit: str, number: int) -> dict[str, Any]:
    """The row of a project, and its record."""
    rows = [replace(row, weight="") for row in invention.indicators(choose, SHAPE.targets, most=5)]
    name, goal = invention.topic(choose), invention.goal(choose)
    amount = Amount("year", "all", invention.cents(choose))
    listed = choose.one_of(("\n", "；")).join(_listed(rows))
    sheet.put_row("indicator", _columns(), (str(number), name, amount.printed(unit), goal, listed))
    money = Money("none", (amount,), unit, "line")
    fields = {"name": Printed.plain(name)}
    said = expectation.Said("listed", year, fields, (), money, {"annual_goal": goal}, ())
    return {**expectation.project(said, expectation.indicators(SHAPE, rows)), "score": None}


def _listed(rows: Sequence[Indicator]) -> Iterator[str]:
    """A line for each level, its indicators numbered."""
    for _, members in groupby(rows, key=lambda row: row.level2):
        own = list(members)
        entries = (f"指标{number}：{row.level3}({row.values[0].merged('bare')})" for number, row in enumerate(own, 1))
        yield f"【{own[0].level1}-{own[0].level2}】{'；'.join(entries)}"
