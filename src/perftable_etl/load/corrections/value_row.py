"""What the new values of decisions mean: typed once, when they are applied, by whoever knows how values are read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from perftable_etl.load.column_types import (
    Quantity,
    TargetBaseline,
    TargetBaseUnit,
    TargetBaseValue,
    TargetBaseValueUpper,
    TargetDeadline,
    TargetOperator,
    TargetPolarity,
    TargetUnit,
    TargetValue,
    TargetValueUpper,
)
from perftable_etl.records import Direction, Kind


class CorrectionValueRow(NamedTuple):
    """One row per decision with a new value: what it means, so that the views current_* can show it typed."""

    correction_id: Annotated[str, "Decision: corrections.correction_id"]
    text: Annotated[str | None, "Value of a text column; of a target, as it would be printed"] = None
    number: Annotated[Quantity | None, "Value of a column of money (in yuan) or of another number"] = None
    day: Annotated[date | None, "Value of a column of dates"] = None
    kind: Annotated[Kind | None, "Kind of target; NULL: no target"] = None
    operator: TargetOperator = None
    value: TargetValue = None
    value_upper: TargetValueUpper = None
    unit: TargetUnit = None
    base_value: TargetBaseValue = None
    base_value_upper: TargetBaseValueUpper = None
    base_unit: TargetBaseUnit = None
    deadline: TargetDeadline = None
    baseline: TargetBaseline = None
    polarity: TargetPolarity = None
    direction: Annotated[Direction | None, "Whether a higher or a lower result is better"] = None
