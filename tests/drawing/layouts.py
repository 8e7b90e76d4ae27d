"""The three Shanghai layouts as data, and the abstract table that a project becomes in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from tests.drawing.forms import DrawnDisclosure, DrawnIndicator, DrawnProject, Printed
from tests.drawing.table import Align, DrawnCell, DrawnForm, DrawnTable, RowKind

FORM_TITLE = "财政项目支出绩效目标申报表"
Span = tuple[int, int]
SideLabel = Literal["below_header", "with_header", "on_header", "missing"]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where the columns of each kind of row begin and end, in units of the finest grid."""

    widths: tuple[float, ...]
    six: tuple[Span, ...]
    four: tuple[Span, ...]
    funds: tuple[Span, ...]
    goals: tuple[Span, ...]
    indicator: tuple[Span, ...]


SIMPLE = Skeleton(
    widths=(5.5, 6.5, 7.0, 7.5, 8.5, 5.5, 7.5),
    six=((0, 1), (1, 3), (3, 4), (4, 5), (5, 6), (6, 7)),
    four=((0, 1), (1, 3), (3, 4), (4, 7)),
    funds=((0, 1), (1, 2), (2, 3), (3, 5), (5, 7)),
    goals=((0, 1), (1, 3), (3, 7)),
    indicator=((0, 1), (1, 2), (2, 3), (3, 5), (5, 7)),
)
STAGGERED = Skeleton(
    widths=(5.0, 4.8, 4.8, 5.4, 2.2, 5.2, 4.2, 1.6, 8.0),
    six=((0, 1), (1, 3), (3, 4), (4, 6), (6, 8), (8, 9)),
    four=((0, 1), (1, 3), (3, 4), (4, 9)),
    funds=((0, 1), (1, 3), (3, 5), (5, 7), (7, 9)),
    goals=((0, 1), (1, 4), (4, 9)),
    indicator=((0, 1), (1, 2), (2, 3), (3, 7), (7, 9)),
)
SKELETONS: Mapping[str, Skeleton] = {"simple": SIMPLE, "staggered": STAGGERED}


@dataclass(frozen=True, slots=True)
class Layout:
    """The labels of a layout, and how its table is built."""

    name: str
    year: str = "({year}年度)"
    yuan: str = "项目资金\n(元)"
    colon: str = ""
    overall_label: str = "项目总目标"
    annual_label: str = "年度总体目标"
    value_label: str = "年度(/项目)指标值"
    title_in_table: bool = False
    side_label: SideLabel = "below_header"
    skeleton: Skeleton = SIMPLE
    fiscal_rows: int = 2


LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("municipal-2024"),
        Layout(
            "municipal-2025",
            year="（{year}年度）",
            yuan="项目资金\n（元）",
            colon="：",
            skeleton=STAGGERED,
            fiscal_rows=1,
        ),
        Layout(
            "district-2026",
            year="（{year}年度）",
            yuan="项目资金\n（元）",
            overall_label="项目总体目标",
            title_in_table=True,
            side_label="with_header",
        ),
    )
}


def forms(disclosure: DrawnDisclosure, layout: Layout | None = None) -> list[DrawnForm]:
    """The forms of a disclosure in its own layout, or in a variation of it."""
    layout = layout or LAYOUTS[disclosure.layout]
    return [form(project, disclosure.fiscal_year, layout) for project in disclosure.projects]


def form(project: DrawnProject, year: int, layout: Layout) -> DrawnForm:
    """One project's form: heading above the table, or inside it as its first rows."""
    heading = (FORM_TITLE, layout.year.format(year=year))
    builder = _Builder(layout)
    if layout.title_in_table:
        builder.titles(heading)
    builder.header(project)
    builder.funds(project)
    builder.goals(project)
    builder.indicators(project.indicators)
    return DrawnForm(() if layout.title_in_table else heading, builder.table())


