"""One ingest: parse the files, store each outcome, note the run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

from perftable_etl.ingest.files import Found
from perftable_etl.ingest.isolation import Limits, Parse, parse_all
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
    found: Found,
    warehouse: Warehouse,
    parse: Parse,
    workers: int,
    limits: Limits,
    on_receipt: Callable[[Receipt], None],
) -> Summary:
    """Reads the files into the database; `on_receipt` hears of each as it is done."""
    run = warehouse.start_run()
    receipts = []
    with closing(parse_all(found.files, parse, workers, limits)) as outcomes:
        for outcome in outcomes:
            receipt = warehouse.store(outcome)
            on_receipt(receipt)
            receipts.append(receipt)
    return Summary(found, warehouse.finish_run(run, receipts), tuple(receipts))
