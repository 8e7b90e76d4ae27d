"""The tables of the database, one class of rows each. The names are a contract: other people's queries use them.

A column that is printed on the form carries its Chinese label. Every id is a hash of content and position, the same on
every machine and in every run.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from perftable_etl import fields
from perftable_etl.load.columns import MONEY, Exact, table_of
from perftable_etl.load.visit import VisitRow
from perftable_etl.records import (
    Direction,
    FieldName,
    FormKind,
    Kind,
    MediaType,
    Operator,
    Polarity,
    Scheme,
    Severity,
    Status,
)

LedgerState = Literal["pending", "ok", "review", "no_forms", "failed", "quarantined"]

SCHEMA_VERSION = 4
"""Counts up with every change of the tables below, so that a database made by another version is told apart.

New columns come last in their table and may be NULL: so a migrated database has the same tables as a new one.
"""

YUAN = MONEY
QUANTITY = Exact(38, 10)

Yuan = Annotated[Decimal, YUAN]
Quantity = Annotated[Decimal, QUANTITY]

DocumentId = Annotated[str, "Document that it comes from: documents.document_id"]
ProjectId = Annotated[str, "Project that it belongs to: projects.project_id"]
OptionalProjectId = Annotated[str | None, "Project that it concerns: projects.project_id; NULL: the whole document"]
OptionalIndicatorId = Annotated[str | None, "Indicator that it concerns: indicators.indicator_id; NULL: no single one"]
PageNumber = Annotated[int, "Page that prints it, from 1"]
OptionalPageNumber = Annotated[int | None, "Page that it concerns, from 1; NULL: no single page"]
Left = Annotated[float | None, "Left edge on the page; points from the left in a PDF, characters in text"]
Top = Annotated[float | None, "Upper edge on the page; points from the top in a PDF, lines in text"]
Right = Annotated[float | None, "Right edge on the page; points from the left in a PDF, characters in text"]
Bottom = Annotated[float | None, "Lower edge on the page; points from the top in a PDF, lines in text"]

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


class MetaRow(NamedTuple):
    """One row: the version of these tables, for programs that open the database."""

    schema_version: Annotated[int, "Version of the tables; a program for another version must not write them"]
    created_by: Annotated[str, "Version of the program that created the tables"]
    created_at: Annotated[datetime, "When the tables were created (UTC)"]


class DocumentRow(NamedTuple):
    """One row per file that was read, even if that failed; files with the same bytes are one document."""

    document_id: Annotated[str, "sha256 of the file's bytes, in hex"]
    file_name: Annotated[str, "Name of the file without its folder"]
    source_uri: Annotated[str, "Where the file was read from"]
    media_type: Annotated[MediaType | None, "Kind of file; NULL where it is unknown"]
    byte_size: Annotated[int, "Size of the file in bytes"]
    page_count: Annotated[int | None, "Number of pages; NULL where the file could not be opened"]
    title: Annotated[str | None, "Title printed above the first form"]
    organization: Annotated[
        str | None,
        "Department or unit that published it (预算主管部门, 编制部门, the title's unit); never only a region",
    ]
    fiscal_year: Annotated[int | None, "Budget year (年度) of the document"]
    status: Annotated[
        Status, "ok; review (a finding needs a person); no_forms (it has no declaration); failed (see error_code)"
    ]
    coverage: Annotated[
        float | None,
        "Share of understood characters, in forms and in text that looks like a form; NULL: there are none",
    ]
    error_code: Annotated[str | None, "Why it failed, for programs: encrypted, empty, truncated, ..."]
    error_message: Annotated[str | None, "Why it failed and what to do, for people"]
    parser_version: Annotated[str, "Version of the program that read it"]
    record_hash: Annotated[str, "sha256 over all rows of the document; equal hashes mean equal rows"]
    ingested_at: Annotated[datetime, "When these rows were written (UTC); an equal reading does not change it"]
    first_seen_at: Annotated[datetime | None, "When these bytes were first read (UTC); NULL: before version 2"]
    superseded_by: Annotated[
        str | None,
        "A hint: the later publication that replaces most of its projects (documents.document_id); it hides nothing",
    ]
    fingerprint: Annotated[
        str | None,
        "Fingerprint of its last reader (parser, layouts, extras); equal ones read alike. NULL: before version 3",
    ]


class ProjectRow(NamedTuple):
    """One row per declaration of a project's performance targets (项目支出绩效目标申报表). Money is in yuan (元)."""

    project_id: Annotated[str, "Hash of document and ordinal"]
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the document, from 1"]
    layout: Annotated[str, "Layout that read the form"]
    fiscal_year: fields.FiscalYear
    first_page: Annotated[int, "First page of the form, from 1"]
    last_page: Annotated[int, "Last page of the form, from 1"]
    name: fields.Name
    nature: fields.Nature
    category: fields.Category
    competent_department: fields.Department
    implementing_unit: fields.Unit
    start_date: fields.StartDate
    end_date: fields.EndDate
    total_funds: fields.TotalFunds
    total_fiscal_funds: fields.TotalFiscalFunds
    total_other_funds: fields.TotalOtherFunds
    annual_funds: fields.AnnualFunds
    annual_fiscal_appropriation: fields.AnnualFiscalAppropriation
    annual_carryover_funds: fields.AnnualCarryoverFunds
    annual_other_funds: fields.AnnualOtherFunds
    overall_goal: fields.OverallGoal
    annual_goal: fields.AnnualGoal
    readings_agree: Annotated[
        bool | None, "Whether a second reader found the same header fields and no other row; NULL: read once"
    ]
    form_kind: Annotated[FormKind | None, "Kind of form: declaration (申报表)"]
    content_hash: Annotated[str | None, "Hash of the declared content; equal hashes mean the same declaration"]
    duplicate_of: Annotated[str | None, "The copy that counts instead, with the same declaration: projects.project_id"]
    superseded_by: Annotated[str | None, "The project that replaces it, from a later publication: projects.project_id"]