class _Builder:
    """Lays rows below each other."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.skeleton = layout.skeleton
        self.rows: list[RowKind] = []
        self.cells: list[DrawnCell] = []

    def table(self) -> DrawnTable:
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        return DrawnTable(cells, tuple(self.rows), self.skeleton.widths)

    def add(self, span: Span, text: str, *, row: int | None = None, rows: int = 1, align: Align = "center") -> None:
        start, end = span
        at = len(self.rows) - 1 if row is None else row
        self.cells.append(DrawnCell(text, at, start, rows, end - start, align))

    def add_row(self, kind: RowKind, spans: Iterable[Span] = (), texts: Iterable[str] = ()) -> None:
        self.rows.append(kind)
        for span, text in zip(spans, texts, strict=True):
            self.add(span, text)

    def titles(self, heading: Iterable[str]) -> None:
        for line in heading:
            self.add_row("title", [(0, len(self.skeleton.widths))], [line])

    def header(self, project: DrawnProject) -> None:
        six = ("项目名称", project.name, "项目性质", project.nature, "项目类别", project.category)
        unit = ("主管部门", project.competent_department, "实施单位", project.implementing_unit)
        dates = ("计划开始日期", project.start_date, "计划完成日期", project.end_date)
        self.add_row("header", self.skeleton.six, map(_text, six))
        self.add_row("header", self.skeleton.four, map(_text, unit))
        self.add_row("header", self.skeleton.four, map(_text, dates))

    def funds(self, project: DrawnProject) -> None:
        side, label, value, right_label, right_value = self.skeleton.funds
        first = len(self.rows)
        self.add(side, self.layout.yuan, row=first, rows=4)
        for text, money, row, rows in self._left_funds(project):
            self.add(label, text, row=first + row, rows=rows)
            self.add(value, money.text, row=first + row, rows=rows, align="right")
        for text, money in self._right_funds(project):
            self.add_row("funds", (right_label, right_value), (text, ""))
            self.cells[-1] = replace(self.cells[-1], text=money.text, align="right")

    def _left_funds(self, project: DrawnProject) -> Iterator[tuple[str, Printed, int, int]]:
        fiscal = self.layout.fiscal_rows
        yield f"项目资金总额{self.layout.colon}", project.total_funds, 0, 1
        yield "其中：财政资金", project.total_fiscal_funds, 1, fiscal
        if fiscal == 1:
            yield "", Printed("", None), 2, 1
        yield "其他资金", project.total_other_funds, 3, 1

    def _right_funds(self, project: DrawnProject) -> Iterator[tuple[str, Printed]]:
        yield f"年度资金申请总额{self.layout.colon}", project.annual_funds
        yield "其中：当年财政拨款", project.annual_fiscal_appropriation
        yield "上年结转资金", project.annual_carryover_funds
        yield "其他资金", project.annual_other_funds

    def goals(self, project: DrawnProject) -> None:
        side, overall, annual = self.skeleton.goals
        overall_label = "\n".join(filter(None, (self.layout.overall_label, project.overall_period)))
        self.add_row("goal_labels", (overall, annual), (overall_label, self.layout.annual_label))
        self.add(side, "项目\n绩效\n目标", rows=2)
        self.add_row("goals")
        self.add(overall, project.overall_goal.text, align="left")
        self.add(annual, project.annual_goal.text, align="left")

    def indicators(self, rows: tuple[DrawnIndicator, ...]) -> None:
        side, *columns = self.skeleton.indicator
        self.add_row("columns", columns, ("一级指标", "二级指标", "三级指标", self.layout.value_label))
        self.side(side, len(rows))
        for name, level in (("level1", columns[0]), ("level2", columns[1])):
            for text, start, count in _runs(rows, name):
                self.add(level, text, row=len(self.rows) + start, rows=count)
        for row in rows:
            self.rows.append("indicator")
            self.add(columns[2], row.level3, align="left")
            self.add(columns[3], row.target.text, align="left")

    def side(self, span: Span, count: int) -> None:
        """The label beside the indicators (绩效指标): at the header row, below it, over both, or not at all."""
        header = len(self.rows) - 1
        over, below = {"on_header": ("绩效指标", ""), "missing": ("", "")}.get(
            self.layout.side_label, ("", "绩效\n指标")
        )
        if self.layout.side_label == "with_header" or not count:
            self.add(span, "绩效\n指标", row=header, rows=1 + count)
            return
        self.add(span, over, row=header)
        self.add(span, below, row=header + 1, rows=count)


def _text(item: object) -> str:
    return item.text if isinstance(item, Printed) else str(item)


def _runs(rows: tuple[DrawnIndicator, ...], level: str) -> Iterator[tuple[str, int, int]]:
    """Merged labels: their text, first row and number of rows. A level-2 label never crosses a level-1 boundary."""
    start = 0
    for key, group in groupby(rows, lambda row: (row.level1, row.level2 if level == "level2" else "")):
        count = len(list(group))
        yield key[1] if level == "level2" else key[0], start, count
        start += count
