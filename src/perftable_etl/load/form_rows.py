"""The rows that forms make, a class for each table: projects, their indicators, and whatever else they print."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from perftable_etl import form_fields
from perftable_etl.fields import MoneySource, Phase
from perftable_etl.load.column_types import (
    Bottom,
    DocumentId,
    Left,
    OptionalIndicatorId,
    PageNumber,
    ProjectId,
    Quantity,
    Right,
    TargetBaseline,
    TargetBaseUnit,
    TargetBaseValue,
    TargetBaseValueUpper,
    TargetDeadline,
    TargetKind,
    TargetOperator,
    TargetPolarity,
    TargetUnit,
    TargetValue,
    TargetValueUpper,
    Top,
    Yuan,
)
from perftable_etl.load.columns import Since
from perftable_etl.records import Direction, FieldName, FormKind, IndicatorPhase, Scheme


class ProjectRow(NamedTuple):
    """One row per declaration of a project's performance targets (项目支出绩效目标申报表). Money is in yuan (元)."""

    project_id: Annotated[str, "Hash of document and ordinal"]
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the document, from 1"]
    layout: Annotated[str, "Layout that read the form"]
    fiscal_year: form_fields.FiscalYear
    first_page: Annotated[int, "First page of the form, from 1"]
    last_page: Annotated[int, "Last page of the form, from 1"]
    readings_agree: Annotated[
        bool | None, "Whether a second reader found the same header fields and no other row; NULL: read once", Since(2)
    ]
    form_kind: Annotated[
        FormKind | None,
        "Kind of form: declaration (申报表), self_evaluation (自评表), department (部门整体), transfer (转移支付)",
        Since(2),
    ]
    content_hash: Annotated[
        str | None, "Hash of the declared content; equal hashes mean the same declaration", Since(2)
    ]
    duplicate_of: Annotated[
        str | None, "The copy that counts instead, with the same declaration: projects.project_id", Since(2)
    ]
    superseded_by: Annotated[
        str | None, "The project that replaces it, from a later publication: projects.project_id", Since(3)
    ]
    organization_id: Annotated[
        str | None,
        "The unit that carries it out, else its department or publisher: organizations.organization_id",
        Since(7),
    ] = None
    department_id: Annotated[
        str | None, "The competent department, else the publisher: organizations.organization_id", Since(7)
    ] = None


class IndicatorRow(NamedTuple):
    """One row per indicator (绩效指标) of a project, with its target parsed and as printed."""

    indicator_id: Annotated[str, "Hash of document, project ordinal and ordinal"]
    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the project, from 1"]
    level1: form_fields.Level1
    level2: form_fields.Level2
    level3: form_fields.Level3
    level1_raw: Annotated[str, "Level 1 as printed; empty where none is printed"]
    level2_raw: Annotated[str, "Level 2 as printed; empty where none is printed"]
    level3_raw: Annotated[str, "Level 3 as printed, line breaks included"]
    scheme: Annotated[Scheme | None, "Catalogue: 2015 (cost 成本 under output) or 2021 (cost beside output)"]
    target_raw: Annotated[str, "Target (指标值) as printed, line breaks included"]
    kind: TargetKind
    operator: TargetOperator
    value: TargetValue
    value_upper: TargetValueUpper
    unit: TargetUnit
    base_value: TargetBaseValue
    base_value_upper: TargetBaseValueUpper
    base_unit: TargetBaseUnit
    deadline: TargetDeadline
    baseline: TargetBaseline
    polarity: TargetPolarity
    direction: Annotated[Direction | None, "Whether a higher or a lower result is better"]
    weight: Annotated[Quantity | None, form_fields.WEIGHT]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom
    readings_agree: Annotated[bool | None, "Whether a second reader found the same row; NULL: read once", Since(2)]
    confidence: Annotated[
        float | None,
        "Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image",
        Since(2),
    ]
    phase: Annotated[
        IndicatorPhase | None,
        "Time for which the target holds: year, half_year, or total (whole life: 中期, 长期, 实施期)",
        Since(5),
    ]


class PartRow(NamedTuple):
    """One row per bound of a compound target (城区≥95%，农村≥90%)."""

    indicator_id: Annotated[str, "Indicator that it is part of: indicators.indicator_id"]
    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the target, from 1"]
    raw: Annotated[str, "The part as printed"]
    kind: TargetKind
    operator: TargetOperator
    value: TargetValue
    value_upper: TargetValueUpper
    unit: TargetUnit
    base_value: TargetBaseValue
    base_value_upper: TargetBaseValueUpper
    base_unit: TargetBaseUnit
    deadline: TargetDeadline
    baseline: TargetBaseline
    polarity: TargetPolarity


class SourceRow(NamedTuple):
    """One row per printed piece of a value: its page, its box and its exact text."""

    document_id: DocumentId
    project_id: ProjectId
    indicator_id: OptionalIndicatorId
    field: Annotated[FieldName, "Column that holds the value; target means all columns parsed from the indicator value"]
    ordinal: Annotated[int, "Number of the piece, from 1; a value cut by a page break has two"]
    raw: Annotated[str, "The text as printed, line breaks included"]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom
    anchor: Annotated[
        str | None,
        "Place in a file without pages, as a person can follow it (Sheet1!C7; table 2, row 7); NULL: see page and box",
        Since(6),
    ]


class AmountRow(NamedTuple):
    """One row per printed amount of money; projects has the usual ones as columns. Money is in yuan (元)."""

    amount_id: Annotated[str, "Hash of document, project ordinal and ordinal"]
    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the project, from 1"]
    source: Annotated[
        MoneySource,
        "Where the money comes from: all, fiscal (财政) with its budgets and levels of government, carryover (结转), "
        "own (单位自有), other",
    ]
    phase: Annotated[
        Phase,
        "Whose money: total (whole life), year, initial (年初预算数), adjusted (全年预算数), executed (全年执行数), "
        "previous (上年)",
    ]
    amount: Annotated[Yuan | None, "Amount; NULL where it has more digits than the column keeps"]
    raw: Annotated[str, "The amount as printed"]
    label_raw: Annotated[str, "Its label as printed"]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class TaskRow(NamedTuple):
    """One row per task (任务) on the form of a whole department. Money is in yuan (元)."""

    task_id: Annotated[str, "Hash of document, project ordinal and ordinal"]
    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the form, from 1"]
    name: Annotated[str | None, "Name of the task (任务名称)"]
    content: Annotated[str | None, "What the task is (主要内容)"]
    amount: Annotated[Yuan | None, "Money of the task in all (预算金额)"]
    basic_amount: Annotated[Yuan | None, "Part of it: basic expenditure (基本支出)"]
    project_amount: Annotated[Yuan | None, "Part of it: expenditure on projects (项目支出)"]
    raw: Annotated[str, "The row as printed"]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class OtherFieldRow(NamedTuple):
    """One row per printed label that no column stands for, with its value."""

    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the form, from 1"]
    label: Annotated[str, "The label as printed"]
    value: Annotated[str, "The value as printed"]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class UnreadCellRow(NamedTuple):
    """One row per cell of a form that was not understood, so that it is kept without the file."""

    document_id: DocumentId
    project_id: ProjectId
    ordinal: Annotated[int, "Position in the form, from 1"]
    text: Annotated[str, "Text of the cell as printed"]
    row: Annotated[int, "Row of the form's grid, from 0"]
    column: Annotated[int, "Column of the form's grid, from 0"]
    row_span: Annotated[int, "Number of rows that it covers"]
    column_span: Annotated[int, "Number of columns that it covers"]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom
