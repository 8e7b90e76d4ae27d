"""One ingest of files on this machine: what the ledger lets be read is read, stored, and the run noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.formats import SUFFIXES
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.collection import ORIGIN, Collection
from perftable_etl.ingest.fetching import Device, NotTaken, Visit, bytes_of
from perftable_etl.ingest.files import FoundFiles
from perftable_etl.ingest.folders import FileEntry, Unlisted
from perftable_etl.ingest.ledger import Action, Stamp, action_for, pending, seen
from perftable_etl.ingest.loading import NOTED_AT_ONCE, OnEvent, ParseAll, Summary, concluded, counting, load_files
from perftable_etl.ingest.other_kinds import OtherKind
from perftable_etl.ingest.sink import Known
from perftable_etl.load.result import LeftAlone
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.stores.address import Place
from perftable_etl.stores.pages import StoredObject
from perftable_etl.system.clock import now
from perftable_etl.system.disk import digest_of
from perftable_etl.system.disk_list import DiskList, some

AT_ONCE = 1000
"""Files that the ledger is asked for at once."""


@dataclass(frozen=True)
class Plan:
    """What to do with all files that were found; and which others were there, of kinds that cannot be read.

    Files of more than `max_bytes` are not read. `unseen` is what could not be looked at. `folder` is what was named,
    where that was one folder.
    """

    visits: DiskList[Visit]
    other_kinds: tuple[OtherKind, ...] = ()
    max_bytes: int = MAX_BYTES
    unseen: tuple[Unlisted, ...] = ()
    folder: Path | None = None

    @cached_property
    def actions(self) -> Counter[Action]:
        """How many files there are, by what is to be done with them."""
        return Counter(visit.action for visit in self.visits)

    def to_read(self) -> Iterator[Visit]:
        """The files to read, in the order they were found."""
        return (visit for visit in self.visits if visit.action == "read")

    def left_alone(self, troubles: int) -> LeftAlone:
        """How many files are not read, by the reason."""
        return LeftAlone(
            skipped=self.actions["skip"],
            waiting=self.actions["wait"],
            quarantined=self.actions["quarantined"],
            unreached=troubles,
            forgotten=self.actions["forgotten"],
        )


def plan(found: FoundFiles, known: Known, max_bytes: int = MAX_BYTES) -> Plan:
    """What to do with each file that was found. Those named one by one are read whatever became of them before."""
    visits = DiskList(visit for entries in some(found.entries, AT_ONCE) for visit in _visits(entries, found, known))
    return Plan(visits, found.other_kinds, max_bytes, found.unseen, found.folder)


def verified(plan: Plan) -> Plan:
    """The same, but files left alone for looking unchanged are read where their bytes are others after all."""
    return replace(plan, visits=DiskList(_verified(visit, plan.max_bytes) for visit in plan.visits))


def ingest(
    plan: Plan, warehouse: Warehouse, archive: Archive | None, parse_all: ParseAll, on_event: OnEvent
) -> Summary:
    """Does what was planned; `on_event` hears of it as it happens."""
    with counting(on_event) as hear:
        return _ingest(plan, warehouse, archive, parse_all, hear)


def _ingest(
    plan: Plan, warehouse: Warehouse, archive: Archive | None, parse_all: ParseAll, on_event: OnEvent
) -> Summary:
    run = warehouse.start_run()
    on_event(run)
    if archive:
        archive.clear_partial()
    collection = Collection(archive, plan.max_bytes, on_event)
    collection.note_unseen(plan.unseen)
    for visits in some(plan.visits, NOTED_AT_ONCE):
        warehouse.note([visit.entry for visit in visits])
    loaded = load_files(collection.arrivals(plan.to_read()), warehouse, parse_all, on_event)
    summary = concluded(warehouse, run, loaded, plan.left_alone(len(collection.troubles)), collection.troubles)
    looked_for = () if plan.visits else SUFFIXES
    return summary._replace(other_kinds=plan.other_kinds, folder=plan.folder, looked_for=looked_for)


class _Before(NamedTuple):
    """What is known before a run: the ledger, who reads, and when it begins."""

    ledger: Mapping[str, LedgerRow]
    reader: str
    moment: datetime


class _Told(NamedTuple):
    """The address of a file, what its place tells of it, and what it is on."""

    uri: str
    stamp: Stamp
    device: Device


def _visits(entries: Sequence[FileEntry | StoredObject], found: FoundFiles, known: Known) -> list[Visit]:
    told = [_told_of(entry) for entry in entries]
    before = _Before(known.entries([one.uri for one in told]), known.reader, now())
    return [_visit(entry.path, one, found, before) for entry, one in zip(entries, told, strict=True)]


def _visit(path: Place, told: _Told, found: FoundFiles, before: _Before) -> Visit:
    uri, stamp, device = told
    row = before.ledger.get(uri)
    is_named, is_called = found.names(path), path in found.named
    what = action_for(row, stamp, before.reader, before.moment)
    if is_called or (is_named and what != "forgotten"):
        what = "read"
    if row is None or what == "read":
        arriving = pending(row, uri, ORIGIN, stamp, before.moment)
        return Visit(path, "read", arriving, device, is_named, is_called)
    return Visit(path, what, seen(row, before.moment), device)


def _told_of(entry: FileEntry | StoredObject) -> _Told:
    if isinstance(entry, StoredObject):
        return _Told(str(entry.path), Stamp(entry.size, entry.modified, entry.etag), entry.path.bucket)
    status = entry.status
    return _Told(entry.place.as_uri(), Stamp(status.st_size, str(status.st_mtime_ns)), status.st_dev)


def _verified(visit: Visit, max_bytes: int) -> Visit:
    if visit.action in {"read", "forgotten"} or _is_still(visit, max_bytes):
        return visit
    return visit._replace(action="read", entry=visit.entry._replace(state="pending", attempts=0, retry_at=None))


def _is_still(visit: Visit, max_bytes: int) -> bool:
    with suppress(NotTaken):
        return digest_of(bytes_of(visit, max_bytes)) == visit.entry.document_id
    return False
