"""The findings that wait for a person, with the row of the sheet that each decision is written on."""

from __future__ import annotations

from perftable_etl.load.database import Connection
from perftable_etl.report.site.json_script import Json
from perftable_etl.report.site.rows import rows

COLUMNS = [
    "code",
    "severity",
    "file_name",
    "page",
    "project_name",
    "level3",
    "printed_raw",
    "message",
    "field",
    "old_value",
    "verdict",
    "new_value",
    "reason",
    "author",
    "all_alike",
    "unit",
    "fiscal_year",
    "form_kind",
    "phase",
    "level2",
    "occurrence",
    "document_sha256",
    "finding_id",
    "decided_at",
    "correction_id",
]
_Q = """
SELECT f.code, f.severity, d.file_name, f.page, p.name AS project_name, i.level3, f.raw AS printed_raw, f.message, d.organization AS unit, p.fiscal_year, p.form_kind, i.phase, i.level2, f.document_id AS document_sha256, f.finding_id
FROM findings f JOIN documents d USING (document_id) LEFT JOIN projects p ON p.project_id=f.project_id LEFT JOIN indicators i ON i.indicator_id=f.indicator_id
WHERE f.severity <> 'info' ORDER BY f.severity, f.document_id, f.page
"""


def sheet_rows(connection: Connection) -> dict[str, list[str]]:
    return {str(r["finding_id"]): [str(r.get(c, "")) for c in COLUMNS] for r in rows(connection, _Q)}


def queue(sheets: dict[str, list[str]]) -> Json:
    groups: dict[tuple[str, str], int] = {}
    return {
        "columns": COLUMNS,
        "findings": [[k, v[21][:16], groups.setdefault((v[0], v[6]), len(groups))] for k, v in sheets.items()],
    }
