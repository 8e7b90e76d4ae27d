"""Composes a form of one project or department: draws what it says, and prints it in a random shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from tests.drawing.forms import Printed
from tests.drawing.kinds import expectation, goal_block, invention
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.drawn import FOOT, Drawn, Heading
from tests.drawing.kinds.indicator_block import Column, IndicatorBlock, columns_of, widths_of
from tests.drawing.kinds.indicator_shape import IndicatorShape, shape
from tests.drawing.kinds.money_block import Money, money, print_money
from tests.drawing.kinds.pair_block import Pair, print_pairs
from tests.drawing.kinds.phase_blocks import ANNUAL, OVERALL, print_side_by_side, side_by_side_widths
from tests.drawing.kinds.records import Amount, FormKind, Indicator, TargetColumn, Task
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words, spell_without_transfers
from tests.drawing.table import DrawnForm

SIDE_WIDTH = 4.0
Times = Literal["year", "stacked", "side_by_side"]
TIMES_OF: Mapping[FormKind, tuple[Times, ...]] = {
    "declaration": ("year", "year", "year", "year", "stacked", "side_by_side"),
    "unusual": ("year", "year", "year", "side_by_side"),
}
FINEST = 9
"""Columns that a grid must have, so that a matrix of money fits onto it."""


class FormComposer:
    """One form on its way: what it says, and the sheet it is printed on."""

    def __init__(self, choose: Choice, kind: FormKind, words: Words) -> None:
        self.choose, self.kind, self.words = choose, kind, words
        self.heading = Heading(choose, kind)
        self.times: Times = choose.one_of(TIMES_OF[kind]) if kind in TIMES_OF else "year"
        self._settle_words()
        self.shape = self._shape()
        self.columns = _refined(columns_of(self.shape, words), FINEST)
        self.has_side = self.shape.side != "missing" and self.shape.heads != "tree_grouped"
        self.sheet = Sheet(self._widths())

    def _settle_words(self) -> None:
        """Words that contradict nothing: of transfers on their forms only, and of the year not beside a longer time."""
        if self.kind != "transfer":
            spell_without_transfers(self.words)
        if self.times != "year":
            self.words.choose("columns.target", without="年度")

    def _shape(self) -> IndicatorShape:
        """The shape of the indicator table; of two below each other each has a label beside it."""
        found = shape(self.choose, self.kind, self.words)
        if self.times != "stacked":
            return found
        return replace(found, targets=(TargetColumn(self.words("columns.target")),), side="whole", heads="one_row")

    def _widths(self) -> list[float]:
        if self.times == "side_by_side":
            return side_by_side_widths()
        return [*([SIDE_WIDTH] if self.has_side else []), *widths_of(self.columns)]

    def compose(self) -> Drawn:
        fields = _fields(self.choose, self.kind, self.heading.year)
        others = self.choose.some(invention.OTHERS, most=3)
        other_pairs = [(label, self.choose.one_of(values)) for label, values in others]
        funds, goals = money(self.choose, self.kind, self.words), self._goals()
        tasks = invention.tasks(self.choose) if self.kind == "department" and self.choose.flag() else ()
        if funds.unit_place == "line" or tasks:
            self.heading.add_unit(funds.unit)
        heading = self.heading.print(self.sheet)
        self._print_pairs(fields, other_pairs, funds)
        print_money(self.sheet, funds, self.words)
        if self.times != "side_by_side":
            goal_block.print_goals(self.sheet, goal_block.shape(self.choose, self.kind), goals, self.words)
        self._print_tasks(tasks, funds.unit)
        indicators, score = self._print_indicators(goals)
        foot = self._print_foot()
        said = expectation.Said(self.kind, self.heading.year, fields, (*other_pairs, *foot), funds, goals, tasks)
        record = {**expectation.project(said, indicators), "score": score}
        return Drawn(self.kind, DrawnForm(heading, self.sheet.table()), [record], self.words.known)

    def _print_pairs(self, fields: Mapping[str, Printed], others: Sequence[Pair], funds: Money) -> None:
        """The name first, the rest in random order, money among it where it is printed so."""
        first, *rest = (
            (self.words(f"fields.{_label(self.kind, name)}"), printed.text) for name, printed in fields.items()
        )
        pairs = [first, *self.choose.shuffled([*rest, *others])]
        print_pairs(self.sheet, pairs, self.choose)
        if funds.shape == "pairs":
            labels = [funds.labelled(one.label, leads=True) for one in funds.year]
            print_pairs(
                self.sheet,
                list(zip(labels, (one.printed(funds.unit, funds.unit_place) for one in funds.year), strict=True)),
                self.choose,
            )

    def _print_tasks(self, tasks: Sequence[Task], unit: str) -> None:
        if not tasks:
            return
        spans = self.sheet.cut(0, (1, 2, 4, 2))
        heads = (self.words("tasks.name"), self.words("tasks.content"), self.words("tasks.amount"))
        first = self.sheet.put_row("header", spans[1:], heads)
        for task in tasks:
            amount = Amount("year", "all", task.cents)
            self.sheet.put_row("header", spans[1:], (task.name, task.content, amount.printed(unit)))
        self.sheet.put(spans[0], self.words("tasks.side"), row=first, rows=1 + len(tasks))

    def _goals(self) -> dict[str, str]:
        """The goals; over two tables that stand side by side there are two, which say what time each is for."""
        if self.times != "side_by_side":
            found = goal_block.goals(self.choose, self.kind)
            if "overall_goal" in found:
                self.words.choose("goals.annual_goal", having="年")
            return found
        self.words.use("goals.overall_goal", self.choose.one_of(OVERALL))
        self.words.use("goals.annual_goal", self.choose.one_of(ANNUAL))
        return {"overall_goal": invention.goal(self.choose), "annual_goal": invention.goal(self.choose)}

    def _print_indicators(self, goals: Mapping[str, str]) -> tuple[list[dict[str, Any]], str | None]:
        """The indicators, in one table or in two, and what they must give: records, and the points in all."""
        rows = invention.indicators(self.choose, self.shape.targets)
        if self.kind == "unusual":
            rows = invention.unusual(self.choose, rows)
        if self.shape.tree == "levels":
            rows = invention.for_levels(rows)
        if self.times == "year":
            self._print_table(self.shape, rows, "sides.indicators")
            return expectation.indicators(self.shape, rows), expectation.total_score(self.shape, rows)
        whole = invention.indicators(self.choose, self.shape.targets)
        if self.kind == "unusual":
            whole, rows = self.choose.one_of((((), rows), (whole, ())))
        shape = self.shape
        if self.times == "stacked":
            self._print_table(shape, whole, "sides.total")
            self._print_table(shape, rows, "sides.year")
        else:
            shape = IndicatorShape(targets=self.shape.targets[:1])
            print_side_by_side(self.sheet, goals, (whole, rows), self.words)
        total = replace(shape, targets=(TargetColumn("", "total"),))
        year = replace(shape, targets=(TargetColumn("", "year"),))
        return [*expectation.indicators(total, whole), *expectation.indicators(year, rows)], None

    def _print_table(self, shape: IndicatorShape, rows: Sequence[Indicator], side: str) -> None:
        start = 1 if self.has_side else 0
        printed = replace(shape, side="whole") if not self.has_side else shape
        block = IndicatorBlock(printed, self.columns, start, ((0, start), self.words(side)))
        block.print(self.sheet, rows, self.words("totals"))

    def _print_foot(self) -> list[Pair]:
        """Nothing, who filled it in, or a label with a value."""
        what = self.choose.integer(0, 3)
        if what == 2:
            self.sheet.whole("header", FOOT, "left")
        if what != 3:
            return []
        pair = ("其他需要说明的问题", "本项目为延续性项目")
        self.sheet.put_row("header", self.sheet.cut(0, (2, 6)), pair)
        return [pair]


def _label(kind: FormKind, name: str) -> str:
    return "department" if kind == "department" and name == "name" else name


def _refined(columns: tuple[Column, ...], least: int) -> tuple[Column, ...]:
    """The columns on a grid of at least so many: that of the names takes what is missing."""
    missing = least - sum(column.units for column in columns)
    if missing <= 0:
        return columns
    return tuple(
        column._replace(units=column.units + missing) if column.name == "level3" else column for column in columns
    )


def _fields(choose: Choice, kind: FormKind, year: int) -> dict[str, Printed]:
    """What is said of a project beside its money: its name first."""
    department = invention.office(choose)
    if kind == "department":
        return {"name": Printed.plain(department)}
    found = {"name": Printed.plain(invention.topic(choose))}
    further = {
        "competent_department": Printed.plain(department),
        "implementing_unit": Printed.plain(invention.branch(choose, department)),
        "nature": Printed.plain(choose.one_of(("新增项目", "延续性项目"))),
        "category": Printed.plain(choose.one_of(("特定目标类", "其他运转类"))),
        "start_date": Printed.date(f"{year}-01-01"),
        "end_date": Printed.date(f"{year}-12-31"),
        **({"grade": Printed.plain(choose.one_of(("优", "良")))} if kind == "self_evaluation" else {}),
        "project_code": Printed.plain(f"3100{choose.integer(10**6, 10**7 - 1)}"),
    }
    names = choose.some(tuple(further), least=1)
    return found | {name: further[name] for name in further if name in names}
