"""The fields that forms print, each defined once: type, label, name for people, what it is, and which money it is.

Records and tables take their columns from here; whatever goes through all fields of a record asks `printed_fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

Phase = Literal["total", "year", "initial", "adjusted", "executed", "previous"]
"""Whose money an amount is: the project's whole life's, the year's, the year before's. Of the year's budget
there may be what was first decided (年初预算数), what it became (全年预算数) and what was spent (全年执行数)."""

MoneySource = Literal[
    "all", "fiscal", "general_budget", "government_fund", "state_capital", "fiscal_account", "central", "provincial",
    "municipal", "county", "carryover", "own", "other",
]  # fmt: skip
"""Where the money comes from: all of it, the budget (财政) or one of the four budgets or one level of government in it,
the year before (结转), the unit's own income, elsewhere."""


class Money(NamedTuple):
    """Which money an amount is."""

    phase: Phase
    source: MoneySource


@dataclass(frozen=True, slots=True)
class Printed:
    """Of a field that forms print: the label it usually has, its name for people, what it is, and which money."""

    term: str
    title: str
    comment: str
    money: Money | None = None
    is_goal: bool = False

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """The field's JSON Schema, with what the field is."""
        return handler(schema) | {"description": self.comment}


FiscalYear = Annotated[int | None, Printed("年度", "Fiscal year", "Budget year (年度)")]
Name = Annotated[str | None, Printed("项目名称", "Name", "Project name (项目名称)")]
Nature = Annotated[str | None, Printed("项目性质", "Nature", "Project nature (项目性质)")]
Category = Annotated[str | None, Printed("项目类别", "Category", "Project category (项目类别)")]
Department = Annotated[str | None, Printed("主管部门", "Competent department", "Competent department (主管部门)")]
Unit = Annotated[str | None, Printed("实施单位", "Implementing unit", "Implementing unit (实施单位)")]
StartDate = Annotated[date | None, Printed("计划开始日期", "Planned start", "Planned start (计划开始日期)")]
EndDate = Annotated[date | None, Printed("计划完成日期", "Planned completion", "Planned completion (计划完成日期)")]
TotalFunds = Annotated[
    Decimal | None,
    Printed(
        "项目资金总额",
        "Total funds",
        "Total funds of the project (项目资金总额); NULL where blank",
        Money("total", "all"),
    ),
]
TotalFiscalFunds = Annotated[
    Decimal | None,
    Printed("其中：财政资金", "fiscal", "Part of the total: fiscal funds (其中：财政资金)", Money("total", "fiscal")),
]
TotalOtherFunds = Annotated[
    Decimal | None,
    Printed("其他资金", "other", "Part of the total: other funds (其他资金, left)", Money("total", "other")),
]
AnnualFunds = Annotated[
    Decimal | None,
    Printed(
        "年度资金申请总额",
        "Funds of the year",
        "Funds requested for the year (年度资金申请总额); NULL where blank",
        Money("year", "all"),
    ),
]
AnnualFiscalAppropriation = Annotated[
    Decimal | None,
    Printed(
        "其中：当年财政拨款",
        "fiscal",
        "Part of the year's funds: fiscal appropriation (其中：当年财政拨款)",
        Money("year", "fiscal"),
    ),
]
AnnualCarryoverFunds = Annotated[
    Decimal | None,
    Printed(
        "上年结转资金",
        "carried over",
        "Part of the year's funds: carried over from last year (上年结转资金)",
        Money("year", "carryover"),
    ),
]
AnnualOtherFunds = Annotated[
    Decimal | None,
    Printed("其他资金", "other", "Part of the year's funds: other funds (其他资金, right)", Money("year", "other")),
]
OverallGoal = Annotated[
    str | None,
    Printed("项目总目标", "Overall goal", "Goal of the whole project (项目总目标)", is_goal=True),
]
AnnualGoal = Annotated[
    str | None, Printed("年度总体目标", "Annual goal", "Goal for the year (年度总体目标)", is_goal=True)
]
ActualGoal = Annotated[
    str | None,
    Printed("实际完成情况", "Actual result", "What became of the annual goal (实际完成情况)", is_goal=True),
]
ProjectCode = Annotated[str | None, Printed("项目编码", "Code", "Project code (项目编码)")]
Grade = Annotated[str | None, Printed("评价等级", "Grade", "Grade of the self-evaluation (评价等级)")]
TOTAL_SCORE = Printed("总分", "Score", "Points of the self-evaluation in all (总分)")
EXECUTION_RATE = Printed("执行率", "Execution rate", "Share of the adjusted budget that was spent, in percent (执行率)")

Level1 = Annotated[str | None, Printed("一级指标", "Level 1", "Level 1 (一级指标), the catalogue's name")]
Level2 = Annotated[str | None, Printed("二级指标", "Level 2", "Level 2 (二级指标), the catalogue's name")]
Level3 = Annotated[str, Printed("三级指标", "Level 3", "Level 3 (三级指标): what is measured")]
TARGET = Printed("指标值", "Target", "Target (指标值), parsed and as printed")
WEIGHT = Printed("分值权重", "Weight", "Weight or points (分值权重)")
ACTUAL = Printed("实际完成值", "Actual", "Actual value (实际完成值), parsed and as printed")
SCORE = Printed("得分", "Score", "Points given (得分)")
Area = Annotated[
    str | None, Printed("地区", "Area", "Place whose target it is, where a column is headed by one (各区县)")
]
Reason = Annotated[
    str | None,
    Printed("偏差原因", "Reason", "Reason for a deviation, and what is done about it (偏差原因分析及改进措施)"),
]
Remark = Annotated[str | None, Printed("备注", "Remark", "Remark (备注)")]

Sort = Literal["text", "goal", "date", "money", "number", "other"]
"""What sort of value a field has, and so how it is read."""

_SORTS: dict[Any, Sort] = {str: "text", date: "date", int: "number", Decimal: "number"}


class Field(NamedTuple):
    """A printed field: its name, its type, what is said of it, and which record within the record it is in."""

    name: str
    type: type
    printed: Printed
    within: str | None = None

    @property
    def sort(self) -> Sort:
        """What sort of value it has."""
        if self.printed.money:
            return "money"
        return "goal" if self.printed.is_goal else _SORTS.get(self.type, "other")

    def of(self, record: object) -> Any:
        """Its value in a record."""
        return getattr(getattr(record, self.within) if self.within else record, self.name)


def printed_fields(record: type, within: str | None = None) -> Iterator[Field]:
    """The printed fields of a record in their order, those of the records in it in their place."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        printed = next((said for said in getattr(hint, "__metadata__", ()) if isinstance(said, Printed)), None)
        if printed:
            yield Field(name, _without_none(get_args(hint)[0]), printed, within)
        elif hasattr(hint, "model_fields"):
            yield from printed_fields(hint, name)


def _without_none(hint: Any) -> Any:
    """The type of a value that is there."""
    return next((choice for choice in get_args(hint) if choice is not NoneType), hint)
