"""What a parse of a drawn form must give, as plain values: one record for each project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tests.drawing.forms import Printed
from tests.drawing.kinds.indicator_shape import IndicatorShape
from tests.drawing.kinds.money_block import Money
from tests.drawing.kinds.records import USUAL, Amount, FormKind, Indicator, TargetColumn, Task

FIELDS = (
    "name", "nature", "category", "competent_department", "implementing_unit", "start_date", "end_date",
    "project_code", "grade", "overall_goal", "annual_goal", "actual_goal",
)  # fmt: skip
FUNDS: Mapping[tuple[str, str], str] = {
    ("total", "all"): "total_funds",
    ("total", "fiscal"): "total_fiscal_funds",
    ("total", "other"): "total_other_funds",
    ("year", "all"): "annual_funds",
    ("year", "fiscal"): "annual_fiscal_appropriation",
    ("year", "carryover"): "annual_carryover_funds",
    ("year", "other"): "annual_other_funds",
}
Other = tuple[str, str]


class Said(NamedTuple):
    """All that a form says but for its indicators."""

    kind: FormKind
    year: int
    fields: Mapping[str, Printed]
    others: Sequence[Other]
    money: Money
    goals: Mapping[str, str]
    tasks: Sequence[Task]


def project(said: Said, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The record of a project."""
    fields: dict[str, Any] = dict.fromkeys(FIELDS)
    fields |= {name: printed.means for name, printed in said.fields.items()} | dict(said.goals)
    return {
        "form_kind": _form_kind(said.kind, rows),
        "fiscal_year": said.year,
        **fields,
        **_funds(said.money),
        "execution_rate": _plain(said.money.rate),
        "amounts": sorted(_amount(amount) for amount in said.money.amounts),
        "other_fields": sorted(f"{label}: {value}" for label, value in said.others),
        "tasks": [f"{task.name}: {task.content} {Decimal(task.cents) / 100:.2f}" for task in said.tasks],
        "indicators": rows,
    }


def _form_kind(kind: FormKind, rows: Sequence[Mapping[str, Any]]) -> str:
    """What a parse must say of a kind: points or what was reached make a report."""
    if kind in USUAL:
        return "declaration" if kind == "long" else kind
    return "self_evaluation" if any(row["actual"] or row["score"] for row in rows) else "declaration"


def _amount(amount: Amount) -> str:
    return f"{amount.phase} {amount.source} {amount.yuan:.2f}"


def _funds(money: Money) -> dict[str, Any]:
    """The usual amounts: of a matrix the adjusted budget, else the initial one."""
    budget = "adjusted" if any(amount.phase == "adjusted" for amount in money.amounts) else "initial"
    found: dict[str, Any] = dict.fromkeys(FUNDS.values())
    for amount in money.amounts:
        phase = "year" if amount.phase == budget else amount.phase
        name = FUNDS.get((phase, amount.source))
        if name:
            found[name] = f"{amount.yuan:.2f}"
    return found


def total_score(shape: IndicatorShape, rows: Sequence[Indicator]) -> str | None:
    """The points given in all, where a row sums them up."""
    is_printed = shape.totals and "score" in shape.measures
    return str(sum(int(row.score) for row in rows)) if is_printed else None


def indicators(shape: IndicatorShape, rows: Sequence[Indicator]) -> list[dict[str, Any]]:
    """The records of a table: a row for each of its targets, those of one time and place after another."""
    found = [_indicator(shape, row, number, target) for number, target in enumerate(shape.targets) for row in rows]
    return sorted(found, key=time_and_place)


def time_and_place(record: Mapping[str, Any]) -> tuple[str, str]:
    """What the rows of an indicator table are ordered by, so that two ways to read it compare."""
    return record["phase"], record["area"] or ""


def _indicator(shape: IndicatorShape, row: Indicator, number: int, target: TargetColumn) -> dict[str, Any]:
    if "target" not in shape.measures:
        return _of_level(shape, row, target)
    value = row.values[number]
    raw = "".join(value.pieces(shape.nothing)) if shape.pieces else value.merged(shape.style)
    level2 = row.level2 if shape.tree != "names" else None
    return {
        "phase": target.phase,
        "area": target.area,
        "level1": row.level1 if level2 else None,
        "level2": level2,
        "level3": row.level3,
        "target_raw": raw,
        **value.means(),
        **dict(_measures(shape, row)),
    }


def _of_level(shape: IndicatorShape, row: Indicator, target: TargetColumn) -> dict[str, Any]:
    """The record of points that are given to a level: its label is the name, and there is no target."""
    return {
        "phase": target.phase,
        "area": target.area,
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level2_printed or row.level2,
        "target_raw": "",
        "kind": "missing",
        "operator": None,
        "value": None,
        "unit": None,
        **dict(_measures(shape, row)),
    }


def _measures(shape: IndicatorShape, row: Indicator) -> Iterator[tuple[str, str | None]]:
    for name in ("weight", "actual", "score", "reason", "remark"):
        text: str = getattr(row, name) if name in shape.measures else ""
        yield name, text or None
    if "expected" in shape.measures:
        yield "remark", f"{shape.expected_head}：{row.expected}"


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
