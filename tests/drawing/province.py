"""A form of an invented province: what it prints is in none of the parser's files, which nothing here can lean on.

Other labels but for the three levels, one block of money in 万元, one goal, and for each indicator a sign, a number,
a unit and a weight in columns of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tests.drawing.forms import DrawnIndicator, DrawnProject, DrawnTarget
from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable, RowKind

TITLE = "省级财政专项绩效目标备案表"
Column = Literal["sign", "value", "unit", "weight", "remark"]
WIDTHS = (4.5, 6.0, 7.0, 9.5)
WIDTH_OF: dict[Column, float] = {"sign": 4.5, "value": 5.5, "unit": 5.0, "weight": 4.0, "remark": 6.0}
SIGNS = {">=": "≥", "<=": "≤", "=": "＝", ">": "＞", "<": "＜", None: "定性"}


@dataclass(frozen=True, slots=True)
class Province:
    """How the province prints its form: labels, and the order of the columns after the name.

    `over` heads the three columns of the target together, in a row above their heads.
    """

    title: str = TITLE
    money: str = "专项资金（万元）"
    columns: tuple[Column, ...] = ("sign", "value", "unit", "weight")
    heads: tuple[str, str, str] = ("一级指标", "二级指标", "三级指标")
    over: str = ""


WEIGHT = "10"
HEADS: dict[Column, str] = {"sign": "指标方向", "value": "应达", "unit": "计量单位", "weight": "权数", "remark": "备注"}
IN_TARGET: frozenset[Column] = frozenset({"sign", "value", "unit"})
REMARK = "按上年口径填报，含结转任务"


def split_target(target: DrawnTarget) -> dict[Column, str]:
    """What the four columns print of a target: a plain bound in pieces, anything else whole, as words."""
    is_bound = target.kind == "quantitative" and target.value_upper is None and target.operator in SIGNS
    if not is_bound or target.value is None:
        return {"sign": "定性", "value": target.text, "unit": "无", "weight": WEIGHT, "remark": REMARK}
    sign, unit = SIGNS[target.operator], target.unit or "无"
    return {"sign": sign, "value": target.value, "unit": unit, "weight": WEIGHT, "remark": REMARK}


def province_form(project: DrawnProject, year: int, province: Province | None = None) -> DrawnForm:
    """The project's form as the province prints it."""
    province = province or Province()
    last = len(WIDTHS) + len(province.columns)
    rows: list[RowKind] = []
    cells: list[DrawnCell] = []

    def add_row(kind: RowKind, *spans: tuple[int, int, str]) -> None:
        cells.extend(DrawnCell(text, len(rows), start, 1, end - start) for start, end, text in spans)
        rows.append(kind)

    add_row("header", (0, 2, "事业名称"), (2, 4, project.name.text), (4, 6, "资金属性"), (6, last, project.nature.text))
    unit, office = project.implementing_unit.text, project.competent_department.text
    add_row("header", (0, 2, "归口单位"), (2, 4, office), (4, 6, "承办单位"), (6, last, unit))
    start, end = project.start_date.text, project.end_date.text
    add_row("header", (0, 2, "启动时间"), (2, 4, start), (4, 6, "完结时间"), (6, last, end))
    _money(province, project, rows, cells)
    add_row("goals", (0, 2, "预期总目标"), (2, last, project.annual_goal.text))
    _heads(province, rows, cells)
    _indicators(province, project.indicators, rows, cells)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    widths = (*WIDTHS, *(WIDTH_OF[column] for column in province.columns))
    return DrawnForm((province.title, f"{year}年"), DrawnTable(ordered, tuple(rows), widths))


def _heads(province: Province, rows: list[RowKind], cells: list[DrawnCell]) -> None:
    """The heads in one row, or in two where one is over those of the target."""
    row, height = len(rows), 2 if province.over else 1
    texts = ("分解\n指标", *province.heads)
    cells.extend(DrawnCell(text, row, n, height) for n, text in enumerate(texts))
    for n, column in enumerate(province.columns, start=len(texts)):
        is_below = province.over and column in IN_TARGET
        cells.append(DrawnCell(HEADS[column], row + 1 if is_below else row, n, 1 if is_below else height))
    if province.over:
        first = min(n for n, column in enumerate(province.columns) if column in IN_TARGET)
        cells.append(DrawnCell(province.over, row, len(texts) + first, 1, len(IN_TARGET)))
    rows += ["columns"] * height


def _money(province: Province, project: DrawnProject, rows: list[RowKind], cells: list[DrawnCell]) -> None:
    amounts = (
        ("预算总额", project.annual_funds.means),
        ("其中：本级财力", project.annual_fiscal_appropriation.means),
        ("上年滚存", project.annual_carryover_funds.means),
        ("单位自筹", project.annual_other_funds.means),
    )
    cells.append(DrawnCell(province.money, len(rows), 0, len(amounts), 2))
    for label, amount in amounts:
        cells.append(DrawnCell(label, len(rows), 2, 1, 2))
        cells.append(DrawnCell(f"{Decimal(amount or 0) / 10_000:f}", len(rows), 4, 1, len(province.columns)))
        rows.append("funds")


def _indicators(
    province: Province, indicators: tuple[DrawnIndicator, ...], rows: list[RowKind], cells: list[DrawnCell]
) -> None:
    first = len(rows)
    cells.append(DrawnCell("", first, 0, len(indicators)))
    for row in indicators:
        fields = split_target(row.target)
        texts = (row.level1, row.level2, row.level3, *(fields[column] for column in province.columns))
        cells.extend(DrawnCell(text, len(rows), n + 1) for n, text in enumerate(texts))
        rows.append("indicator")
