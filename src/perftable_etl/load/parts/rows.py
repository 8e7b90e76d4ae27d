"""The rows of a sealed part that a run wants to know before it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perftable_etl.load.arrow import read_parquet
from perftable_etl.load.parts.folder import SealedPart
from perftable_etl.load.tables import DOCUMENTS, LEDGER, DocumentRow, LedgerRow


def documents_of(part: SealedPart) -> Iterator[DocumentRow]:
    """The documents of a part. Raises OSError."""
    for row in read_parquet(part.folder / f"{DOCUMENTS.name}.parquet"):
        yield DocumentRow(*row)


def ledger_of_parts(parts: Iterable[SealedPart]) -> dict[str, LedgerRow]:
    """What parts say of every file, by its source URI: the last one counts. Raises OSError."""
    rows = [row for part in parts for row in _ledger_of(part)]
    return {row.source_uri: row for row in sorted(rows, key=lambda row: row.last_seen_at)}


def _ledger_of(part: SealedPart) -> Iterator[LedgerRow]:
    for row in read_parquet(part.folder / f"{LEDGER.name}.parquet"):
        yield LedgerRow(*row)
