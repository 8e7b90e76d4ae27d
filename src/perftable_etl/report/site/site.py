"""The site of a database: read, written and drawn, and then put in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UnreadableFile
from perftable_etl.formats import PDF
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.whereabouts import places_of
from perftable_etl.load.database import Connection, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.report.site.catalogue import catalogue
from perftable_etl.report.site.codes import codes
from perftable_etl.report.site.folder import MARKER, Marker, NewSite, drafted, marker_of
from perftable_etl.report.site.identity import identity
from perftable_etl.report.site.json_script import Json, json_script
from perftable_etl.report.site.overview import overview
from perftable_etl.report.site.pages import asset_files, document_page, documents_page, overview_page
from perftable_etl.report.site.printed import DPI, PrintTask
from perftable_etl.report.site.printing import PrintedDocument, print_documents
from perftable_etl.report.site.queue import queue, sheets
from perftable_etl.report.site.records import SiteRecord, records
from perftable_etl.report.site.rows import Row
from perftable_etl.report.site.terms import terms

_PRINT = 1
"""Counted up when images and tables are made in another way, so that those of older sites are made again."""

_FIRST_PAGES = 10
"""How many pages are shown of a file that has no form and no finding."""


class SiteOrder(NamedTuple):
    """Which database becomes a site in which folder; where the files may be; who draws them."""

    db: Path
    to: Path
    archives: Sequence[Archive]
    workers: int
    limits: Limits


class SiteResult(NamedTuple):
    """What was made: documents, those drawn anew, those whose bytes are nowhere, those that cannot be drawn.

    `written` counts the files that are new or changed.
    """

    documents: int
    drawn: int
    not_found: int
    not_drawn: int
    written: int


Follow = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Told how many documents are to be drawn, gives what is told of each that is."""


@contextmanager
def _unheard(_total: int) -> Iterator[Callable[[int], None]]:
    yield lambda _done: None


def build_site(order: SiteOrder, follow: Follow = _unheard) -> SiteResult:
    """Makes or renews the site in a folder.

    Raises UsageError where the folder is not ours or cannot be written, WarehouseError where the database cannot be
    read, WorkerError where no worker starts. Then the folder is as it was.
    """
    before = marker_of(order.to)
    with drafted(order.to) as draft:
        build = _Build(order, draft, before)
        with (
            closing(open_to_query(order.db, read_only=True)) as connection,
            explained(connection, f"{order.db} cannot be read"),
        ):
            require_current(connection, order.db)
            tasks = list(build.write(connection))
        with follow(len(tasks)) as advance:
            for printed in print_documents(tasks, order.workers, order.limits):
                build.take(printed)
                advance(1)
        return build.finish()


def short(document_id: Json) -> str:
    """The part of a document's id that its files are named by."""
    return str(document_id)[:16]


class _Build:
    """A site on its way."""

    def __init__(self, order: SiteOrder, draft: NewSite, before: Marker) -> None:
        self._order, self._draft, self._before = order, draft, before
        self._printed: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._documents = self._drawn = self._not_found = self._not_drawn = 0

    def write(self, connection: Connection) -> Iterator[PrintTask]:
        """Writes all but images and tables; yields which of those are to be made."""
        for name, content in asset_files():
            self._draft.put(f"assets/{name}", content)
        found = catalogue(connection)
        self._documents = len(found)
        self._give("site", {"identity": identity(connection), "terms": terms(), "codes": codes(connection)})
        self._give("overview", overview(connection))
        self._give("documents", found)
        waiting = sheets(connection)
        self._give("queue", queue(waiting))
        self._draft.put("index.html", overview_page())
        self._draft.put("documents.html", documents_page())
        for record in records(connection, [str(document["document_id"]) for document in found], waiting):
            yield from self._write_record(record)

    def take(self, printed: PrintedDocument) -> None:
        """Keeps what a worker made of a document."""
        key = short(printed.document_id)
        self._drawn += 1
        if isinstance(printed.failure, UnreadableFile):
            self._not_found += 1
        else:
            self._printed[key] = self._keys[key]
            self._not_drawn += printed.failure is not None
        self._draft.put(f"printed/{key}/printed.js", json_script("printed", _shown(printed)))

    def finish(self) -> SiteResult:
        """Writes what the site was made of."""
        marker = json.dumps({"printed": dict(sorted(self._printed.items()))}, indent=0)
        self._draft.put(MARKER, marker.encode())
        return SiteResult(self._documents, self._drawn, self._not_found, self._not_drawn, self._draft.written)

    def _give(self, name: str, data: Json) -> None:
        self._draft.put(f"data/{name}.js", json_script(name, data))

    def _write_record(self, record: SiteRecord) -> Iterator[PrintTask]:
        key = short(record.document["document_id"])
        self._draft.put(f"records/{key}.js", json_script("record", record.content))
        self._draft.put(f"documents/{key}.html", document_page(key, str(record.document["file_name"])))
        pages = _pages(record)
        self._keys[key] = f"{_PRINT} {DPI} {' '.join(map(str, sorted(pages)))}"
        if self._before.printed.get(key) == self._keys[key] and self._draft.keep(f"printed/{key}"):
            self._printed[key] = self._keys[key]
            return
        yield self._task(record.document, pages, self._draft.folder(f"printed/{key}"))

    def _task(self, document: Row, pages: frozenset[int], folder: Path) -> PrintTask:
        document_id, name = str(document["document_id"]), str(document["file_name"])
        places = tuple(places_of(document_id, str(document["source_uri"]), self._order.archives))
        return PrintTask(document_id, name, places, pages, folder, self._order.limits.max_bytes)


def _pages(record: SiteRecord) -> frozenset[int]:
    """The pages to show: those with something on them, else the first ones, to see why there is nothing."""
    if record.pages or record.document.get("media_type") != PDF.media_type:
        return record.pages or frozenset({1})
    count = record.document.get("page_count")
    return frozenset(range(1, min(count if isinstance(count, int) else 0, _FIRST_PAGES) + 1))


def _shown(printed: PrintedDocument) -> Json:
    if isinstance(printed.failure, UnreadableFile):
        return {"kind": "none", "reason": "not_found"}
    if isinstance(printed.shown, Mapping):
        return {**printed.shown, "reason": "failed"} if printed.failure else printed.shown
    return {"kind": "none", "reason": "failed", "message": str(printed.failure)}
