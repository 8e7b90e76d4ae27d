"""The documents of a database, to be chosen from: by what was found in them, or by how they were read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.database import Connection, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.records import MediaType, Status


class StoredDocument(NamedTuple):
    """A document that was read: its id, its name, the address it was first found at, and its kind."""

    document_id: str
    file_name: str
    source_uri: str
    media_type: MediaType | None


class Choice(NamedTuple):
    """Which documents: those with a finding of this code, those of this status; None: whatever it is."""

    code: str | None = None
    status: Status | None = None


_CHOSEN = """
    SELECT document_id, file_name, source_uri, media_type
    FROM current_documents
    WHERE ($status IS NULL OR status = $status)
        AND ($code IS NULL OR document_id IN (SELECT document_id FROM findings WHERE code = $code))
    ORDER BY source_uri, document_id
"""


def documents_at(path: Path) -> tuple[StoredDocument, ...]:
    """All documents of the database at `path`."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the documents of {path} cannot be read"):
            return stored_documents(connection, Choice())


def stored_documents(connection: Connection, choice: Choice) -> tuple[StoredDocument, ...]:
    """The documents that a choice means, in the order of their addresses."""
    rows = connection.execute(_CHOSEN, choice._asdict()).fetchall()
    return tuple(StoredDocument(*row) for row in rows)
