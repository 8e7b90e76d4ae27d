"""What needs a person: the findings that nobody has decided, in the order in which they are worth looking at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from perftable_etl.form_fields import FieldName
from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.load.database import Connection, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.records import FormKind, IndicatorPhase, Severity


class ReviewRow(NamedTuple):
    """One finding: where it is, what is printed there, what the program read, and of which column of which row.

    `occurrence` says which of several alike in its file it is, from 1, in the order of the form.
    """

    finding_id: str
    code: str
    severity: Severity
    message: str
    raw: str
    document_id: str
    file_name: str
    source_uri: str
    page: int | None
    project_id: str | None
    indicator_id: str | None
    unit: str | None
    fiscal_year: int | None
    form_kind: FormKind | None
    project_name: str | None
    phase: IndicatorPhase | None
    level2: str | None
    level3: str | None
    field: FieldName | None
    occurrence: int
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    old_value: str | None = None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Where it stands on its page; None where that is no single place."""
        if self.x0 is None or self.y0 is None or self.x1 is None or self.y1 is None:
            return None
        return self.x0, self.y0, self.x1, self.y1

    @property
    def sheet_row(self) -> SheetRow:
        """The finding as a row of the sheet that a person fills in."""
        return SheetRow(
            code=self.code,
            severity=self.severity,
            file_name=self.file_name,
            page=_text(self.page),
            project_name=self.project_name or "",
            level3=self.level3 or "",
            printed_raw=self.raw,
            message=self.message,
            field=self.field or "",
            old_value=self.old_value or "",
            unit=self.unit or "",
            fiscal_year=_text(self.fiscal_year),
            form_kind=self.form_kind or "",
            phase=self.phase or "",
            level2=self.level2 or "",
            occurrence=_text(self.occurrence),
            document_sha256=self.document_id,
            finding_id=self.finding_id,
        )


# Errors come first, then what two readers read otherwise, then what was recognised with little confidence, then what
# moves most money. The column that a finding is about is the one whose printed text stands at its place, or is its own.
_OPEN = """
    SELECT * FROM open_findings
    WHERE CASE WHEN $code IS NULL THEN severity <> 'info' ELSE code = $code END
"""
_OF_IDS = "SELECT * FROM findings WHERE finding_id IN (SELECT unnest($ids))"
_BEGINNING = "SELECT * FROM findings WHERE starts_with(finding_id, $beginning)"
_QUEUE = """
sought AS (
    SELECT
        finding_id,
        arg_max(field, ((listed.page, listed.x0, listed.y0) = (sources.page, sources.x0, sources.y0), field = 'target'))
            AS field
    FROM listed JOIN sources
        ON sources.project_id = listed.project_id AND sources.indicator_id IS NOT DISTINCT FROM listed.indicator_id
    WHERE (listed.page, listed.x0, listed.y0) = (sources.page, sources.x0, sources.y0)
        OR (sources.raw = listed.raw AND listed.raw <> '')
    GROUP BY finding_id
)
SELECT
    finding_id, code, severity, message, raw, document_id, file_name, source_uri, listed.page,
    project_id, indicator_id, coalesce(organization, competent_department) AS unit,
    coalesce(projects.fiscal_year, documents.fiscal_year) AS fiscal_year,
    CASE WHEN project_id IS NOT NULL THEN coalesce(form_kind, 'declaration') END AS form_kind,
    projects.name AS project_name, phase, level2, level3,
    CASE
        WHEN indicator_id IS NOT NULL AND regexp_matches(code, '^level[123]_') THEN left(code, 6)
        WHEN indicator_id IS NOT NULL AND coalesce(field, 'level1') LIKE 'level%' THEN 'target'
        ELSE coalesce(field, details ->> 'field')
    END AS field,
    row_number() OVER (
        PARTITION BY document_id, projects.name, phase, level2, level3, code, raw
        ORDER BY projects.ordinal, indicators.ordinal, listed.page, listed.y0, finding_id
    ) AS occurrence,
    listed.x0, listed.y0, listed.x1, listed.y1
FROM listed
JOIN documents USING (document_id)
LEFT JOIN projects USING (project_id)
LEFT JOIN indicators USING (indicator_id)
LEFT JOIN sought USING (finding_id)
ORDER BY
    CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    coalesce(indicators.readings_agree, projects.readings_agree, true),
    coalesce(confidence, 1),
    coalesce(annual_funds, total_funds, 0) DESC,
    code, file_name, document_id, listed.page NULLS FIRST, projects.ordinal, indicators.ordinal, listed.y0, finding_id
"""


def review_at(path: Path, code: str | None = None) -> list[ReviewRow]:
    """What needs a person in the database at `path`; with a code its findings, also those that need nobody."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the findings of {path} cannot be read"):
            return review_rows(connection, code)


def review_rows(connection: Connection, code: str | None = None) -> list[ReviewRow]:
    """The same of a connection."""
    return _queue(connection, _OPEN, {"code": code})


def findings_named(connection: Connection, finding_ids: Sequence[str]) -> list[ReviewRow]:
    """The findings with these ids, decided or not."""
    return _queue(connection, _OF_IDS, {"ids": list(finding_ids)})


def findings_beginning(path: Path, beginning: str) -> list[ReviewRow]:
    """The findings of the database at `path` whose ids begin so, decided or not."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the findings of {path} cannot be read"):
            return _queue(connection, _BEGINNING, {"beginning": beginning})


def _queue(connection: Connection, listed: str, parameters: Mapping[str, Any]) -> list[ReviewRow]:
    found = connection.execute(f"WITH listed AS ({listed}), {_QUEUE}", dict(parameters)).fetchall()
    return list(_with_values(connection, [ReviewRow(*row) for row in found]))


def _with_values(connection: Connection, rows: Sequence[ReviewRow]) -> Iterator[ReviewRow]:
    projects = rows_by_id(
        connection, "projects", "project_id", [row.project_id for row in rows if not row.indicator_id]
    )
    indicators = rows_by_id(connection, "indicators", "indicator_id", [row.indicator_id for row in rows])
    for row in rows:
        owner = indicators.get(row.indicator_id) or projects.get(row.project_id)
        yield row._replace(old_value=value_text(owner, row.field)) if owner and row.field else row


def rows_by_id(
    connection: Connection, table: str, id_column: str, ids: Sequence[str | None]
) -> dict[str | None, Mapping[str, Any]]:
    """The rows of a table with these ids, each by its columns."""
    found = connection.execute(f"SELECT * FROM {table} WHERE {id_column} IN (SELECT unnest($ids))", {"ids": list(ids)})
    names = [description[0] for description in found.description]
    return {row[names.index(id_column)]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def value_text(row: Mapping[str, Any], field: str) -> str | None:
    """What a row holds of a field, as text; of a target as printed."""
    value = row.get(f"{field}_raw") if field in {"target", "actual"} else row.get(field)
    if value is None:
        return None
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
