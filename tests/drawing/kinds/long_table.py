"""One table for all projects of a department: what is said of a project is merged down beside its indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.drawing.forms import Printed
from tests.drawing.kinds import expectation, invention
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.drawn import Drawn, Heading
from tests.drawing.kinds.indicator_block import IndicatorBlock, columns_of, widths_of
from tests.drawing.kinds.indicator_shape import shape
from tests.drawing.kinds.money_block import Money
from tests.drawing.kinds.records import Amount
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words, spell_without_transfers
from tests.drawing.table import DrawnForm

WIDTHS: Mapping[str, float] = {"name": 7.0, "implementing_unit": 6.0, "amount": 6.5, "goal": 14.0}
CONCEPTS: Mapping[str, str] = {
    "name": "fields.name",
    "implementing_unit": "fields.implementing_unit",
    "amount": "money.year.all",
    "goal": "goals.annual_goal",
}


def compose_long(choose: Choice, words: Words) -> Drawn:
    """A random long table."""
    return _LongTable(choose, words).compose()


class _LongTable:
    """The table on its way. `said` is what its first columns say of a project."""

    def __init__(self, choose: Choice, words: Words) -> None:
        self.choose, self.words = choose, words
        spell_without_transfers(words)
        self.heading = Heading(choose, "long")
        self.unit, self.unit_in_line = choose.one_of(("元", "万元")), choose.flag()
        further = [name for name in ("implementing_unit", "amount") if choose.flag()]
        self.said: Sequence[str] = ("name", *further, "goal")
        self.shape = replace(shape(choose, "long", words), heads="one_row")
        columns = columns_of(self.shape, words)
        self.sheet = Sheet([*(WIDTHS[name] for name in self.said), *widths_of(columns)])
        self.block = IndicatorBlock(self.shape, columns, len(self.said), ((0, 0), ""))

    def compose(self) -> Drawn:
        if self.unit_in_line:
            self.heading.add_unit(self.unit)
        above = self.heading.print(self.sheet)
        self.block.print_heads(self.sheet)
        for column, name in enumerate(self.said):
            self.sheet.put((column, column + 1), self._head(name))
        projects = [self._print_project() for _ in range(self.choose.integer(1, 4))]
        return Drawn("long", DrawnForm(above, self.sheet.table()), projects, self.words.known)

    def _head(self, name: str) -> str:
        unit = f"（{self.unit}）" if name == "amount" and not self.unit_in_line else ""
        return self.words(CONCEPTS[name]) + unit

    def _print_project(self) -> dict[str, Any]:
        """The rows of one project, and its record."""
        rows = invention.indicators(self.choose, self.shape.targets, most=5)
        amount = Amount("year", "all", invention.cents(self.choose))
        texts: dict[str, str] = {
            "name": invention.topic(self.choose),
            "implementing_unit": invention.office(self.choose),
            "amount": amount.printed(self.unit),
            "goal": invention.goal(self.choose),
        }
        first = len(self.sheet.rows)
        self.block.print_rows(self.sheet, rows)
        for column, name in enumerate(self.said):
            self.sheet.put((column, column + 1), texts[name], row=first, rows=len(rows))
        fields: dict[str, Printed] = {
            name: Printed.plain(texts[name]) for name in ("name", "implementing_unit") if name in self.said
        }
        money = Money("none", (amount,) if "amount" in self.said else (), self.unit, "line")
        said = expectation.Said("long", self.heading.year, fields, (), money, {"annual_goal": texts["goal"]}, ())
        return {**expectation.project(said, expectation.indicators(self.shape, rows)), "score": None}
