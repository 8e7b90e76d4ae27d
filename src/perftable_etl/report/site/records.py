"""What the database has of documents, for their pages: the record, where each value is printed, what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.database import Connection
from perftable_etl.report.site.json_script import Json
from perftable_etl.report.site.queue import Sheets
from perftable_etl.report.site.rows import Row, rows

_BATCH = 200
"""Documents that are asked for at once: few enough for memory, many enough that no table is read often."""

_CHOSEN = "document_id IN (SELECT unnest(?::VARCHAR[]))"

_DOCUMENTS = f"SELECT * FROM current_documents WHERE {_CHOSEN}"
_PROJECTS = f"""
    SELECT
        projects.*, current_projects.project_id IS NOT NULL AS is_current,
        other.document_id AS other_document, other_file.file_name AS other_file
    FROM projects
    LEFT JOIN current_projects USING (project_id)
    LEFT JOIN projects AS other
        ON other.project_id = coalesce(projects.superseded_by, projects.duplicate_of)
    LEFT JOIN documents AS other_file ON other_file.document_id = other.document_id
    WHERE projects.{_CHOSEN}
    ORDER BY projects.document_id, projects.ordinal
"""
_INDICATORS = f"SELECT * FROM indicators WHERE {_CHOSEN} ORDER BY ordinal"
_PARTS = f"SELECT * FROM indicator_parts WHERE {_CHOSEN} ORDER BY ordinal"
_SOURCES = f"""
    SELECT project_id, indicator_id, field, raw, page, x0, y0, x1, y1, anchor
    FROM sources WHERE {_CHOSEN} ORDER BY ordinal
"""
_FINDINGS = f"""
    SELECT findings.*, verdict, new_value, reason, author, decided_at
    FROM findings LEFT JOIN (settled_findings JOIN corrections USING (correction_id)) USING (finding_id)
    WHERE findings.{_CHOSEN}
    ORDER BY array_position(['error', 'warning', 'info'], severity), page, y0, x0, finding_id
"""
_PROJECT_OVERLAYS = f"SELECT * FROM project_overlays WHERE {_CHOSEN}"
_INDICATOR_OVERLAYS = f"SELECT * FROM indicator_overlays WHERE {_CHOSEN} ORDER BY ordinal"
_BESIDE = ("amounts", "tasks", "other_fields", "unread_cells")
"""What else a project has, each a table."""

_SHOWN_FIELDS = FIELDS.keys() | INDICATOR_FIELDS.keys() | {"target_raw", "actual_raw"}
"""The columns whose correction is shown; what was parsed anew follows from them."""

_NOT_SHOWN = frozenset({"project_id", "document_id", "content_hash", "record_hash"})


class SiteRecord(NamedTuple):
    """What is known of a document; `pages` are those that something of it is printed on."""

    document: Row
    content: Json
    pages: frozenset[int]


def records(connection: Connection, document_ids: Sequence[str], sheets: Sheets) -> Iterator[SiteRecord]:
    """What is known of documents, in any order; `sheets` are the rows of the sheet of decisions, by finding."""
    for start in range(0, len(document_ids), _BATCH):
        yield from _batch(connection, list(document_ids[start : start + _BATCH]), sheets)


def _batch(connection: Connection, chosen: list[str], sheets: Sheets) -> Iterator[SiteRecord]:
    def grouped(query: str, key: str) -> Mapping[Json, list[Row]]:
        groups: defaultdict[Json, list[Row]] = defaultdict(list)
        for row in rows(connection, query, [chosen]):
            groups[row.get(key)].append(row)
        return groups

    findings = grouped(_FINDINGS, "document_id")
    projects = grouped(_PROJECTS, "document_id")
    parts = _Parts(
        indicators=grouped(_INDICATORS, "project_id"),
        project_overlays=grouped(_PROJECT_OVERLAYS, "project_id"),
        indicator_overlays=grouped(_INDICATOR_OVERLAYS, "project_id"),
        bounds=grouped(_PARTS, "indicator_id"),
        sources=grouped(_SOURCES, "project_id"),
        beside={
            name: grouped(f"SELECT * FROM {name} WHERE {_CHOSEN} ORDER BY ordinal", "project_id") for name in _BESIDE
        },
    )
    for document in rows(connection, _DOCUMENTS, [chosen]):
        key = document["document_id"]
        content: Json = {
            "document": document,
            "projects": [_project(project, parts) for project in projects[key]],
            "findings": [_finding(finding, sheets) for finding in findings[key]],
        }
        yield SiteRecord(document, content, _pages(projects[key], parts, findings[key]))


class _Parts(NamedTuple):
    """What a batch of projects consists of, by the ids of projects; bounds by those of indicators."""

    indicators: Mapping[Json, list[Row]]
    project_overlays: Mapping[Json, list[Row]]
    indicator_overlays: Mapping[Json, list[Row]]
    bounds: Mapping[Json, list[Row]]
    sources: Mapping[Json, list[Row]]
    beside: Mapping[str, Mapping[Json, list[Row]]]


def _project(project: Row, parts: _Parts) -> Json:
    key = project["project_id"]
    sources: defaultdict[Json, list[Json]] = defaultdict(list)
    for source in parts.sources[key]:
        sources[source.get("indicator_id")].append(_shown(source))
    indicators = [
        {
            **_shown(row),
            "parts": [_shown(bound) for bound in parts.bounds[row["indicator_id"]]],
            "sources": sources[row["indicator_id"]],
        }
        for row in _corrected(parts.indicators[key], parts.indicator_overlays[key], "indicator_id")
    ]
    (project,) = _corrected([project], parts.project_overlays[key], "project_id")
    beside = {name: [_shown(row) for row in found[key]] for name, found in parts.beside.items()}
    return {
        **_shown(project),
        "project_id": key,
        "sources": sources[None],
        "indicators": indicators,
        **beside,
    }


def _corrected(read: Sequence[Row], overlays: Sequence[Row], key: str) -> Iterator[Row]:
    """The rows as persons corrected them; `machine` has what the program read where that is another value.

    A row that persons added follows the others.
    """
    instead = {overlay[key]: overlay for overlay in overlays}
    for row in read:
        overlay = instead.pop(row[key], None)
        yield {**row, **overlay, "machine": _changed(row, overlay)} if overlay else row
    yield from ({**overlay, "is_added": True} for overlay in instead.values())


def _changed(row: Row, overlay: Row) -> Json:
    return {name: row.get(name) for name, value in overlay.items() if name in _SHOWN_FIELDS and value != row.get(name)}


def _finding(finding: Row, sheets: Sheets) -> Json:
    sheet = sheets.get(str(finding["finding_id"]))
    return {**finding, "sheet": list(sheet)} if sheet else finding


def _shown(row: Row) -> dict[str, Json]:
    return {name: value for name, value in row.items() if name not in _NOT_SHOWN}


def _pages(projects: Sequence[Row], parts: _Parts, findings: Sequence[Row]) -> frozenset[int]:
    """The pages with a form or a finding, as the text recorded for each says."""
    of_forms = {
        page
        for project in projects
        for page in range(_number(project["first_page"]), _number(project["last_page"]) + 1)
    }
    placed = (
        row
        for project in projects
        for found in (parts.sources, *parts.beside.values())
        for row in found[project["project_id"]]
    )
    return frozenset(of_forms | {_number(row["page"]) for row in (*placed, *findings) if "page" in row})


def _number(value: Json) -> int:
    assert isinstance(value, int)
    return value
