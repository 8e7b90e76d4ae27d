"""The tables of the database, one class of rows each. The names are a contract: other people's queries use them.

A column that is printed on the form carries its Chinese label. Every id is a hash of content and position, the same on
every machine and in every run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from perftable_etl.form_fields import IndicatorFields, ProjectFields
from perftable_etl.load.column_types import (
    Bottom,
    DocumentId,
    Left,
    OptionalIndicatorId,
    OptionalPageNumber,
    OptionalProjectId,
    Right,
    Top,
)
from perftable_etl.load.columns import Json, Since, table_of
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.overlay_tables import SettledFindingRow, overlay_of
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.form_rows import (
    AmountRow,
    IndicatorRow,
    OtherFieldRow,
    PartRow,
    ProjectRow,
    SourceRow,
    TaskRow,
    UnreadCellRow,
)
from perftable_etl.load.link_rows import LinkDecisionRow, LinkedUnitRow, LinkRow, SeriesRow
from perftable_etl.load.organization_row import OrganizationRow
from perftable_etl.load.visit import VisitRow
from perftable_etl.records import MediaType, Severity, Status

LedgerState = Literal["pending", "ok", "review", "no_forms", "failed", "quarantined", "forgotten"]

SCHEMA_VERSION = 7
"""Counts up with every change of the tables below, so that a database made by another version is told apart.

New columns and tables say so (`Since`) and may be NULL: the migration follows from that.
"""


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
    first_seen_at: Annotated[
        datetime | None, "When these bytes were first read (UTC); NULL: before version 2", Since(2)
    ]
    superseded_by: Annotated[
        str | None,
        "A hint: the later publication that replaces most of its projects (documents.document_id); it hides nothing",
        Since(2),
    ]
    fingerprint: Annotated[
        str | None,
        "Fingerprint of its last reader (parser, layouts, extras); equal ones read alike. NULL: before version 3",
        Since(3),
    ]
    part_id: Annotated[
        str | None, "Part that brought it: loaded_parts.part_id; NULL: read into this database", Since(7)
    ] = None
    organization_id: Annotated[
        str | None, "The unit of `organization` in the table of all: organizations.organization_id", Since(7)
    ] = None


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
    details: Annotated[
        Json | None, "What the message is made of, by name; NULL: nothing varies, or before version 5", Since(5)
    ]


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
    skipped: Annotated[int | None, "Files skipped because they did not change since they were read", Since(2)]
    waiting: Annotated[int | None, "Failed files that wait for their next attempt", Since(2)]
    quarantined: Annotated[int | None, "Files skipped because they failed too often", Since(2)]
    unreached: Annotated[int | None, "Files that a source lists but that could not be fetched", Since(2)]
    forgotten: Annotated[int | None, "Files skipped because a person took their document out", Since(7)] = None


class LedgerRow(NamedTuple):
    """One row per address where a file was found: its state, its document and its failures."""

    source_uri: Annotated[str, "Address of the file: file:, https:, s3:, ..."]
    origin: Annotated[str, "Source of the file: its name in sources.toml, or ingest"]
    state: Annotated[
        LedgerState, "pending (not read yet), the status of its document, quarantined, or forgotten (taken out)"
    ]
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
        str | None, "Fingerprint of its last reader, as in documents; NULL: not read, or before version 3", Since(3)
    ] = None


class LoadedPartRow(NamedTuple):
    """One row per part that was loaded (perftable-etl load): each is loaded once, however often it is given."""

    part_id: Annotated[str, "Hash of the part's rows"]
    share: Annotated[str, "Share of the files that it belongs to, such as shard 1/4"]
    fingerprint: Annotated[str, "Fingerprint of the reader that made it"]
    parser_version: Annotated[str, "Version of the program that made it"]
    documents: Annotated[int, "Documents in it"]
    indicators: Annotated[int, "Indicators in it"]
    sealed_at: Annotated[datetime, "When it was sealed (UTC)"]
    loaded_at: Annotated[datetime, "When it was loaded (UTC)"]


META = table_of("meta", MetaRow)
DOCUMENTS = table_of("documents", DocumentRow)
PROJECTS = table_of("projects", ProjectRow, prints=ProjectFields)
INDICATORS = table_of("indicators", IndicatorRow, prints=IndicatorFields)
PARTS = table_of("indicator_parts", PartRow)
SOURCES = table_of("sources", SourceRow)
AMOUNTS = table_of("amounts", AmountRow, since=5)
TASKS = table_of("tasks", TaskRow, since=5)
OTHER_FIELDS = table_of("other_fields", OtherFieldRow, since=5)
UNREAD_CELLS = table_of("unread_cells", UnreadCellRow, since=5)
FINDINGS = table_of("findings", FindingRow)
RUNS = table_of("runs", RunRow)
LEDGER = table_of("ledger", LedgerRow, since=2)
VISITS = table_of("visits", VisitRow, since=4)
CORRECTIONS = table_of("corrections", CorrectionRow, since=7)
LOADED_PARTS = table_of("loaded_parts", LoadedPartRow, since=7)
CORRECTION_VALUES = table_of("correction_values", CorrectionValueRow, since=7)
SETTLED_FINDINGS = table_of("settled_findings", SettledFindingRow, since=7)
PROJECT_OVERLAYS = overlay_of(
    PROJECTS,
    "project_overlays",
    "One row per project that a person corrected or removed, as it should be. Derived from corrections.",
)
INDICATOR_OVERLAYS = overlay_of(
    INDICATORS,
    "indicator_overlays",
    "One row per indicator that a person corrected, removed or added, as it should be. Derived from corrections.",
)
LINKS = table_of("links", LinkRow, since=7)
SERIES = table_of("series", SeriesRow, since=7)
LINK_DECISIONS = table_of("link_decisions", LinkDecisionRow, since=7)
LINKED_UNITS = table_of("linked_units", LinkedUnitRow, since=7)
ORGANIZATIONS = table_of("organizations", OrganizationRow, since=7)

OF_DOCUMENTS = (
    DOCUMENTS, PROJECTS, INDICATORS, PARTS, SOURCES, AMOUNTS, TASKS, OTHER_FIELDS, UNREAD_CELLS, FINDINGS,
)  # fmt: skip
"""The tables with what documents say, in the order of `DocumentRows`; each row names its document by its id."""

OF_CORRECTIONS = (CORRECTIONS, CORRECTION_VALUES, SETTLED_FINDINGS, PROJECT_OVERLAYS, INDICATOR_OVERLAYS)
"""The tables with what persons decided, and what follows from that."""

TABLES = (
    META, *OF_DOCUMENTS, RUNS, LEDGER, VISITS, LOADED_PARTS, ORGANIZATIONS,
    *OF_CORRECTIONS, LINKS, SERIES, LINK_DECISIONS, LINKED_UNITS,
)  # fmt: skip
