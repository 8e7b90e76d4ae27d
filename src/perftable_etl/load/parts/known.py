"""What is known of files by the parts that were written so far, for whoever decides what to read."""

from __future__ import annotations

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

    def ledger(self) -> dict[str, LedgerRow]:
        """What they say of every file, by its source URI. Raises WarehouseError."""
        try:
            return ledger_of_parts(sealed_at(self._folder))
        except OSError as error:
            raise WarehouseError(
                f"the parts below {self._folder} cannot be read ({error.strerror or error}). "
                "Check the disk and its permissions."
            ) from error