class IndicatorRow(NamedTuple):
    """One row per indicator (绩效指标) of a project, with its target parsed and as printed."""

    indicator_id: Annotated[str, "Hash of document, project ordinal and ordinal"]
    project_id: ProjectId
    document_id: DocumentId
    ordinal: Annotated[int, "Position in the project, from 1"]
    level1: fields.Level1
    level2: fields.Level2
    level3: fields.Level3
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
    weight: Annotated[Quantity | None, fields.WEIGHT]
    page: PageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom
    readings_agree: Annotated[bool | None, "Whether a second reader found the same row; NULL: read once"]
    confidence: Annotated[
        float | None, "Confidence of text recognition in its least certain character, 0 to 1; NULL: not from an image"
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


class FindingRow(NamedTuple):
    """One row per finding: something that a person may want to check, with its severity and place."""

    finding_id: Annotated[str, "Hash of document and finding"]
    document_id: DocumentId
    project_id: OptionalProjectId
    indicator_id: OptionalIndicatorId
    code: Annotated[str, "Kind of finding, for programs"]
    severity: Annotated[Severity, "info, warning or error"]
    message: Annotated[str, "What was found and what to do, for people"]
    raw: Annotated[str, "Printed text that it concerns; empty where there is none"]
    page: OptionalPageNumber
    x0: Left
    y0: Top
    x1: Right
    y1: Bottom


class RunRow(NamedTuple):
    """One row per ingest or sync: its time, its version and its counts."""

    run_id: Annotated[str, "Random identifier, in hex"]
    started_at: Annotated[datetime, "Start (UTC)"]
    finished_at: Annotated[datetime | None, "End (UTC); NULL while it runs, or when it was interrupted"]
    parser_version: Annotated[str, "Version of the program"]
    documents: Annotated[int, "Documents read"]
    new: Annotated[int, "Documents read that were not in the database before"]
    changed: Annotated[int, "Documents read whose rows changed"]
    unchanged: Annotated[int, "Documents read whose rows stayed the same"]
    failed: Annotated[int, "Documents that could not be read (status failed)"]
    projects: Annotated[int, "Projects in the documents read"]
    indicators: Annotated[int, "Indicators in the documents read"]
    findings: Annotated[int, "Findings in the documents read"]
    skipped: Annotated[int | None, "Files skipped because they did not change since they were read"]
    waiting: Annotated[int | None, "Failed files that wait for their next attempt"]
    quarantined: Annotated[int | None, "Files skipped because they failed too often"]
    unreached: Annotated[int | None, "Files that a source lists but that could not be fetched"]


class LedgerRow(NamedTuple):
    """One row per address where a file was found: its state, its document and its failures."""

    source_uri: Annotated[str, "Address of the file: file:, https:, s3:, ..."]
    origin: Annotated[str, "Source of the file: its name in sources.toml, or ingest"]
    state: Annotated[LedgerState, "pending (not read yet), the status of its document, or quarantined"]
    document_id: Annotated[str | None, "Document last read there: documents.document_id"]
    attempts: Annotated[int, "Number of failures in a row"]
    reason: Annotated[str | None, "Reason for the last failure"]
    retry_at: Annotated[datetime | None, "Earliest time of the next attempt (UTC)"]
    byte_size: Annotated[int | None, "Size in bytes, as the source reports it"]
    modified: Annotated[str | None, "Stamp of this version, as the source reports it: a time, or Last-Modified"]
    etag: Annotated[str | None, "ETag of this version, as the server reports it"]
    parser_version: Annotated[str | None, "Version of the program that read it last"]
    first_seen_at: Annotated[datetime, "When it was first found (UTC)"]
    last_seen_at: Annotated[datetime, "When it was last found (UTC)"]
    fingerprint: Annotated[
        str | None, "Fingerprint of its last reader, as in documents; NULL: not read, or before version 3"
    ] = None


META = table_of("meta", MetaRow)
DOCUMENTS = table_of("documents", DocumentRow)
PROJECTS = table_of("projects", ProjectRow)
INDICATORS = table_of("indicators", IndicatorRow)
PARTS = table_of("indicator_parts", PartRow)
SOURCES = table_of("sources", SourceRow)
FINDINGS = table_of("findings", FindingRow)
RUNS = table_of("runs", RunRow)
LEDGER = table_of("ledger", LedgerRow)
VISITS = table_of("visits", VisitRow)

TABLES = (META, DOCUMENTS, PROJECTS, INDICATORS, PARTS, SOURCES, FINDINGS, RUNS, LEDGER, VISITS)
