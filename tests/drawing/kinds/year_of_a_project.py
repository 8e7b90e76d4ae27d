"""One project's year on two forms: what was declared before it, and the self-evaluation after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.indicator_block import IndicatorBlock, columns_of, widths_of
from tests.drawing.kinds.indicator_shape import IndicatorShape, Measure
from tests.drawing.kinds.records import Indicator, TargetColumn, Value
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words
from tests.drawing.table import DrawnForm

NAME, UNIT = "公共图书馆夜间开放", "青岚区图书馆"
PAIRS = ("项目名称", NAME, "实施单位", UNIT)
DECLARED = (
    Indicator("产出指标", "数量指标", "夜间开放天数", (Value("≥", "300", "天", ">="),)),
    Indicator("产出指标", "质量指标", "设备完好率", (Value("≥", "98", "%", ">="),)),
    Indicator("效益指标", "社会效益指标", "读者知晓率", (Value("≥", "80", "%", ">="),)),
    Indicator("满意度指标", "服务对象满意度指标", "读者满意度", (Value("≥", "90", "%", ">="),)),
)
EVALUATED = (
    replace(DECLARED[0], actual="312天", weight="30", score="30"),
    replace(DECLARED[1], values=(Value("≥", "95", "%", ">="),), actual="96%", weight="30", score="30"),
    replace(DECLARED[3], actual="87%", weight="30", score="27", reason="部分时段座位不足，拟增设座位"),
)
"""One indicator is left out, and of another the target is lower than declared."""


def declaration() -> DrawnForm:
    """The declaration: money below each other, one goal, a target in one cell."""
    sheet, block = _sheet(IndicatorShape(targets=(TargetColumn("年度指标值"),)))
    sheet.put_row("header", sheet.cut(0, (2, 3, 2, 3)), PAIRS)
    sheet.put_row("funds", sheet.cut(0, (2, 5)), ("年度资金总额（万元）", "120.00"))
    sheet.put_row("goals", sheet.cut(0, (2, 5)), ("年度总体目标", "延长开放时间，方便读者。"))
    block.print(sheet, DECLARED, "")
    return DrawnForm(("项目支出绩效目标申报表", "（2024年度）"), sheet.table())


def self_evaluation() -> DrawnForm:
    """The self-evaluation: a matrix of money, goals wanted and reached, and what was reached of each target."""
    measures: tuple[Measure, ...] = ("target", "actual", "weight", "score", "reason")
    sheet, block = _sheet(IndicatorShape(targets=(TargetColumn("年度指标值"),), measures=measures))
    sheet.put_row("header", sheet.cut(0, (2, 3, 2, 3)), PAIRS)
    _print_money(sheet)
    spans = sheet.cut(0, (1, 3, 3))
    first = sheet.put_row("goal_labels", spans[1:], ("预期目标", "实际完成情况"))
    sheet.put_row("goals", spans[1:], ("延长开放时间，方便读者。", "全年夜间开放312天。"))
    sheet.put(spans[0], "年度总体目标", row=first, rows=2)
    block.print(sheet, EVALUATED, "")
    return DrawnForm(("项目支出绩效自评表", "（2024年度）"), sheet.table())


def _sheet(shape: IndicatorShape) -> tuple[Sheet, IndicatorBlock]:
    columns = columns_of(shape, Words(Choice()))
    block = IndicatorBlock(shape, columns, 1, ((0, 1), "绩效指标"))
    return Sheet([4.0, *widths_of(columns)]), block


def _print_money(sheet: Sheet) -> None:
    rows: Sequence[Sequence[str]] = (
        ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", "120.00", "110.00", "104.50", "10", "95.00%", "9.5"),
        ("其中：财政拨款", "120.00", "110.00", "104.50", "—", "—", "—"),
    )
    spans = sheet.cut(0, (2, 3, 2, 2, 2, 2, 2, 2))
    first = len(sheet.rows)
    for row in rows:
        sheet.put_row("funds", spans[1:], row)
    sheet.put(spans[0], "项目资金\n（万元）", row=first, rows=len(rows))
