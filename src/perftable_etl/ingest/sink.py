"""What an ingest asks of the place where its documents go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from perftable_etl.load.result import LoadResult
from perftable_etl.load.rows import FileRows
from perftable_etl.load.tables import LedgerRow
from perftable_etl.records import Status


class Known(Protocol):
    """What is known of files before a run. `reader` is the fingerprint of whoever reads."""

    reader: str

    def entries(self, source_uris: Sequence[str]) -> dict[str, LedgerRow]:
        """What the ledger has of some files, by their source URIs."""


class Sink(Known, Protocol):
    """Where documents go: a database, or parts for one."""

    def read_before(self) -> set[str]:
        """The documents that this reader has read, failed ones left out."""

    def statuses(self, document_ids: Sequence[str]) -> dict[str, Status]:
        """The status of each of some documents, where this reader has read it; failed ones are left out."""

    def forgotten(self) -> frozenset[str]:
        """The documents that a person has taken out."""

    def store_all(self, readings: Sequence[FileRows]) -> list[LoadResult]:
        """Stores all rows of documents, with what the ledger now says of their places."""

    def note(self, entries: Sequence[LedgerRow]) -> None:
        """Puts entries into the ledger in place of earlier ones."""
