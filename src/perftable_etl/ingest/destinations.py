"""Where an ingest leads: into a database, or into parts for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.job import Plan, ingest
from perftable_etl.ingest.loading import OnEvent, ParseAll, Sink, Summary
from perftable_etl.ingest.shards import PartFolder, Share, ingest_share
from perftable_etl.load.lock import one_job, one_writer
from perftable_etl.load.warehouse import Warehouse


class Ingest(Protocol):
    """Carries out a plan; `on_event` hears of it as it happens."""

    def __call__(self, plan: Plan, /, *, archive: Archive | None, parse_all: ParseAll, on_event: OnEvent) -> Summary:
        """What the run did."""


class Destination(NamedTuple):
    """What is known there of files, and how a plan for them is carried out."""

    known: Sink
    ingest: Ingest


@contextmanager
def into_database(path: Path, reader: str) -> Iterator[Destination]:
    """The database at `path`, for this job alone."""
    with one_job(path, "ingest"), Warehouse(path, reader) as warehouse:
        yield Destination(warehouse, partial(ingest, warehouse=warehouse))


@contextmanager
def into_parts(folder: Path, reader: str, share: Share) -> Iterator[Destination]:
    """The parts of a share, in a folder of their own below `folder`, for this job alone."""
    place = folder / share.folder_name
    with one_writer(place, "ingest"), PartFolder(place, reader, str(share)) as parts:
        yield Destination(parts, partial(ingest_share, parts=parts))
