"""A file ready to be read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.tables import LedgerRow
from perftable_etl.system.disk import digest_of


class Arrival(NamedTuple):
    """A file ready to be read: its pending entry in the ledger, its name for people, its bytes and their hash.

    `before` is the hash of what was last found at its place. A file that someone named is read though its bytes are
    known; one that `is_called`, though its document was taken out. One that is no longer at its place, or has no place,
    is not `at_place`: the ledger learns nothing of it. What `is_copy` was fetched to be read, and goes afterwards.
    """

    entry: LedgerRow
    name: str
    path: Path
    document_id: str
    before: str | None = None
    is_named: bool = False
    at_place: bool = True
    is_called: bool = False
    is_copy: bool = False

    def release(self) -> None:
        """Deletes the bytes where they are a copy made to be read."""
        if self.is_copy:
            self.path.unlink(missing_ok=True)

    @property
    def id_by_address(self) -> str | None:
        """The id of an object that was not fetched, for which its address stands in; None for all others."""
        uri = self.entry.source_uri
        return digest_of([uri.encode()]) if self.is_copy and self.document_id == uri else None
