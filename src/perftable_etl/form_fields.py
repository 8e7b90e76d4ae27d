"""The fields that forms print, each defined once: name, type, label, name for people, what it is, and which money.

Records, tables, interpretation, agreement, terminal and schemas take them from here. Whoever adds a field writes its
line in one of these classes and its name in `FieldName`; its spellings stand in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, cast

from perftable_etl.fields import Field, Money, Term, printed_fields
from perftable_etl.target import Record, Target

FieldName = Literal[
    "name", "nature", "category", "competent_department", "implementing_unit", "start_date", "end_date",
    "total_funds", "total_fiscal_funds", "total_other_funds",
    "annual_funds", "annual_fiscal_appropriation", "annual_carryover_funds", "annual_other_funds",
    "overall_goal", "annual_goal", "fiscal_year",
    "project_code", "actual_goal", "score", "grade", "execution_rate",
    "level1", "level2", "level3", "target", "weight", "area", "actual", "reason", "remark",
]  # fmt: skip

FiscalYear = Annotated[int | None, Term("年度", "Fiscal year", "Budget year (年度)")]
Level1 = Annotated[str | None, Term("一级指标", "Level 1", "Level 1 (一级指标), the catalogue's name")]
Level2 = Annotated[str | None, Term("二级指标", "Level 2", "Level 2 (二级指标), the catalogue's name")]
Level3 = Annotated[str, Term("三级指标", "Level 3", "Level 3 (三级指标): what is measured")]
WEIGHT = Term("分值权重", "Weight", "Weight or points (分值权重)", is_rare=True)


class Funding(Record):
    """The project's money in yuan, exact; None where the form has a blank."""

    total_funds: Annotated[
        Decimal | None,
        Term(
            "项目资金总额",
            "Total funds",
            "Total funds of the project (项目资金总额); NULL where blank",
            Money("total", "all"),
        ),
    ] = None
    total_fiscal_funds: Annotated[
        Decimal | None,
        Term("其中：财政资金", "fiscal", "Part of the total: fiscal funds (其中：财政资金)", Money("total", "fiscal")),
    ] = None
    total_other_funds: Annotated[
        Decimal | None,
        Term("其他资金", "other", "Part of the total: other funds (其他资金, left)", Money("total", "other")),
    ] = None
    annual_funds: Annotated[
        Decimal | None,
        Term(
            "年度资金申请总额",
            "Funds of the year",
            "Funds requested for the year (年度资金申请总额); NULL where blank",
            Money("year", "all"),
        ),
    ] = None
    annual_fiscal_appropriation: Annotated[
        Decimal | None,
        Term(
            "其中：当年财政拨款",
            "fiscal",
            "Part of the year's funds: fiscal appropriation (其中：当年财政拨款)",
            Money("year", "fiscal"),
        ),
    ] = None
    annual_carryover_funds: Annotated[
        Decimal | None,
        Term(
            "上年结转资金",
            "carried over",
            "Part of the year's funds: carried over from last year (上年结转资金)",
            Money("year", "carryover"),
        ),
    ] = None
    annual_other_funds: Annotated[
        Decimal | None,
        Term("其他资金", "other", "Part of the year's funds: other funds (其他资金, right)", Money("year", "other")),
    ] = None


class ProjectFields(Record):
    """What a form says of its project."""

    fiscal_year: FiscalYear
    name: Annotated[str | None, Term("项目名称", "Name", "Project name (项目名称)")] = None
    nature: Annotated[str | None, Term("项目性质", "Nature", "Project nature (项目性质)")] = None
    category: Annotated[str | None, Term("项目类别", "Category", "Project category (项目类别)")] = None
    competent_department: Annotated[
        str | None, Term("主管部门", "Competent department", "Competent department (主管部门)")
    ] = None
    implementing_unit: Annotated[str | None, Term("实施单位", "Implementing unit", "Implementing unit (实施单位)")] = (
        None
    )
    start_date: Annotated[date | None, Term("计划开始日期", "Planned start", "Planned start (计划开始日期)")] = None
    end_date: Annotated[
        date | None, Term("计划完成日期", "Planned completion", "Planned completion (计划完成日期)")
    ] = None
    funding: Funding = Funding()
    overall_goal: Annotated[
        str | None, Term("项目总目标", "Overall goal", "Goal of the whole project (项目总目标)", is_goal=True)
    ] = None
    annual_goal: Annotated[
        str | None, Term("年度总体目标", "Annual goal", "Goal for the year (年度总体目标)", is_goal=True)
    ] = None
    actual_goal: Annotated[
        str | None,
        Term(
            "实际完成情况",
            "Actual result",
            "What became of the annual goal (实际完成情况)",
            is_goal=True,
            is_rare=True,
            since=5,
        ),
    ] = None
    project_code: Annotated[str | None, Term("项目编码", "Code", "Project code (项目编码)", is_rare=True, since=5)] = (
        None
    )
    score: Annotated[
        Decimal | None,
        Term("总分", "Score", "Points of the self-evaluation in all (总分)", is_rare=True, since=5),
    ] = None
    grade: Annotated[
        str | None, Term("评价等级", "Grade", "Grade of the self-evaluation (评价等级)", is_rare=True, since=5)
    ] = None
    execution_rate: Annotated[
        Decimal | None,
        Term(
            "执行率",
            "Execution rate",
            "Share of the adjusted budget that was spent, in percent (执行率)",
            is_rare=True,
            since=5,
        ),
    ] = None


class IndicatorFields(Record):
    """What a form says of one indicator."""

    level1: Level1
    level2: Level2
    level3: Level3
    target: Annotated[Target, Term("指标值", "Target", "Target (指标值), parsed and as printed")]
    weight: Annotated[Decimal | None, WEIGHT] = None
    area: Annotated[
        str | None,
        Term(
            "地区", "Area", "Place whose target it is, where a column is headed by one (各区县)", is_rare=True, since=5
        ),
    ] = None
    actual: Annotated[
        Target | None,
        Term("实际完成值", "Actual value", "Actual value (实际完成值), as targets are", is_rare=True, since=5),
    ] = None
    score: Annotated[Decimal | None, Term("得分", "Score", "Points given (得分)", is_rare=True, since=5)] = None
    reason: Annotated[
        str | None,
        Term(
            "偏差原因",
            "Reason",
            "Reason for a deviation, and what is done about it (偏差原因)",
            is_rare=True,
            since=5,
        ),
    ] = None
    remark: Annotated[str | None, Term("备注", "Remark", "Remark (备注)", is_rare=True, since=5)] = None


FIELDS: Mapping[FieldName, Field] = {cast(FieldName, field.name): field for field in printed_fields(ProjectFields)}
"""What a form says of its project, in the order of the record."""

INDICATOR_FIELDS: Mapping[FieldName, Field] = {
    cast(FieldName, field.name): field for field in printed_fields(IndicatorFields)
}
"""What a form says of one indicator."""
