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
from tests.drawing.kinds.records import Amount, FormKind
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words, spell_without_transfers
from tests.drawing.table import DrawnForm

WIDTHS: Mapping[str, float] = {
    "number": 2.5, "name": 7.0, "competent_department": 6.0, "implementing_unit": 6.0, "category": 5.0, "amount": 6.5,
    "fiscal": 6.5, "goal": 14.0,
}  # fmt: skip
CONCEPTS: Mapping[str, str] = {
    "number": "long.number",
    "name": "fields.name",
    "competent_department": "fields.competent_department",
    "implementing_unit": "fields.implementing_unit",
    "category": "fields.category",
    "amount": "money.year.all",
    "fiscal": "money.year.fiscal",
    "goal": "goals.annual_goal",
}
FURTHER: Mapping[FormKind, tuple[str, ...]] = {
    "long": ("implementing_unit", "amount"),
    "thirteen": ("competent_department", "implementing_unit", "category", "amount", "fiscal"),
}
MONEY = ("amount", "fiscal")
TEXTS = ("name", "competent_department", "implementing_unit", "category")


def compose_long(choose: Choice, words: Words, kind: FormKind) -> Drawn:
    """A random long table."""
    return _LongTable(choose, words, kind).compose()


class _LongTable:
    """The table on its way. `said` is what its first columns say of a project."""

    def __init__(self, choose: Choice, words: Words, kind: FormKind) -> None:
        self.choose, self.words, self.kind = choose, words, kind
        spell_without_transfers(words)
        self.heading = Heading(choose, kind)
        self.unit, self.unit_in_line = choose.one_of(("元", "万元")), choose.flag()
        further = [name for name in FURTHER[kind] if choose.flag()]
        first = ("number", "name") if kind == "thirteen" and choose.flag() else ("name",)
        self.said: Sequence[str] = (*first, *further, "goal")
        self.shape = replace(shape(choose, kind, words), heads="one_row")
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
        projects = [self._print_project(number) for number in range(1, self.choose.integer(1, 4) + 1)]
        return Drawn(self.kind, DrawnForm(above, self.sheet.table()), projects, self.words.known)

    def _head(self, name: str) -> str:
        unit = f"（{self.unit}）" if name in MONEY and not self.unit_in_line else ""
        return self.words(CONCEPTS[name]) + unit

    def _print_project(self, number: int) -> dict[str, Any]:
        """The rows of one project, and its record."""
        rows = invention.indicators(self.choose, self.shape.targets, most=5)
        amount = Amount("year", "all", invention.cents(self.choose))
        texts: dict[str, str] = {
            "number": str(number),
            "name": invention.topic(self.choose),
            "competent_department": "青岚区财政局",
            "implementing_unit": invention.office(self.choose),
            "category": "特定目标类",
            "amount": amount.printed(self.unit),
            "fiscal": amount.printed(self.unit),
            "goal": invention.goal(self.choose),
        }
        first = len(self.sheet.rows)
        self.block.print_rows(self.sheet, rows)
        for column, name in enumerate(self.said):
            self.sheet.put((column, column + 1), texts[name], row=first, rows=len(rows))
        fields: dict[str, Printed] = {name: Printed.plain(texts[name]) for name in TEXTS if name in self.said}
        printed = [replace(amount, source="all" if name == "amount" else name) for name in MONEY if name in self.said]
        money = Money("none", tuple(printed), self.unit, "line")
        said = expectation.Said(self.kind, self.heading.year, fields, (), money, {"annual_goal": texts["goal"]}, ())
        return {**expectation.project(said, expectation.indicators(self.shape, rows)), "score": None}
