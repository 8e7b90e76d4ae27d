"""What a corrected value puts into the columns of its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perftable_etl.fields import Field
from perftable_etl.load.corrections.value_row import CorrectionValueRow

Columns = Mapping[str, Any]
"""Values by the columns that they are in."""

_TARGET = (
    "operator", "value", "value_upper", "unit", "base_value", "base_value_upper", "base_unit", "deadline", "baseline",
    "polarity", "direction",
)  # fmt: skip
_ACTUAL = ("kind", "operator", "value", "unit", "base_value", "base_unit")


def patch(field: Field, value: CorrectionValueRow) -> Columns:
    """The columns of a field with a new value."""
    if field.name == "target":
        columns = {name: getattr(value, name) for name in _TARGET}
        return {"target_raw": value.text or "", "kind": value.kind or "missing", **columns}
    if field.name == "actual":
        return {"actual_raw": value.text, **{f"actual_{name}": getattr(value, name) for name in _ACTUAL}}
    return {field.name: _plain(field, value)}


def _plain(field: Field, value: CorrectionValueRow) -> Any:
    match field.sort:
        case "date":
            return value.day
        case "money" | "number":
            return int(value.number) if field.type is int and value.number is not None else value.number
        case _:
            return value.text
