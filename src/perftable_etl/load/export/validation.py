"""How good the data are, in numbers: what was read and what not, how much of it, how surely, with what doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perftable_etl.load.database import Connection


class Measure(NamedTuple):
    """One number: how many of how many, and what share that is."""

    measure: str
    group: str | None
    number: float
    total: float | None
    share: float | None


def validation(connection: Connection) -> Iterator[Measure]:
    """All measures of the connection's database."""
    for name, query in _MEASURES.items():
        for group, count, of in connection.execute(query).fetchall():
            yield Measure(name, group, count, of, count / of if of else None)


_DOCUMENTS = "(SELECT count(*) FROM documents)"
_READ = "(SELECT count(*) FROM documents WHERE status <> 'failed')"
_PROJECTS = "(SELECT count(*) FROM projects)"
_INDICATORS = "(SELECT count(*) FROM indicators)"

_MEASURES = {
    "documents by status": f"SELECT status, count(*), {_DOCUMENTS} FROM documents GROUP BY ALL ORDER BY ALL",
    "documents not read, by reason": (
        f"SELECT error_code, count(*), {_DOCUMENTS} FROM documents WHERE status = 'failed' GROUP BY ALL ORDER BY ALL"
    ),
    "documents by kind of file": f"SELECT media_type, count(*), {_DOCUMENTS} FROM documents GROUP BY ALL ORDER BY ALL",
    "coverage, mean of documents": (
        "SELECT NULL, coalesce(sum(coverage), 0), count(coverage) FROM documents HAVING count(coverage) > 0"
    ),
    "documents read in full (coverage 1)": (f"SELECT NULL, count(*), {_READ} FROM documents WHERE coverage = 1"),
    "documents with pages read by OCR": (
        f"SELECT NULL, count(DISTINCT document_id), {_READ} FROM findings WHERE code = 'page_by_ocr'"
    ),
    "indicators read by OCR": f"SELECT NULL, count(confidence), {_INDICATORS} FROM indicators",
    "cells not understood": "SELECT NULL, count(*), NULL FROM unread_cells",
    "labels without a column": "SELECT NULL, count(*), NULL FROM other_fields",
    "documents by finding": (
        f"SELECT code, count(DISTINCT document_id), {_DOCUMENTS} FROM findings GROUP BY ALL ORDER BY ALL"
    ),
    "findings by severity": (
        "SELECT severity, count(*), (SELECT count(*) FROM findings) FROM findings GROUP BY ALL ORDER BY ALL"
    ),
    "findings by code": (
        "SELECT code, count(*), (SELECT count(*) FROM findings) FROM findings GROUP BY ALL ORDER BY ALL"
    ),
    "projects that two readers read alike": (
        "SELECT NULL, count(*) FILTER (readings_agree), count(readings_agree) FROM projects"
    ),
    "projects by layout": f"SELECT layout, count(*), {_PROJECTS} FROM projects GROUP BY ALL ORDER BY ALL",
    "projects by year": (
        f"SELECT CAST(fiscal_year AS VARCHAR), count(*), {_PROJECTS} FROM projects GROUP BY ALL ORDER BY ALL"
    ),
    "projects hidden by later publications or copies": (
        f"SELECT NULL, count(*), {_PROJECTS} FROM projects WHERE superseded_by IS NOT NULL OR duplicate_of IS NOT NULL"
    ),
    "indicators by kind of target": f"SELECT kind, count(*), {_INDICATORS} FROM indicators GROUP BY ALL ORDER BY ALL",
    "corrections by verdict": (
        "SELECT verdict, count(*), (SELECT count(*) FROM corrections) FROM corrections GROUP BY ALL ORDER BY ALL"
    ),
}
