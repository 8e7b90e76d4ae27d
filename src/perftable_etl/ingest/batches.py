"""Batches of files for many machines: each is read into a folder of parts of its own, wherever and however often."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perftable_etl.clock import now
from perftable_etl.disk_list import DiskList, some
from perftable_etl.errors import WorkerError
from perftable_etl.ingest.collection import Visit
from perftable_etl.ingest.files import Found
from perftable_etl.ingest.folders import look_at
from perftable_etl.ingest.job import Plan, plan
from perftable_etl.ingest.loading import OnEvent, Summary
from perftable_etl.ingest.means import Means
from perftable_etl.ingest.shards import PartFolder, ingest_share
from perftable_etl.load.lock import one_writer
from perftable_etl.load.result import LoadResult, begun_run, counted

FILES_PER_BATCH = 500
"""A batch takes seconds to minutes: long beside what it costs to hand it out, short beside what is lost with it."""


class Batch(NamedTuple):
    """What a machine needs to read some files: their paths, the folder for the parts, how files are read, how large."""

    paths: tuple[Path, ...]
    named: frozenset[Path]
    folder: Path
    means: Means
    max_bytes: int


ReadAll = Callable[[Callable[[Batch], Summary], Iterator[Batch]], Iterator[Summary]]
"""Has other machines read batches; the summaries come in the order in which batches are done."""


def ingest_batches(plan: Plan, folder: Path, means: Means, read_all: ReadAll, on_event: OnEvent) -> Summary:
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


def batches(plan: Plan, folder: Path, means: Means) -> Iterator[Batch]:
    """The files to read, so many at a time; the folder of a batch follows from its files."""
    for visits in some(plan.to_read(), FILES_PER_BATCH):
        paths = tuple(visit.path.absolute() for visit in visits)
        yield Batch(paths, _named(visits), folder.absolute() / f"batch-{_id_of(paths)}", means, plan.max_bytes)


def read_batch(batch: Batch) -> Summary:
    """Reads a batch into parts. What an earlier attempt sealed stays, what it left half-written goes."""
    _require_children()
    with (
        one_writer(batch.folder, "ingest"),
        PartFolder(batch.folder, batch.means.reader, batch.folder.name) as parts,
    ):
        return ingest_share(plan(_found(batch), parts, batch.max_bytes), parts, batch.means, lambda _: None)


def _named(visits: Sequence[Visit]) -> frozenset[Path]:
    return frozenset(visit.path.absolute() for visit in visits if visit.is_named)


def _found(batch: Batch) -> Found:
    """The files that are still there; one that has gone meanwhile is none of the folder any more."""
    entries = []
    for path in batch.paths:
        with suppress(FileNotFoundError):
            entries.append(look_at(path))
    return Found(tuple(entries), batch.named, ())


def _id_of(paths: Sequence[Path]) -> str:
    text = "\0".join(path.as_posix() for path in paths)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _require_children() -> None:
    """Files are read in processes of their own, which a daemon may not start. Raises WorkerError."""
    if multiprocessing.current_process().daemon:
        raise WorkerError(
            "the worker of Dask is a daemon, which cannot start the processes that read files. "
            "Set DASK_DISTRIBUTED__WORKER__DAEMON=False where the workers start, and start them again."
        )
