"""The rows of sealed parts that a run wants to know before it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from perftable_etl.load.arrow import read_parquet
from perftable_etl.load.columns import Row, Table
from perftable_etl.load.parts.folder import SealedPart
from perftable_etl.load.tables import DOCUMENTS, LEDGER, DocumentRow, LedgerRow
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store
from perftable_etl.system.disk_list import some

_AT_ONCE = 20
"""Files that a store is asked for at once."""


def documents_of(parts: Iterable[SealedPart]) -> Iterator[DocumentRow]:
    """The documents of parts. Raises OSError, StoreError."""
    for row in _rows_of(parts, DOCUMENTS):
        yield DocumentRow(*row)


def ledger_of_parts(parts: Iterable[SealedPart]) -> dict[str, LedgerRow]:
    """What parts say of every file, by its source URI: the last one counts. Raises OSError, StoreError."""
    rows = [LedgerRow(*row) for row in _rows_of(parts, LEDGER)]
    return {row.source_uri: row for row in sorted(rows, key=lambda row: row.last_seen_at)}


def _rows_of(parts: Iterable[SealedPart], table: Table) -> Iterator[Row]:
    for batch in some(parts, _AT_ONCE):
        for content in _contents([part.folder / f"{table.name}.parquet" for part in batch]):
            yield from read_parquet(content)


def _contents(files: Sequence[Path | Address]) -> Iterator[Path | bytes]:
    """The files as they can be read: those of a store by their bytes."""
    stored = [file for file in files if isinstance(file, Address)]
    yield from (file for file in files if isinstance(file, Path))
    if stored:
        yield from Store.of(stored[0]).read_all(stored)
