"""Parts into a database, set by set: the same rows in whatever order parts come, and as if one machine had read all.

A document that several parts have counts once: where it could be read rather than where that failed, as the later of
several readers has it, and at the first of its places, in the order that folders are searched. What this database has
read itself stays, unless a part has a later reading of another reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.columns import Table
from perftable_etl.load.database import Connection
from perftable_etl.load.parts.folder import SealedPart
from perftable_etl.load.result import Counts
from perftable_etl.load.tables import DOCUMENTS, LEDGER, LOADED_PARTS, OF_DOCUMENTS, LoadedPartRow
from perftable_etl.system.clock import now

_GIVEN = "CREATE OR REPLACE TEMP TABLE given AS SELECT unnest($folders) AS folder, unnest($ids) AS part_id"

# Of each document the reading that counts among these parts. `place` is its address, part by part.
_OFFERED = """
CREATE OR REPLACE TEMP TABLE offered AS
WITH rated AS (
    SELECT
        documents.* EXCLUDE (part_id, filename),
        given.part_id,
        string_split(url_decode(source_uri), '/') AS place,
        max(ingested_at) OVER (PARTITION BY document_id, fingerprint) AS read_at
    FROM read_parquet($files, filename = true) AS documents
    JOIN given ON given.folder = parse_dirpath(documents.filename)
)
SELECT * REPLACE (min(first_seen_at) OVER (PARTITION BY document_id) AS first_seen_at)
FROM rated
ANTI JOIN (SELECT document_id FROM ledger WHERE state = 'forgotten') AS forgotten USING (document_id)
QUALIFY row_number() OVER (
    PARTITION BY document_id ORDER BY status = 'failed', read_at DESC, place, ingested_at, part_id
) = 1
"""

# Those that take the place of what is stored, or are new; `change` is as of documents that are stored one by one.
_TAKEN = """
CREATE OR REPLACE TEMP TABLE taken AS
SELECT
    offered.* EXCLUDE (place, read_at) REPLACE (
        least(offered.first_seen_at, stored.first_seen_at) AS first_seen_at
    ),
    CASE
        WHEN stored.document_id IS NULL THEN 'new'
        WHEN stored.record_hash = offered.record_hash THEN 'unchanged'
        ELSE 'changed'
    END AS change
FROM offered LEFT JOIN documents AS stored USING (document_id)
WHERE stored.document_id IS NULL
    OR (stored.status = 'failed' AND offered.status <> 'failed')
    OR (
        (stored.status = 'failed') = (offered.status = 'failed')
        AND CASE
            WHEN stored.fingerprint IS DISTINCT FROM offered.fingerprint THEN offered.read_at > stored.ingested_at
            ELSE stored.part_id IS NOT NULL AND place < string_split(url_decode(stored.source_uri), '/')
        END
    )
"""

_LEDGER = """
CREATE OR REPLACE TEMP TABLE entered AS
SELECT heard.* EXCLUDE (filename) REPLACE (
    least(heard.first_seen_at, known.first_seen_at) AS first_seen_at
)
FROM read_parquet($files, filename = true) AS heard
LEFT JOIN ledger AS known USING (source_uri)
WHERE known.state IS DISTINCT FROM 'forgotten'
    AND heard.last_seen_at >= coalesce(known.last_seen_at, heard.last_seen_at)
QUALIFY row_number() OVER (PARTITION BY source_uri ORDER BY heard.last_seen_at DESC, heard.document_id) = 1
"""

_ALL_ROWS = "SELECT * FROM read_parquet($files)"

_ROWS_OF_TAKEN = """
SELECT rows.* EXCLUDE (filename)
FROM read_parquet($files, filename = true) AS rows
JOIN given ON given.folder = parse_dirpath(rows.filename)
SEMI JOIN taken ON taken.document_id = rows.document_id AND taken.part_id = given.part_id
"""

_COUNTS = """
SELECT
    count(*),
    count(*) FILTER (WHERE change = 'new'),
    count(*) FILTER (WHERE change = 'changed'),
    count(*) FILTER (WHERE change = 'unchanged'),
    count(*) FILTER (WHERE status = 'failed')
FROM taken
"""


def merge(connection: Connection, parts: Sequence[SealedPart]) -> Counts:
    """Takes in parts, to be called within a transaction, and counts what they brought.

    What they have and did not bring is in the database already. `relate` is for the caller, once all are in.
    """
    folders = [str(part.folder) for part in parts]
    connection.execute(_GIVEN, {"folders": folders, "ids": [part.manifest.part_id for part in parts]})
    connection.execute(_OFFERED, {"files": _files(parts, DOCUMENTS)})
    connection.execute(_TAKEN)
    connection.execute(_LEDGER, {"files": _files(parts, LEDGER)})
    sorted_parts = _sorted(connection, parts)
    rows = {table.name: _move(connection, sorted_parts, table) for table in OF_DOCUMENTS}
    connection.execute("DELETE FROM ledger WHERE source_uri IN (SELECT source_uri FROM entered)")
    connection.execute("INSERT INTO ledger BY NAME FROM entered")
    connection.from_arrow(arrow_table(LOADED_PARTS, [_loaded(part) for part in parts])).insert_into(LOADED_PARTS.name)
    documents, new, changed, unchanged, failed = connection.execute(_COUNTS).fetchall()[0]
    for table in ("given", "offered", "taken", "entered"):
        connection.execute(f"DROP TABLE {table}")
    return Counts(documents, new, changed, unchanged, failed, rows["projects"], rows["indicators"], rows["findings"])


class _Sorted(NamedTuple):
    """Parts whose documents are all taken, and the others: rows of the first need not be looked for one by one."""

    whole: list[SealedPart]
    others: list[SealedPart]


def _sorted(connection: Connection, parts: Sequence[SealedPart]) -> _Sorted:
    taken = dict(connection.execute("SELECT part_id, count(*) FROM taken GROUP BY part_id").fetchall())
    whole = [part for part in parts if taken.get(part.manifest.part_id) == part.manifest.documents]
    return _Sorted(whole, [part for part in parts if part not in whole])


def _move(connection: Connection, parts: _Sorted, table: Table) -> int:
    """Puts the rows of the documents that are taken in place of earlier ones, and counts them."""
    connection.execute(
        f"DELETE FROM {table.name} WHERE document_id IN (SELECT document_id FROM taken WHERE change <> 'new')"
    )
    if table is DOCUMENTS:
        return _insert(connection, table, "SELECT * EXCLUDE (change) FROM taken")
    ways = ((parts.whole, _ALL_ROWS), (parts.others, _ROWS_OF_TAKEN))
    return sum(_insert(connection, table, rows, files=_files(own, table)) for own, rows in ways if own)


def _insert(connection: Connection, table: Table, rows: str, **parameters: list[str]) -> int:
    """Adds what a query gives, and counts it."""
    return int(connection.execute(f"INSERT INTO {table.name} BY NAME {rows}", parameters).fetchall()[0][0])


def _files(parts: Sequence[SealedPart], table: Table) -> list[str]:
    return [str(part.folder / f"{table.name}.parquet") for part in parts]


def _loaded(part: SealedPart) -> LoadedPartRow:
    manifest = part.manifest
    return LoadedPartRow(
        part_id=manifest.part_id,
        share=manifest.share,
        fingerprint=manifest.fingerprint,
        parser_version=manifest.parser_version,
        documents=manifest.documents,
        indicators=manifest.indicators,
        sealed_at=manifest.sealed_at,
        loaded_at=now(),
    )
