"""What workers make of files, for tests that wait for all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

from perftable_etl.ingest import crew
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.reader import Parse
from perftable_etl.load.tables import DocumentRow


def parse_all(files: Iterable[Path], parse: Parse, workers: int, limits: Limits) -> Generator[DocumentRow]:
    """The row of each file."""
    with closing(crew.parse_all(files, parse, workers, limits)) as readings:
        for reading in readings:
            if reading:
                yield reading.document
