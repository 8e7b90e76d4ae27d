"""Which documents and sources need a person: a new form, findings, silence."""

from __future__ import annotations

from typing import Literal, NamedTuple

from perftable_etl.load.database import Connection
from perftable_etl.load.tables import DOCUMENTS
from perftable_etl.load.visits import Silence, silences
from perftable_etl.records import Record


class Pile(Record):
    """The documents of one source that need a person for one reason; `source` is None where it is unknown.

    `review`: they have an error or a warning that nobody has decided. `no_forms`: they have no known form.
    """

    source: str | None
    status: Literal["review", "no_forms"]
    uris: tuple[str, ...]


class Formless(Record):
    """A source whose documents have no known form: their form may be new."""

    source: str | None
    documents: int


class Attention(Record):
    """What needs a person, beside the findings themselves."""

    documents: tuple[Pile, ...] = ()
    formless: tuple[Formless, ...] = ()
    silences: tuple[Silence, ...] = ()


class AttentionScope(NamedTuple):
    """What a person is told of: the documents whose ids are in a table, and the sources that a run asked; None: all."""

    among: str = DOCUMENTS.name
    run_id: str | None = None


# Documents that could be read, with the source that found them at the place they were read from.
_FOUND = """
WITH found AS (
    SELECT
        document_id, source_uri, origin AS source, status,
        document_id IN (SELECT document_id FROM projects) AS has_projects
    FROM current_documents LEFT JOIN (SELECT source_uri, origin FROM ledger) USING (source_uri)
    WHERE status <> 'failed' AND document_id IN (SELECT document_id FROM {among})
)
"""
_PILES = """
SELECT source, status, list(source_uri ORDER BY source_uri)
FROM found WHERE status IN ('review', 'no_forms') GROUP BY source, status ORDER BY status, source
"""
_FORMLESS = "SELECT source, count(*) FROM found GROUP BY source HAVING NOT bool_or(has_projects) ORDER BY source"


EVERYTHING = AttentionScope()


def attention(connection: Connection, scope: AttentionScope = EVERYTHING) -> Attention:
    """What needs a person."""
    found = _FOUND.format(among=scope.among)
    piles = connection.execute(found + _PILES).fetchall()
    formless = connection.execute(found + _FORMLESS).fetchall()
    return Attention(
        documents=tuple(Pile(source=source, status=status, uris=tuple(uris)) for source, status, uris in piles),
        formless=tuple(Formless(source=source, documents=count) for source, count in formless),
        silences=silences(connection, scope.run_id),
    )
