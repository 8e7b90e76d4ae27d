"""One ingest: parse the files, store each outcome, note the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perftable_etl.ingest.batch import Parse, parse_all
from perftable_etl.load.receipt import Receipt
from perftable_etl.load.warehouse import Warehouse


def ingest(files: tuple[Path, ...], warehouse: Warehouse, parse: Parse, workers: int) -> Iterator[Receipt]:
    """Reads `files` into the database and yields what each did, as it is done."""
    run = warehouse.start_run()
    receipts = []
    for outcome in parse_all(files, parse, workers):
        receipts.append(warehouse.store(outcome))
        yield receipts[-1]
    warehouse.finish_run(run, receipts)
