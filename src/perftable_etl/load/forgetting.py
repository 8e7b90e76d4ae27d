"""Taking a document out: all its rows go, its places are remembered, and what it replaced or repeated comes back."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.load.corrections.overlay import clear
from perftable_etl.load.database import Connection
from perftable_etl.load.following import follow
from perftable_etl.load.relations import Relations
from perftable_etl.load.tables import OF_DOCUMENTS


class Forgotten(NamedTuple):
    """What taking a document out changed: the rows that went with it, its places, and how projects relate now."""

    document_id: str
    file_name: str
    projects: int
    indicators: int
    findings: int
    places: tuple[str, ...]
    relations: Relations


_FORGOTTEN = """
SELECT document_id FROM ledger
WHERE state = 'forgotten' AND document_id NOT IN (SELECT document_id FROM documents)
"""
_COUNTS = """
SELECT
    file_name,
    (SELECT count(*) FROM projects WHERE document_id = $id),
    (SELECT count(*) FROM indicators WHERE document_id = $id),
    (SELECT count(*) FROM findings WHERE document_id = $id)
FROM documents WHERE document_id = $id
"""
_PLACES = """
UPDATE ledger SET state = 'forgotten', attempts = 0, reason = NULL, retry_at = NULL
WHERE document_id = $id RETURNING source_uri
"""


def forgotten_documents(connection: Connection) -> frozenset[str]:
    """The documents that were taken out, and that nobody has brought back."""
    return frozenset(document for (document,) in connection.execute(_FORGOTTEN).fetchall())


def forget(connection: Connection, document_id: str) -> Forgotten:
    """Takes a document out, within a transaction. What persons decided of it stays, as decisions always do."""
    parameters = {"id": document_id}
    file_name, projects, indicators, findings = connection.execute(_COUNTS, parameters).fetchall()[0]
    places = connection.execute(_PLACES, parameters).fetchall()
    clear(connection, [document_id])
    for table in OF_DOCUMENTS:
        connection.execute(f"DELETE FROM {table.name} WHERE document_id = $id", parameters)
    return Forgotten(
        document_id=document_id,
        file_name=file_name,
        projects=projects,
        indicators=indicators,
        findings=findings,
        places=tuple(sorted(uri for (uri,) in places)),
        relations=follow(connection),
    )
