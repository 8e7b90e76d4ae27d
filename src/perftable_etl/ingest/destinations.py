"""Where an ingest leads: into a database, into parts for one, or into parts that many machines write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from perftable_etl.ingest.batches import ingest_batches
from perftable_etl.ingest.cluster import cluster
from perftable_etl.ingest.job import Plan, ingest
from perftable_etl.ingest.loading import OnEvent, Summary
from perftable_etl.ingest.means import Means
from perftable_etl.ingest.shards import PartFolder, Share, ingest_share
from perftable_etl.ingest.sink import Known
from perftable_etl.load.lock import one_job
from perftable_etl.load.parts.known import KnownParts
from perftable_etl.load.parts.places import alone_at
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.stores.address import Place


class Destination(NamedTuple):
    """What is known there of files, and how a plan for them is carried out."""

    known: Known
    ingest: Callable[[Plan, OnEvent], Summary]


@contextmanager
def into_database(path: Path, means: Means) -> Iterator[Destination]:
    """The database at `path`, for this job alone."""
    with one_job(path, "ingest"), Warehouse(path, means.reader) as warehouse:
        yield Destination(
            warehouse, lambda plan, on_event: ingest(plan, warehouse, means.archive, means.parse_all, on_event)
        )


@contextmanager
def into_parts(folder: Place, means: Means, share: Share) -> Iterator[Destination]:
    """The parts of a share, in a folder of their own below `folder`, for this job alone."""
    place = folder / share.folder_name
    with alone_at(place, "ingest"), PartFolder(place, means.reader, str(share)) as parts:
        yield Destination(parts, lambda plan, on_event: ingest_share(plan, parts, means, on_event))


@contextmanager
def into_parts_of_many(folder: Place, means: Means, address: str) -> Iterator[Destination]:
    """Parts below `folder` that the workers of a Dask scheduler write, each a batch of files at a time."""
    with alone_at(folder, "ingest"), cluster(address) as read_all:
        known = KnownParts(folder, means.reader)
        yield Destination(known, lambda plan, on_event: ingest_batches(plan, folder, means, read_all, on_event))
