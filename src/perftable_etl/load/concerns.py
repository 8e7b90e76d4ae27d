"""What needs a person: the findings that are no mere information and that nobody has decided, by code."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.load.database import Connection
from perftable_etl.load.tables import DOCUMENTS
from perftable_etl.records import Severity


class Concern(NamedTuple):
    """One kind of finding: how often it was made, in which files, by name, and which sources have them."""

    code: str
    severity: Severity
    findings: int
    files: tuple[str, ...]
    sources: tuple[str, ...] = ()


# The gravest first, then the most frequent.
_CONCERNS = """
SELECT
    code, severity, count(*) AS findings, list_sort(list(DISTINCT file_name)) AS files,
    coalesce(list_sort(list(DISTINCT origin) FILTER (origin IS NOT NULL)), []) AS sources
FROM open_findings
JOIN documents USING (document_id)
LEFT JOIN (SELECT source_uri, origin FROM ledger) USING (source_uri)
WHERE severity <> 'info' AND document_id IN (SELECT document_id FROM {among})
GROUP BY code, severity
ORDER BY severity = 'error' DESC, findings DESC, code
"""


def concerns(connection: Connection, among: str = DOCUMENTS.name) -> tuple[Concern, ...]:
    """What needs a person in the documents whose ids are in a table, as the database has them; in all by default."""
    rows = connection.execute(_CONCERNS.format(among=among)).fetchall()
    return tuple(
        Concern(code, severity, findings, tuple(files), tuple(sources))
        for code, severity, findings, files, sources in rows
    )
