"""What workers make of files, for tests that wait for all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

from perftable_etl.ingest import isolation
from perftable_etl.ingest.isolation import Parse
from perftable_etl.ingest.limits import Limits
from perftable_etl.records import Outcome


def parse_all(files: Iterable[Path], parse: Parse, workers: int, limits: Limits) -> Generator[Outcome]:
    """The outcomes alone."""
    with closing(isolation.parse_all(files, parse, workers, limits)) as outcomes:
        for outcome in outcomes:
            if outcome:
                yield outcome
