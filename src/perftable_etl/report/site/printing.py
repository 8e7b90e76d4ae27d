"""The images and tables of many documents, made in worker processes: no file can do harm to the report on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

from perftable_etl.errors import ReadError, TookTooLong, UnreadableFile
from perftable_etl.ingest.ceilings import require_room
from perftable_etl.ingest.crew import IN_FLIGHT_PER_WORKER
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import Limits
from perftable_etl.report.site.json_script import Json
from perftable_etl.report.site.printed import PrintTask, print_document

_MOST_TRIED = 50
"""Pages of a file that cannot be drawn as a whole, that are tried one by one: each may end its worker."""


class PrintedDocument(NamedTuple):
    """What a document shows; `failure` says why it shows nothing, or not all."""

    document_id: str
    shown: Json
    failure: ReadError | None


def print_documents(tasks: Iterable[PrintTask], workers: int, limits: Limits) -> Generator[PrintedDocument]:
    """What documents show, in their order. Raises WorkerError where worker processes cannot be had."""
    require_room(limits.megabytes, workers)
    idle: SimpleQueue[Worker] = SimpleQueue()
    crew = [Worker(limits) for _ in range(workers)]
    for worker in crew:
        idle.put(worker)
    threads = ThreadPoolExecutor(workers)
    try:
        waiting: deque[Future[PrintedDocument]] = deque()
        for task in tasks:
            waiting.append(threads.submit(_printed, task, idle))
            if len(waiting) >= workers * IN_FLIGHT_PER_WORKER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in crew:
            worker.dismiss()
        threads.shutdown()


def _printed(task: PrintTask, idle: SimpleQueue[Worker]) -> PrintedDocument:
    worker = idle.get()
    try:
        return PrintedDocument(task.document_id, worker.call(print_document, task), None)
    except (TookTooLong, UnreadableFile) as error:
        return PrintedDocument(task.document_id, None, error)
    except ReadError as error:
        return PrintedDocument(task.document_id, _page_by_page(task, worker), error)
    finally:
        idle.put(worker)


def _page_by_page(task: PrintTask, worker: Worker) -> Json:
    """What the file shows without the pages that cannot be drawn, of which there may be one."""
    pages: list[Json] = []
    for number in sorted(task.pages)[:_MOST_TRIED] if len(task.pages) > 1 else ():
        try:
            shown = worker.call(print_document, task._replace(pages=frozenset({number})))
        except ReadError:
            continue
        if not isinstance(shown, dict) or shown["kind"] != "pages":
            return None
        pages += shown["pages"]
    return {"kind": "pages", "pages": pages} if pages else None
