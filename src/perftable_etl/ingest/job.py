"""One ingest: parse the files, store each outcome, note the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from perftable_etl.ingest.batch import Parse, parse_all
from perftable_etl.ingest.files import Found
from perftable_etl.load.receipt import Receipt
from perftable_etl.load.tables import RunRow
from perftable_etl.load.warehouse import Warehouse


class Summary(NamedTuple):
    """What one ingest found and did."""

    found: Found
    run: RunRow
    receipts: tuple[Receipt, ...]

    @property
    def exit_code(self) -> int:
        """0 when every file was read, 1 when some failed."""
        return 1 if self.run.failed else 0


def ingest(
    found: Found, warehouse: Warehouse, parse: Parse, workers: int, on_receipt: Callable[[Receipt], None]
) -> Summary:
    """Reads the files into the database; `on_receipt` hears of each as it is done."""
    run = warehouse.start_run()
    receipts = []
    for outcome in parse_all(found.files, parse, workers):
        receipt = warehouse.store(outcome)
        on_receipt(receipt)
        receipts.append(receipt)
    return Summary(found, warehouse.finish_run(run, receipts), tuple(receipts))
