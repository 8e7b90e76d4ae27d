"""Machines that a scheduler of Dask leads. The only module that knows distributed.

A task is a batch of files. Few tasks are under way at once, however many files there are, and a result is dropped once
it is counted, so that the scheduler's graph stays small. A lost worker's batch is given to another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from perftable_etl.errors import PerftableError, UsageError, WorkerError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.ingest.batches import Batch, ReadAll
from perftable_etl.ingest.loading import Summary

TASKS_PER_THREAD = 3
"""Batches handed out ahead, for each thread of the workers."""

_RETRIES = 2
"""How often a batch is given out again whose task has failed."""


@contextmanager
def cluster(address: str) -> Iterator[ReadAll]:
    """The workers of the scheduler at `address`, to read batches. Raises UsageError, or WorkerError without workers."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("--dask needs the library distributed. Install perftable-etl[dask].") from error
    try:
        client = Client(address, timeout="20s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no scheduler of Dask answers at {address} ({error}). Start one, or correct the address."
        ) from error
    with client:
        _require_workers(client, address)
        yield partial(_read_all, client)


def _read_all(client: Any, read_batch: Callable[[Batch], Summary], batches: Iterator[Batch]) -> Iterator[Summary]:
    from distributed import as_completed  # noqa: PLC0415 - an extra

    def submitted(some: Iterable[Batch]) -> list[Any]:
        return [client.submit(read_batch, batch, pure=False, retries=_RETRIES) for batch in some]

    threads = sum(client.nthreads().values())
    under_way = as_completed(submitted(islice(batches, threads * TASKS_PER_THREAD)), loop=client.loop)
    for task in under_way:
        yield _result(task)
        task.release()
        under_way.update(submitted(islice(batches, 1)))


def _result(task: Any) -> Summary:
    try:
        summary: Summary = task.result()
    except PerftableError:
        raise
    except Exception as error:
        raise WorkerError(
            f"a batch failed {_RETRIES + 1} times ({type(error).__name__}: {error}). What other batches sealed stays. "
            "Correct this, and run the same command again."
        ) from error
    return summary


def _require_workers(client: Any, address: str) -> None:
    """Raises WorkerError where nobody would read, and UsageError where a worker reads otherwise than this process."""
    theirs = client.run(fingerprint)
    if not theirs:
        raise WorkerError(f"the scheduler at {address} has no workers. Start some, as with: dask worker {address}")
    if others := [worker for worker, reader in theirs.items() if reader != fingerprint()]:
        raise UsageError(
            f"the reader of {', '.join(others)} is another one than here. "
            "Install the same version of perftable-etl and of its libraries on all machines."
        )
