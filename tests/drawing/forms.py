"""What is drawn: the printed strings of a disclosure, and beside each what it means.

Independent of the parser on purpose: a drawn disclosure is where the expected records of samples and round trips come
from, so nothing here may lean on the code under test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

Kind = Literal["quantitative", "qualitative", "deadline", "change", "compound", "missing"]

LEVEL1_OF: Mapping[str, str] = {
    "经济成本指标": "成本指标",
    "社会成本指标": "成本指标",
    "生态环境成本指标": "成本指标",
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "经济效益指标": "效益指标",
    "社会效益指标": "效益指标",
    "生态效益指标": "效益指标",
    "可持续影响指标": "效益指标",
    "服务对象满意度指标": "满意度指标",
}
"""The catalogue: which level-1 name each level-2 name belongs to, in the order of the forms."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A string as printed, and what it means: ISO date, plain decimal, clean text; None where it means nothing."""

    text: str
    means: str | None

    @classmethod
    def plain(cls, text: str) -> Printed:
        """A text that means itself; a blank means nothing."""
        return cls(text, text.replace("\n", "") or None)

    @classmethod
    def money(cls, text: str) -> Printed:
        """An amount with or without thousands separators."""
        return cls(text, text.replace(",", "") or None)

    @classmethod
    def date(cls, text: str) -> Printed:
        """A date printed as 2026-01-01 or 2026/1/1."""
        parts = text.replace("/", "-").split("-")
        return cls(text, "-".join(part.zfill(2) for part in parts) if text else None)


BLANK = Printed("", None)


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """An indicator's value (指标值) as printed, and the parse it must get."""

    text: str
    kind: Kind
    operator: str | None = None
    value: str | None = None
    value_upper: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnIndicator:
    """One row of the indicator tree; `level1` and `level2` are as printed ('' for a blank cell)."""

    level1: str
    level2: str
    level3: str
    target: DrawnTarget

    @property
    def catalogue_level1(self) -> str:
        return LEVEL1_OF[self.level2]


@dataclass(frozen=True, slots=True)
class DrawnProject:
    """One declaration; fields are named like the columns of the `projects` table."""

    name: Printed
    nature: Printed
    category: Printed
    competent_department: Printed
    implementing_unit: Printed
    start_date: Printed
    end_date: Printed
    annual_funds: Printed
    annual_fiscal_appropriation: Printed
    annual_carryover_funds: Printed
    annual_other_funds: Printed
    annual_goal: Printed
    total_funds: Printed = BLANK
    total_fiscal_funds: Printed = BLANK
    total_other_funds: Printed = BLANK
    overall_goal: Printed = BLANK
    overall_period: str = ""
    indicators: tuple[DrawnIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnDisclosure:
    """A published file: a title, and one form per project, all in the layout named `layout`."""

    title: str
    organization: str
    fiscal_year: int
    layout: str
    projects: tuple[DrawnProject, ...]


def expected(disclosure: DrawnDisclosure) -> dict[str, object]:
    """The records a parse must give, as plain JSON values; decimals are strings."""
    return {
        "title": disclosure.title or None,
        "organization": disclosure.organization or _shared_department(disclosure),
        "fiscal_year": disclosure.fiscal_year,
        "projects": [expected_project(project) for project in disclosure.projects],
    }


def _shared_department(disclosure: DrawnDisclosure) -> str | None:
    departments = {project.competent_department.means for project in disclosure.projects} - {None}
    return departments.pop() if len(departments) == 1 else None


PROJECT_COLUMNS = (
    "name", "nature", "category", "competent_department", "implementing_unit", "start_date", "end_date",
    "total_funds", "total_fiscal_funds", "total_other_funds",
    "annual_funds", "annual_fiscal_appropriation", "annual_carryover_funds", "annual_other_funds",
    "overall_goal", "annual_goal",
)  # fmt: skip


def expected_project(project: DrawnProject) -> dict[str, object]:
    """One project's record: its header fields and its indicators in order."""
    header: dict[str, object] = {column: getattr(project, column).means for column in PROJECT_COLUMNS}
    return {**header, "indicators": [expected_indicator(indicator) for indicator in project.indicators]}


def expected_indicator(indicator: DrawnIndicator) -> dict[str, object]:
    """One indicator's record; `level1` is the catalogue's name, whatever is printed."""
    parse = {field.name: getattr(indicator.target, field.name) for field in fields(DrawnTarget)[1:]}
    return {
        "level1": indicator.catalogue_level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "target_raw": indicator.target.text,
        **parse,
    }
