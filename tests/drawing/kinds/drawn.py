"""A drawn form of some kind with the records that a parse must give, and what heads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.records import FormKind
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import known
from tests.drawing.table import DrawnForm

TITLES: Mapping[FormKind, tuple[str, ...]] = {
    "declaration": ("项目支出绩效目标申报表", "项目支出绩效目标表", "项目绩效目标申报表"),
    "self_evaluation": ("项目支出绩效自评表",),
    "department": ("部门整体支出绩效目标申报表", "部门（单位）整体支出绩效目标表"),
    "transfer": ("转移支付区域绩效目标表", "中央对地方专项转移支付绩效目标申报表"),
    "long": ("部门预算项目绩效目标表",),
    "thirteen": ("部门预算项目绩效目标表", "项目支出绩效目标表"),
    "unusual": ("项目支出绩效目标申报表", "项目绩效目标表"),
    "monitoring": ("项目支出绩效运行监控表", "项目绩效目标监控情况表"),
    "listed": ("部门预算项目绩效目标批复表", "项目绩效目标汇总表"),
}
FOOT = "填报人：张三　联系电话：021-66660000　填报日期：2024年1月5日"
FRAME = {FOOT, "—", "-", "定性", "无", "正向指标", "反向指标"}
"""What no record has as a text: who filled it in, what says that nothing is there, and which way is better."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn form, the records that a parse must give, and the known words that it prints."""

    kind: FormKind
    form: DrawnForm
    projects: list[dict[str, Any]]
    words: frozenset[str]

    @property
    def columns(self) -> int:
        """How many columns its grid has."""
        return len(self.form.table.widths)

    @property
    def values(self) -> list[str]:
        """What its cells print, but for known words, heads of columns, sums, and what only frames the form."""
        table = self.form.table
        frame = {row for row, kind in enumerate(table.rows) if kind in ("title", "columns")}
        sums = {cell.row for cell in table.cells if cell.text in known("totals")}
        texts = [cell.text for cell in table.cells if cell.text and cell.row not in frame | sums]
        return [text for text in texts if not text.startswith(tuple(self.words)) and text not in FRAME]


class Heading:
    """Title, year and money unit: in lines above the table, or in its first rows."""

    def __init__(self, choose: Choice, kind: FormKind) -> None:
        self.year = choose.integer(2019, 2027)
        title, in_title = choose.one_of(TITLES[kind]), choose.flag()
        self.lines = [f"{self.year}年度{title}"] if in_title else [title, f"（{self.year}年度）"]
        self.in_table = choose.integer(0, 3) == 3

    def add_unit(self, unit: str) -> None:
        self.lines.append(f"单位：{unit}")

    def print(self, sheet: Sheet) -> tuple[str, ...]:
        """The lines above the table, after those in its first rows are printed."""
        if not self.in_table:
            return tuple(self.lines)
        for line in self.lines:
            sheet.whole("title", line)
        return ()
