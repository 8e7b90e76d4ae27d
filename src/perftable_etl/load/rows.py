"""What one outcome becomes: the rows of every table, with ids that are the same on every machine and in every run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from perftable_etl.load.columns import Json, Row
from perftable_etl.load.entry_rows import amount_rows, other_field_rows, task_rows, unread_cell_rows
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
from perftable_etl.load.ids import content_hash, digest, hash_of, indicator_id, project_id
from perftable_etl.load.limits import within_limits
from perftable_etl.load.tables import INDICATORS, PROJECTS, DocumentRow, FindingRow, LedgerRow
from perftable_etl.records import Declaration, Finding, Indicator, Outcome, Source, Target
from perftable_etl.system.clock import now
from perftable_etl.version import VERSION


class DocumentRows(NamedTuple):
    """All rows of one document, by table."""

    document: DocumentRow
    projects: tuple[Row, ...]
    indicators: tuple[Row, ...]
    parts: tuple[PartRow, ...]
    sources: tuple[SourceRow, ...]
    amounts: tuple[AmountRow, ...]
    tasks: tuple[TaskRow, ...]
    other_fields: tuple[OtherFieldRow, ...]
    unread_cells: tuple[UnreadCellRow, ...]
    findings: tuple[FindingRow, ...]


class FileRows(NamedTuple):
    """What was read of a file, as rows; how long that took; and what the ledger shall say of its place; None: nothing.

    Its times are those of the reading, until whoever stores it says `stored_now`.
    """

    rows: DocumentRows
    seconds: float = 0.0
    entry: LedgerRow | None = None

    @property
    def document(self) -> DocumentRow:
        """The row of the file itself."""
        return self.rows.document

    def with_document(self, **values: Any) -> FileRows:
        """The same, with other values in that row."""
        return self._replace(rows=self.rows._replace(document=self.document._replace(**values)))

    def stored_now(self) -> FileRows:
        """The same, as of a document that is written at this moment and was not seen before."""
        moment = now()
        return self.with_document(ingested_at=moment, first_seen_at=moment)


def reading_of(outcome: Outcome, entry: LedgerRow | None = None) -> FileRows:
    """An outcome as rows, without the numbers that the database cannot hold exactly."""
    return FileRows(_rows_of(within_limits(outcome)), outcome.seconds, entry)


def _rows_of(outcome: Outcome) -> DocumentRows:
    """The rows of everything one file yielded."""
    owned = [(declaration, indicator) for declaration in outcome.declarations for indicator in declaration.indicators]
    document_id = outcome.document_id
    projects = tuple(_project_row(document_id, declaration) for declaration in outcome.declarations)
    indicators = tuple(_indicator_row(document_id, *pair) for pair in owned)
    parts = tuple(row for pair in owned for row in _part_rows(document_id, *pair))
    sources = tuple(row for declaration in outcome.declarations for row in _source_rows(document_id, declaration))
    amounts = tuple(row for declaration in outcome.declarations for row in amount_rows(document_id, declaration))
    tasks = tuple(row for declaration in outcome.declarations for row in task_rows(document_id, declaration))
    others = tuple(row for declaration in outcome.declarations for row in other_field_rows(document_id, declaration))
    unread = tuple(row for declaration in outcome.declarations for row in unread_cell_rows(document_id, declaration))
    content = (projects, indicators, parts, sources, amounts, tasks, others, unread, tuple(_finding_rows(outcome)))
    record_hash = digest(_described(outcome), *content)
    return DocumentRows(_document_row(outcome, record_hash), *content)


def _described(outcome: Outcome) -> tuple[object, ...]:
    """What was learned about the file itself: not its name or place, nor how long it took."""
    return (
        outcome.document_id,
        outcome.media_type,
        outcome.page_count,
        outcome.title,
        outcome.organization,
        outcome.fiscal_year,
        outcome.status,
        outcome.coverage,
        outcome.error_code,
    )


def _document_row(outcome: Outcome, record_hash: str) -> DocumentRow:
    moment = now()
    return DocumentRow(
        document_id=outcome.document_id,
        file_name=outcome.file_name,
        source_uri=outcome.source_uri,
        media_type=outcome.media_type,
        byte_size=outcome.byte_size,
        page_count=outcome.page_count,
        title=outcome.title,
        organization=outcome.organization,
        fiscal_year=outcome.fiscal_year,
        status=outcome.status,
        coverage=outcome.coverage,
        error_code=outcome.error_code,
        error_message=outcome.error_message,
        parser_version=VERSION,
        record_hash=record_hash,
        ingested_at=moment,
        first_seen_at=moment,
        superseded_by=None,
        fingerprint=outcome.fingerprint,
    )


def _project_row(document_id: str, declaration: Declaration) -> Row:
    own = ProjectRow(
        project_id=project_id(document_id, declaration.ordinal),
        document_id=document_id,
        ordinal=declaration.ordinal,
        layout=declaration.layout,
        first_page=declaration.first_page,
        last_page=declaration.last_page,
        readings_agree=declaration.readings_agree,
        form_kind=declaration.form_kind,
        content_hash=content_hash(declaration),
        duplicate_of=None,
        superseded_by=None,
        fiscal_year=declaration.fiscal_year,
    )
    return PROJECTS.row(own, declaration)


def _indicator_row(document_id: str, declaration: Declaration, indicator: Indicator) -> Row:
    target, box = indicator.target, indicator.place.box
    own = IndicatorRow(
        indicator_id=indicator_id(document_id, declaration.ordinal, indicator.ordinal),
        project_id=project_id(document_id, declaration.ordinal),
        document_id=document_id,
        ordinal=indicator.ordinal,
        level1=indicator.level1,
        level2=indicator.level2,
        level3=indicator.level3,
        level1_raw=indicator.level1_raw,
        level2_raw=indicator.level2_raw,
        level3_raw=indicator.level3_raw,
        scheme=indicator.scheme,
        target_raw=target.raw,
        kind=target.kind,
        operator=target.operator,
        value=target.value,
        value_upper=target.value_upper,
        unit=target.unit,
        base_value=target.base_value,
        base_value_upper=target.base_value_upper,
        base_unit=target.base_unit,
        deadline=target.deadline,
        baseline=target.baseline,
        polarity=target.polarity,
        direction=indicator.direction,
        weight=indicator.weight,
        page=indicator.place.page,
        x0=box.x0,
        y0=box.y0,
        x1=box.x1,
        y1=box.y1,
        readings_agree=indicator.readings_agree,
        confidence=indicator.confidence,
        phase=indicator.phase,
    )
    return INDICATORS.row(own, indicator)


def _part_rows(document_id: str, declaration: Declaration, indicator: Indicator) -> Iterator[PartRow]:
    for ordinal, part in enumerate(_bounds(indicator.target), start=1):
        yield PartRow(
            indicator_id=indicator_id(document_id, declaration.ordinal, indicator.ordinal),
            project_id=project_id(document_id, declaration.ordinal),
            document_id=document_id,
            ordinal=ordinal,
            raw=part.raw,
            kind=part.kind,
            operator=part.operator,
            value=part.value,
            value_upper=part.value_upper,
            unit=part.unit,
            base_value=part.base_value,
            base_value_upper=part.base_value_upper,
            base_unit=part.base_unit,
            deadline=part.deadline,
            baseline=part.baseline,
            polarity=part.polarity,
        )


def _bounds(target: Target) -> Iterator[Target]:
    for part in target.parts:
        yield from _bounds(part) if part.parts else (part,)


def _source_rows(document_id: str, declaration: Declaration) -> Iterator[SourceRow]:
    project = project_id(document_id, declaration.ordinal)
    yield from _pieces(document_id, project, None, declaration.sources)
    for indicator in declaration.indicators:
        owner = indicator_id(document_id, declaration.ordinal, indicator.ordinal)
        yield from _pieces(document_id, project, owner, indicator.sources)


def _pieces(document_id: str, project: str, indicator: str | None, sources: Iterable[Source]) -> Iterator[SourceRow]:
    seen: Counter[str] = Counter()
    for source in sources:
        seen[source.field] += 1
        page, box = source.place
        yield SourceRow(
            document_id, project, indicator, source.field, seen[source.field], source.raw, page, *box, source.anchor
        )


def _finding_rows(outcome: Outcome) -> Iterator[FindingRow]:
    # Only what is loaded can be referred to: a finding may also be about a form that came to nothing.
    known = {
        (declaration.ordinal, ordinal)
        for declaration in outcome.declarations
        for ordinal in (None, *(indicator.ordinal for indicator in declaration.indicators))
    }
    seen: Counter[Finding] = Counter()
    for finding in outcome.findings:
        seen[finding] += 1
        project = finding.project if (finding.project, None) in known else None
        indicator = finding.indicator if (project, finding.indicator) in known else None
        yield _finding_row(outcome.document_id, finding, seen[finding], project, indicator)


def _finding_row(
    document_id: str, finding: Finding, repetition: int, project: int | None, indicator: int | None
) -> FindingRow:
    place = finding.place
    return FindingRow(
        finding_id=hash_of("finding", document_id, finding.code, finding.raw, place, project, indicator, repetition),
        document_id=document_id,
        project_id=None if project is None else project_id(document_id, project),
        indicator_id=None if project is None or indicator is None else indicator_id(document_id, project, indicator),
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        raw=finding.raw,
        page=place.page if place else None,
        x0=place.box.x0 if place else None,
        y0=place.box.y0 if place else None,
        x1=place.box.x1 if place else None,
        y1=place.box.y1 if place else None,
        details=None if finding.details is None else Json(json.dumps(finding.details, ensure_ascii=False)),
    )
