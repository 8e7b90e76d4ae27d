"""Batches of files for many machines: each is read into a folder of parts of its own, wherever and however often."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import WorkerError
from perftable_etl.ingest.fetching import Visit
from perftable_etl.ingest.files import FoundFiles
from perftable_etl.ingest.folders import FileEntry, look_at
from perftable_etl.ingest.job import Plan, plan
from perftable_etl.ingest.loading import OnEvent, Summary
from perftable_etl.ingest.means import Means
from perftable_etl.ingest.shards import PartFolder, ingest_share
from perftable_etl.load.parts.places import alone_at
from perftable_etl.load.result import LoadResult, begun_run, counted
from perftable_etl.stores.address import Address, Place, absolute
from perftable_etl.stores.pages import StoredObject
from perftable_etl.system.clock import now
from perftable_etl.system.disk_list import DiskList, some

FILES_PER_BATCH = 500
"""A batch takes seconds to minutes: long beside what it costs to hand it out, short beside what is lost with it."""


class Batch(NamedTuple):
    """What a machine needs to read some files: where they are, the folder for parts, how they are read, how large."""

    files: tuple[Path | StoredObject, ...]
    named: frozenset[Place]
    folder: Place
    means: Means
    max_bytes: int


ReadAll = Callable[[Callable[[Batch], Summary], Iterator[Batch]], Iterator[Summary]]
"""Has other machines read batches; the summaries come in the order in which batches are done."""


def ingest_batches(plan: Plan, folder: Place, means: Means, read_all: ReadAll, on_event: OnEvent) -> Summary:
    """Has what was planned read into parts below `folder`; `on_event` hears of each document once its batch is done."""
    run = begun_run()
    on_event(run)
    results = DiskList[LoadResult]()
    left_alone = plan.left_alone(0)
    summary = Summary(run, ())
    for done in read_all(read_batch, batches(plan, folder, means)):
        for result in done.results:
            on_event(result)
            results.append(result)
        for trouble in done.troubles:
            on_event(trouble)
        summary = summary._replace(copies=summary.copies + done.copies, troubles=(*summary.troubles, *done.troubles))
    unread = left_alone._replace(unreached=len(summary.troubles))
    return summary._replace(
        run=counted(run, results, unread)._replace(finished_at=now()),
        results=results,
        other_kinds=plan.other_kinds,
        folder=plan.folder,
    )


def batches(plan: Plan, folder: Place, means: Means) -> Iterator[Batch]:
    """The files to read, so many at a time; the folder of a batch follows from its files."""
    for visits in some(plan.to_read(), FILES_PER_BATCH):
        files = tuple(_file_of(visit) for visit in visits)
        yield Batch(files, _named(visits), absolute(folder) / f"batch-{_id_of(files)}", means, plan.max_bytes)


def read_batch(batch: Batch) -> Summary:
    """Reads a batch into parts. What an earlier attempt sealed stays, what it left half-written goes."""
    _require_children()
    with (
        alone_at(batch.folder, "ingest"),
        PartFolder(batch.folder, batch.means.reader, batch.folder.name) as parts,
    ):
        return ingest_share(plan(_found(batch), parts, batch.max_bytes), parts, batch.means, lambda _: None)


def _file_of(visit: Visit) -> Path | StoredObject:
    """Where another machine finds a file; an object with what was listed of it, which need not be asked again."""
    if isinstance(visit.path, Address):
        return StoredObject(visit.path, visit.entry.byte_size or 0, visit.entry.modified, visit.entry.etag)
    return visit.path.absolute()


def _named(visits: Sequence[Visit]) -> frozenset[Place]:
    return frozenset(absolute(visit.path) for visit in visits if visit.is_named)


def _found(batch: Batch) -> FoundFiles:
    """The files that are still there; one that has gone meanwhile is none of the folder any more."""
    entries: list[FileEntry | StoredObject] = []
    for file in batch.files:
        with suppress(FileNotFoundError):
            entries.append(file if isinstance(file, StoredObject) else look_at(file))
    return FoundFiles(tuple(entries), batch.named, ())


def _id_of(files: Sequence[Path | StoredObject]) -> str:
    text = "\0".join(str(file.path if isinstance(file, StoredObject) else file) for file in files)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _require_children() -> None:
    """Files are read in processes of their own, which a daemon may not start. Raises WorkerError."""
    if multiprocessing.current_process().daemon:
        raise WorkerError(
            "the worker of Dask is a daemon, which cannot start the processes that read files. "
            "Set DASK_DISTRIBUTED__WORKER__DAEMON=False where the workers start, and start them again."
        )
