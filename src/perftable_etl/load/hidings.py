"""Which documents' projects are no longer current since the last run: replaced, or copies of others."""

from __future__ import annotations

from typing import Literal

from perftable_etl.load.database import Connection
from perftable_etl.records import Record

# From the temporary table of what relating changed.
_HIDINGS = """
SELECT
    earlier.source_uri, CASE WHEN changed.superseded_by IS NULL THEN 'copy' ELSE 'superseded' END AS kind,
    later.source_uri, count(*) AS projects
FROM changed
JOIN projects AS own USING (project_id) JOIN documents AS earlier ON earlier.document_id = own.document_id
JOIN projects AS other ON other.project_id = coalesce(changed.superseded_by, changed.duplicate_of)
JOIN documents AS later ON later.document_id = other.document_id
WHERE is_hidden AND NOT was_hidden
GROUP BY ALL ORDER BY ALL
"""


class Hiding(Record):
    """Projects of one document that are no longer current: projects of another document replace or repeat them."""

    uri: str
    kind: Literal["superseded", "copy"]
    by: str
    projects: int


def hidings(connection: Connection) -> tuple[Hiding, ...]:
    """The documents whose projects are hidden now and were not before, while projects are being related."""
    rows = connection.execute(_HIDINGS).fetchall()
    return tuple(Hiding(uri=uri, kind=kind, by=by, projects=projects) for uri, kind, by, projects in rows)
