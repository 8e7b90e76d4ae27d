"""What was parsed, in the shape of the records that drawn forms expect."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from perftable_etl.records import Declaration, Indicator, Outcome
from tests.drawing.kinds.expectation import FIELDS, FUNDS, time_and_place

MAY_BE_KEPT = re.compile(
    r"填报.*|联系电话: 021-66660000|.+分值: 10|.+得分: 9|.+全年预计(?:执行|支出)数: 8.00|[序编]号: \d"
)
"""Other fields that may be there or not: who filled the form in, the points of a row of money, and its number."""


def read_projects(outcome: Outcome) -> list[dict[str, Any]]:
    """The records of an outcome."""
    return [_project(declaration) for declaration in outcome.declarations]


def _project(found: Declaration) -> dict[str, Any]:
    others = (f"{one.label}: {one.value}" for one in found.other_fields)
    return {
        "form_kind": found.form_kind,
        "fiscal_year": found.fiscal_year,
        **{name: _plain(getattr(found, name)) for name in FIELDS},
        **{name: _money(getattr(found.funding, name)) for name in FUNDS.values()},
        "execution_rate": _number(found.execution_rate),
        "amounts": sorted(f"{one.phase} {one.source} {_money(one.amount)}" for one in found.amounts),
        "other_fields": sorted(other for other in others if not MAY_BE_KEPT.fullmatch(other)),
        "tasks": [f"{task.name}: {task.content} {_money(task.amount)}" for task in found.tasks],
        "indicators": sorted((_indicator(row) for row in found.indicators), key=time_and_place),
        "score": _number(found.score),
    }


def _indicator(row: Indicator) -> dict[str, Any]:
    target = row.target
    return {
        "phase": row.phase,
        "area": row.area,
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target_raw": target.raw,
        "kind": target.kind,
        "operator": target.operator,
        "value": _plain(target.value),
        "unit": target.unit,
        "weight": _number(row.weight),
        "actual": row.actual.raw if row.actual else None,
        "score": _number(row.score),
        "reason": row.reason,
        "remark": row.remark,
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
