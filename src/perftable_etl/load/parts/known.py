"""What is known of files by the parts that were written so far, for whoever decides what to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from perftable_etl.errors import WarehouseError
from perftable_etl.load.parts.places import sealed_at
from perftable_etl.load.parts.rows import ledger_of_parts
from perftable_etl.load.tables import LedgerRow
from perftable_etl.stores.address import Place


class KnownParts:
    """The sealed parts below a folder. `reader` is the fingerprint of whoever reads now."""

    def __init__(self, folder: Place, reader: str) -> None:
        self._folder = folder
        self.reader = reader

    def entries(self, source_uris: Sequence[str]) -> dict[str, LedgerRow]:
        """What they say of some files, by their source URIs. Raises WarehouseError."""
        return {uri: self._ledger[uri] for uri in source_uris if uri in self._ledger}

    @cached_property
    def _ledger(self) -> dict[str, LedgerRow]:
        try:
            return ledger_of_parts(sealed_at(self._folder))
        except OSError as error:
            raise WarehouseError(
                f"the parts below {self._folder} cannot be read ({error.strerror or error}). "
                "Check the disk and its permissions."
            ) from error
