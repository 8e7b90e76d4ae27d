"""Another chance for files that failed: they are taken out of their wait, and the next run reads them."""

from __future__ import annotations

from collections.abc import Collection

from perftable_etl.errors import UsageError
from perftable_etl.load.ledger import forgiven
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse


def retry(warehouse: Warehouse, uris: Collection[str]) -> tuple[LedgerRow, ...]:
    """The new entries of those files; of all that failed where none is named. Raises UsageError for any other file."""
    failed = {uri: row for uri, row in warehouse.ledger().items() if row.state in {"failed", "quarantined"}}
    for uri in uris:
        if uri not in failed:
            raise UsageError(
                f"{uri} is no file that failed. `perftable-etl status` lists them, each as it is to be named."
            )
    entries = tuple(forgiven(failed[uri]) for uri in uris or failed)
    warehouse.note(entries)
    return entries
