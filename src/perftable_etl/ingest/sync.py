"""One sync: what sources have that is new or changed is fetched, kept in the archive, read, and the run noted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import InternalFault, NotAsked, PerftableError, SourceError
from perftable_etl.formats import suffix_of
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.arrival import Arrival
from perftable_etl.ingest.ledger import Action, Stamp, action_for, failed, pending, seen
from perftable_etl.ingest.loading import OnEvent, ParseAll, Summary, Trouble, concluded, counting, load_files
from perftable_etl.ingest.page_contents import PageContents
from perftable_etl.ingest.sources.source import Fetched, Listing, PublicationSource, Validators
from perftable_etl.load.result import LeftAlone
from perftable_etl.load.tables import LedgerRow, RunRow
from perftable_etl.load.visit import VisitRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.clock import now
from perftable_etl.system.disk import chunks_of

_READ = frozenset({"ok", "review", "no_forms"})


class Offer(NamedTuple):
    """A file that a source lists, and what would be done with it."""

    source: PublicationSource
    listing: Listing
    action: Action


def offers(
    sources: Iterable[PublicationSource], ledger: Mapping[str, LedgerRow], reader: str
) -> Iterator[Offer | Trouble]:
    """All that sources list, for the reader with this fingerprint.

    Nothing is fetched; a file whose list does not tell its version may yet be unchanged.
    """
    moment = now()
    for source in sources:
        try:
            for listing in source.list():
                what = action_for(ledger.get(listing.uri), _stamp(listing), reader, moment)
                yield Offer(source, listing, what)
        except Exception as error:
            fault = _fault(error, source.name)
            yield Trouble(source.name, None, fault.code, str(fault))


def sync(
    sources: Iterable[PublicationSource], warehouse: Warehouse, archive: Archive, parse_all: ParseAll, on_event: OnEvent
) -> Summary:
    """Takes in what sources have; `on_event` hears of it as it happens."""
    with counting(on_event) as hear:
        return _sync(sources, warehouse, archive, parse_all, hear)


def _sync(
    sources: Iterable[PublicationSource], warehouse: Warehouse, archive: Archive, parse_all: ParseAll, on_event: OnEvent
) -> Summary:
    run = warehouse.start_run()
    on_event(run)
    archive.clear_partial()
    sources = tuple(sources)
    with archive.landing() as folder, closing(PageContents()) as contents:
        delivery = _Delivery(warehouse, archive, folder, contents, on_event)
        loaded = load_files(delivery.arrivals(sources), warehouse, parse_all, on_event)
    warehouse.note(delivery.seen)
    warehouse.note_visits([delivery.visit(run, source) for source in sources])
    return concluded(warehouse, run, loaded, delivery.left_alone, delivery.troubles)


@dataclass
class _Delivery:
    """What sources deliver on the way from their lists to the archive, and what they do not."""

    warehouse: Warehouse
    archive: Archive
    folder: Path
    contents: PageContents
    on_event: OnEvent
    seen: list[LedgerRow] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    brought: Counter[str] = field(default_factory=Counter)

    @property
    def left_alone(self) -> LeftAlone:
        kinds = ("skip", "wait", "quarantined", "unreached", "forgotten")
        return LeftAlone(*(self.counts[kind] for kind in kinds))

    def visit(self, run: RunRow, source: PublicationSource) -> VisitRow:
        """What a source gave in this run, by its name, of which there is one."""
        name, patience = source.name, source.patience
        return VisitRow(
            run.run_id, name, now(), self.listed[name], self.brought[name], patience.silent_after, patience.idle_after
        )

    def arrivals(self, sources: Iterable[PublicationSource]) -> Iterator[Arrival]:
        """The files to read, one by one as they are asked for."""
        ledger = self.warehouse.ledger()
        for offer in offers(sources, ledger, self.warehouse.reader):
            if isinstance(offer, Trouble):
                self._note_trouble(offer)
                continue
            self.listed[offer.source.name] += 1
            row = ledger.get(offer.listing.uri)
            if offer.action == "read":
                yield from self._fetched(offer, row)
            elif row:
                self._leave_alone(row, offer.action)

    def _leave_alone(self, row: LedgerRow, what: Action) -> None:
        self.counts[what] += 1
        self.seen.append(seen(row, now()))

    def _fetched(self, offer: Offer, row: LedgerRow | None) -> Iterator[Arrival]:
        """The file, if it can be had and is not what was read before."""
        is_kept = self._is_kept(row)
        try:
            fetched = offer.source.fetch(offer.listing, _validators(row) if is_kept else None, self.folder)
        except Exception as error:
            self._note_failure(offer, row, _fault(error, offer.listing.uri))
            return
        if isinstance(fetched, Fetched):
            if row is None or not is_kept or not self._says_the_same(row, fetched):
                yield self._keep(offer, row, fetched)
                return
            fetched.data_path.unlink()
            row = _with_stamp(row, _stamp_of(offer.listing, fetched))
        kept = self._kept(row) if row and not _is_read(row, self.warehouse.reader) else None
        if row and kept:
            entry = pending(row, row.source_uri, row.origin, Stamp(row.byte_size, row.modified, row.etag), now())
            is_copy = self.archive.has_copied(kept)
            yield Arrival(entry, offer.listing.name, kept, str(row.document_id), row.document_id, is_copy=is_copy)
        elif row:
            self._leave_alone(row, "skip")

    def _is_kept(self, row: LedgerRow | None) -> bool:
        """Whether the archive has the bytes that were last fetched; only then need they not be fetched again."""
        return row is not None and row.document_id is not None and self.archive.has(row.document_id)

    def _kept(self, row: LedgerRow) -> Path | None:
        """Where the archive has them."""
        return self.archive.find(row.document_id) if row.document_id else None

    def _says_the_same(self, row: LedgerRow, fetched: Fetched) -> bool:
        """Whether a fetched page says what the kept one does; other files are not looked for."""
        if not self.contents.can_compare(fetched):
            return False
        kept = self._kept(row)
        return kept is not None and self.contents.are_same(kept, fetched)

    def _keep(self, offer: Offer, row: LedgerRow | None, fetched: Fetched) -> Arrival:
        """The fetched file in the archive, and in the ledger as one that is about to be read."""
        listing, data = offer.listing, chunks_of(fetched.data_path, sys.maxsize)  # its source has bounded it
        path, document_id, is_copy = self.archive.add(data, suffix_of(fetched.media_type))
        fetched.data_path.unlink()
        entry = pending(row, listing.uri, offer.source.name, _stamp_of(listing, fetched), now())._replace(
            document_id=document_id
        )
        self.warehouse.note([entry])
        before = row.document_id if row else None
        self.brought[offer.source.name] += document_id != before
        return Arrival(entry, listing.name, path, document_id, before, is_copy=is_copy)

    def _note_failure(self, offer: Offer, row: LedgerRow | None, error: SourceError) -> None:
        listing = offer.listing
        if not isinstance(error, NotAsked):
            entry = row or pending(None, listing.uri, offer.source.name, _stamp(listing), now())
            self.warehouse.note([failed(seen(entry, now()), f"{error.code}: {error}", now())])
        self.counts["unreached"] += 1
        self._note_trouble(Trouble(offer.source.name, listing.uri, error.code, str(error)))

    def _note_trouble(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)
        self.on_event(trouble)


def _fault(error: Exception, what: str) -> SourceError:
    """What went wrong at a source. What no source foresees is a fault of the program, and ends that source alone.

    Raises `error` where it ends the run: an archive that cannot be written, a signal.
    """
    if isinstance(error, SourceError):
        return error
    if isinstance(error, PerftableError):
        raise error
    cause = " ".join(f"{type(error).__name__}: {error}".split())
    return InternalFault(f"the program failed at {what} ({cause}); report this with the address")


def _stamp(listing: Listing) -> Stamp:
    return Stamp(listing.size, listing.modified, listing.etag)


def _stamp_of(listing: Listing, fetched: Fetched) -> Stamp:
    """What was told with the bytes is theirs; the listing is from before."""
    return Stamp(listing.size, fetched.modified or listing.modified, fetched.etag or listing.etag)


def _with_stamp(row: LedgerRow, stamp: Stamp) -> LedgerRow:
    """The entry of a page whose bytes are others and whose tables are the same: it is the document it was."""
    return row._replace(byte_size=stamp.byte_size, modified=stamp.modified, etag=stamp.etag)


def _validators(row: LedgerRow | None) -> Validators | None:
    return Validators(row.etag, row.modified) if row else None


def _is_read(row: LedgerRow, reader: str) -> bool:
    """Whether this reader has read the bytes that the ledger knows."""
    return row.state in _READ and row.fingerprint == reader
