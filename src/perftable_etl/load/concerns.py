"""What needs a person: the findings of documents that are no mere information, by code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.load.database import Connection
from perftable_etl.records import Severity


class Concern(NamedTuple):
    """One kind of finding: how often it was made, and in which files, by name."""

    code: str
    severity: Severity
    findings: int
    files: tuple[str, ...]


# The gravest first, then the most frequent.
_CONCERNS = """
SELECT code, severity, count(*) AS findings, list_sort(list(DISTINCT file_name)) AS files
FROM findings JOIN documents USING (document_id)
WHERE severity <> 'info' AND document_id IN (SELECT unnest(?))
GROUP BY code, severity
ORDER BY severity = 'error' DESC, findings DESC, code
"""


def concerns(connection: Connection, document_ids: Sequence[str]) -> tuple[Concern, ...]:
    """What needs a person in these documents, as the database has them."""
    rows = connection.execute(_CONCERNS, [document_ids]).fetchall()
    return tuple(Concern(code, severity, findings, tuple(files)) for code, severity, findings, files in rows)
