"""Another chance for files that failed: they are taken out of their wait, and the next run reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from perftable_etl.errors import UsageError
from perftable_etl.ingest.ledger import forgiven
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.web.addresses import meant, shown


def retry(warehouse: Warehouse, addresses: Collection[str], folder: Path) -> tuple[LedgerRow, ...]:
    """The new entries of those files; of all that failed where none is named.

    A file is named by its address in any spelling, paths from `folder` on. Raises UsageError for any other file.
    """
    failed = {uri: row for uri, row in warehouse.ledger().items() if row.state in {"failed", "quarantined"}}
    uris = dict.fromkeys(_named(addresses, failed, folder) if addresses else failed)
    entries = tuple(forgiven(failed[uri]) for uri in uris)
    warehouse.note(entries)
    return entries


def _named(addresses: Collection[str], failed: Mapping[str, LedgerRow], folder: Path) -> Iterator[str]:
    for address in addresses:
        found = meant(address, failed, folder)
        if not found:
            raise UsageError(
                f"{address} is not a failed file. `perftable-etl status` lists the failed files. Give one "
                f"as it appears there."
            )
        if len(found) > 1:
            several = ", ".join(shown(uri, folder) for uri in found)
            raise UsageError(f"{address} matches {several}. Give one of them in full.")
        yield found[0]
