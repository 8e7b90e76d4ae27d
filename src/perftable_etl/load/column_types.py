"""Columns that several tables have: their types and what they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from perftable_etl.load.columns import MONEY, QUANTITY
from perftable_etl.records import Kind, Operator, Polarity

YUAN = MONEY

Yuan = Annotated[Decimal, YUAN]
Quantity = Annotated[Decimal, QUANTITY]

DocumentId = Annotated[str, "Document that it comes from: documents.document_id"]
ProjectId = Annotated[str, "Project that it belongs to: projects.project_id"]
OptionalProjectId = Annotated[str | None, "Project that it concerns: projects.project_id; NULL: the whole document"]
OptionalIndicatorId = Annotated[str | None, "Indicator that it concerns: indicators.indicator_id; NULL: no single one"]
PageNumber = Annotated[int, "Page that prints it, from 1; in a file without pages the table or sheet"]
OptionalPageNumber = Annotated[int | None, "Page that it concerns, from 1; NULL: no single page"]
Left = Annotated[float | None, "Left edge on the page; points in a PDF, characters in text, columns in a table"]
Top = Annotated[float | None, "Upper edge on the page; points in a PDF, lines in text, rows in a table"]
Right = Annotated[float | None, "Right edge on the page; points in a PDF, characters in text, columns in a table"]
Bottom = Annotated[float | None, "Lower edge on the page; points in a PDF, lines in text, rows in a table"]

TargetKind = Annotated[
    Kind,
    "Kind of target: quantitative, qualitative, deadline, change (relative to something), "
    "compound (several bounds or a condition), missing",
]
TargetOperator = Annotated[Operator | None, "Printed comparison operator; NULL where the form prints none"]
TargetValue = Annotated[Quantity | None, "Number as printed, exact; for a range, its lower bound"]
TargetValueUpper = Annotated[Quantity | None, "Upper bound of a range, as printed"]
TargetUnit = Annotated[str | None, "Unit as printed (万元/次)"]
TargetBaseValue = Annotated[Quantity | None, "value in the base unit: 1.1 万元/次 is 11000; percent stays percent"]
TargetBaseValueUpper = Annotated[Quantity | None, "value_upper in the base unit"]
TargetBaseUnit = Annotated[str | None, "Base unit (元/次)"]
TargetDeadline = Annotated[date | None, "Day of the deadline"]
TargetBaseline = Annotated[str | None, "Baseline of a change (上年, 法定时间90天)"]
TargetPolarity = Annotated[Polarity | None, "Direction of a change: up, down, keep, done"]
