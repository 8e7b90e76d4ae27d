"""The rows of a sealed part that a run wants to know before it goes on."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.load.arrow import read_parquet
from perftable_etl.load.parts.folder import SealedPart
from perftable_etl.load.tables import DOCUMENTS, LEDGER, DocumentRow, LedgerRow


def documents_of(part: SealedPart) -> Iterator[DocumentRow]:
    """The documents of a part. Raises OSError."""
    for row in read_parquet(part.folder / f"{DOCUMENTS.name}.parquet"):
        yield DocumentRow(*row)


def ledger_of(part: SealedPart) -> Iterator[LedgerRow]:
    """The ledger's entries of a part. Raises OSError."""
    for row in read_parquet(part.folder / f"{LEDGER.name}.parquet"):
        yield LedgerRow(*row)
