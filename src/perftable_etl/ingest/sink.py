"""What an ingest asks of the place where its documents go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from perftable_etl.load.result import LoadResult
from perftable_etl.load.storing import Reading
from perftable_etl.load.tables import LedgerRow
from perftable_etl.records import Status


class Known(Protocol):
    """What is known of files before a run. `reader` is the fingerprint of whoever reads."""

    reader: str

    def ledger(self) -> dict[str, LedgerRow]:
        """What is known of every file, by its source URI."""


class Sink(Known, Protocol):
    """Where documents go: a database, or parts for one."""

    def read_before(self) -> dict[str, Status]:
        """The documents that this reader has read, failed ones left out, and their status."""

    def forgotten(self) -> frozenset[str]:
        """The documents that a person has taken out."""

    def store_all(self, readings: Sequence[Reading]) -> list[LoadResult]:
        """Stores all rows of documents, with what the ledger now says of their places."""

    def note(self, entries: Sequence[LedgerRow]) -> None:
        """Puts entries into the ledger in place of earlier ones."""
