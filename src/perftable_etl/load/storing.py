"""Documents into the tables, several at once: a transaction costs as much as a dozen of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.columns import Table
from perftable_etl.load.corrections.overlay import refresh
from perftable_etl.load.database import Connection
from perftable_etl.load.result import Change, LoadResult, result_of
from perftable_etl.load.rows import DocumentRows, FileRows
from perftable_etl.load.tables import LEDGER, OF_DOCUMENTS, DocumentRow, LedgerRow

STORED_NOW = "stored_now"
"""A temporary table of the documents that were stored since `begin_to_note`."""


class _KnownDocument(NamedTuple):
    """What the database has of a document."""

    record_hash: str
    first_seen_at: datetime | None


def store_readings(connection: Connection, readings: Sequence[FileRows]) -> list[LoadResult]:
    """Puts all rows of each document in place of earlier ones; where they are the same, only what read them last.

    To be called within a transaction.
    """
    stored = _stored(connection, [reading.document.document_id for reading in readings])
    taken: dict[str, DocumentRows] = {}
    results = []
    for read in readings:
        reading = read.stored_now()
        change = _change(reading.document, stored, taken)
        results.append(result_of(reading, change))
        taken[reading.document.document_id] = reading.rows
    _write(connection, taken, stored)
    note(connection, [reading.entry for reading in readings if reading.entry])
    return results


def note(connection: Connection, entries: Sequence[LedgerRow]) -> None:
    """Puts entries into the ledger in place of earlier ones, to be called within a transaction."""
    places = [entry.source_uri for entry in entries]
    connection.execute("DELETE FROM ledger WHERE source_uri IN (SELECT unnest(?))", [places])
    insert(connection, LEDGER, entries)


def begin_to_note(connection: Connection) -> None:
    """From now on `stored_now` has what this connection stores."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {STORED_NOW} (document_id VARCHAR)")


def note_stored(connection: Connection, results: Sequence[LoadResult]) -> None:
    """Notes what was just stored."""
    ids = [result.document_id for result in results]
    connection.execute(f"INSERT INTO {STORED_NOW} SELECT unnest(?)", [ids])


def insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds rows to a table."""
    if rows:
        connection.from_arrow(arrow_table(table, rows)).insert_into(table.name)


def _stored(connection: Connection, document_ids: list[str]) -> dict[str, _KnownDocument]:
    rows = connection.execute(
        "SELECT document_id, record_hash, first_seen_at FROM documents WHERE document_id IN (SELECT unnest(?))",
        [document_ids],
    ).fetchall()
    return {document_id: _KnownDocument(*known) for document_id, *known in rows}


def _change(document: DocumentRow, stored: dict[str, _KnownDocument], taken: dict[str, DocumentRows]) -> Change:
    """What a reading changes, after those taken before it."""
    document_id = document.document_id
    if document_id in taken:
        before = taken[document_id].document.record_hash
    elif document_id in stored:
        before = stored[document_id].record_hash
    else:
        return "new"
    return "unchanged" if before == document.record_hash else "changed"


def _write(connection: Connection, taken: dict[str, DocumentRows], stored: dict[str, _KnownDocument]) -> None:
    same = [rows.document for rows in taken.values() if _is_same(rows, stored)]
    others = [_dated(rows, stored) for rows in taken.values() if not _is_same(rows, stored)]
    replaced = [rows.document.document_id for rows in others if rows.document.document_id in stored]
    for table, table_rows in _by_table(others):
        if replaced:
            connection.execute(f"DELETE FROM {table.name} WHERE document_id IN (SELECT unnest(?))", [replaced])
        insert(connection, table, table_rows)
    _note_readers(connection, same)
    if others:
        refresh(connection, [rows.document.document_id for rows in others])


def _is_same(rows: DocumentRows, stored: dict[str, _KnownDocument]) -> bool:
    known = stored.get(rows.document.document_id)
    return known is not None and known.record_hash == rows.document.record_hash


def _dated(rows: DocumentRows, stored: dict[str, _KnownDocument]) -> DocumentRows:
    """The rows with the time when these bytes were first read."""
    known = stored.get(rows.document.document_id)
    return rows._replace(document=rows.document._replace(first_seen_at=known.first_seen_at)) if known else rows


def _by_table(documents: Iterable[DocumentRows]) -> Iterator[tuple[Table, list[tuple[Any, ...]]]]:
    """The rows of documents, table by table."""
    tables = [((rows.document,), *rows[1:]) for rows in documents]
    for table, of_documents in zip(OF_DOCUMENTS, zip(*tables, strict=True), strict=False):
        yield table, list(chain.from_iterable(of_documents))


def _note_readers(connection: Connection, documents: Sequence[DocumentRow]) -> None:
    """Says what read documents last: another reader that reads the same changes nothing else."""
    for document in documents:
        connection.execute(
            "UPDATE documents SET parser_version = $version, fingerprint = $fingerprint WHERE document_id = $id"
            " AND (parser_version, fingerprint) IS DISTINCT FROM ($version, $fingerprint)",
            {"version": document.parser_version, "fingerprint": document.fingerprint, "id": document.document_id},
        )
