"""One ingest of files on this machine: what the ledger lets be read is read, stored, and the run noted."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.clock import now
from perftable_etl.disk import Changed, chunks_of, digest_of
from perftable_etl.errors import UnreadableFile
from perftable_etl.formats import SUFFIXES
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.files import Found
from perftable_etl.ingest.folders import Entry, Unseen, look_at
from perftable_etl.ingest.ledger import Action, Stamp, action_for, pending, seen
from perftable_etl.ingest.loading import Arrival, OnEvent, ParseAll, Summary, Trouble, concluded, counting, load_files
from perftable_etl.ingest.other_kinds import OtherKind
from perftable_etl.load.result import LeftAlone
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import name_of

ORIGIN = "ingest"
"""Who found the files named on the command line, for the ledger."""


class Visit(NamedTuple):
    """A file that was found: its path, what is to be done with it, and its entry in the ledger from now on.

    `is_named`: someone asked for this very file. `device` is the disk that it is on.
    """

    path: Path
    action: Action
    entry: LedgerRow
    device: int
    is_named: bool = False


class Plan(NamedTuple):
    """What to do with all files that were found; and which others were there, of kinds that cannot be read.

    Files of more than `max_bytes` are not read. `unseen` is what could not be looked at. `folder` is what was named,
    where that was one folder.
    """

    visits: tuple[Visit, ...]
    other_kinds: tuple[OtherKind, ...] = ()
    max_bytes: int = MAX_BYTES
    unseen: tuple[Unseen, ...] = ()
    folder: Path | None = None

    @property
    def to_read(self) -> tuple[Visit, ...]:
        """The files to read, in the order they were found."""
        return tuple(visit for visit in self.visits if visit.action == "read")

    def left_alone(self, troubles: int) -> LeftAlone:
        """How many files are not read, by the reason."""
        actions = [visit.action for visit in self.visits]
        return LeftAlone(actions.count("skip"), actions.count("wait"), actions.count("quarantined"), troubles)


def plan(found: Found, warehouse: Warehouse, max_bytes: int = MAX_BYTES) -> Plan:
    """What to do with each file that was found. Those named one by one are read whatever became of them before."""
    known = _Known(warehouse.ledger(), warehouse.reader, now())
    visits = (_visit(entry, entry.path in found.named, known) for entry in found.entries)
    return Plan(tuple(visits), found.other_kinds, max_bytes, found.unseen, found.folder)


def verified(plan: Plan) -> Plan:
    """The same, but files left alone for looking unchanged are read where their bytes are others after all."""
    return plan._replace(visits=tuple(_verified(visit, plan.max_bytes) for visit in plan.visits))


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
    collection = _Collection(archive, plan.max_bytes, on_event)
    for unseen in plan.unseen:
        collection.note_trouble(unseen.path.absolute().as_uri(), unseen.reason)
    warehouse.note([visit.entry for visit in plan.visits])
    loaded = load_files(collection.arrivals(plan.to_read), warehouse, parse_all, on_event)
    summary = concluded(warehouse, run, loaded, plan.left_alone(len(collection.troubles)), collection.troubles)
    looked_for = () if plan.visits else SUFFIXES
    return summary._replace(other_kinds=plan.other_kinds, folder=plan.folder, looked_for=looked_for)


class _Known(NamedTuple):
    """What is known before a run: the ledger, who reads, and when it begins."""

    ledger: Mapping[str, LedgerRow]
    reader: str
    moment: datetime


def _visit(found: Entry, is_named: bool, known: _Known) -> Visit:
    uri, stamp = found.place.as_uri(), Stamp(found.status.st_size, str(found.status.st_mtime_ns))
    row = known.ledger.get(uri)
    what = "read" if is_named else action_for(row, stamp, known.reader, known.moment)
    device = found.status.st_dev
    if row is None or what == "read":
        return Visit(found.path, "read", pending(row, uri, ORIGIN, stamp, known.moment), device, is_named)
    return Visit(found.path, what, seen(row, known.moment), device)


def _verified(visit: Visit, max_bytes: int) -> Visit:
    if visit.action == "read" or _is_still(visit, max_bytes):
        return visit
    return visit._replace(action="read", entry=visit.entry._replace(state="pending", attempts=0, retry_at=None))


def _is_still(visit: Visit, max_bytes: int) -> bool:
    with suppress(_NotTaken):
        return digest_of(_bytes_of(visit.path, max_bytes)) == visit.entry.document_id
    return False


class _NotTaken(Exception):
    """The bytes of a file cannot be had. No OSError, which would be one of the archive."""

    def __init__(self, cause: OSError) -> None:
        self.cause = cause


@dataclass
class _Collection:
    """Files on the way from their places to whoever reads them; and those that are left for the next run."""

    archive: Archive | None
    max_bytes: int
    on_event: OnEvent
    troubles: list[Trouble] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)

    def arrivals(self, visits: Iterable[Visit]) -> Iterator[Arrival]:
        """The files to read, one by one as they are asked for."""
        for visit in visits:
            try:
                path, document_id = self._taken(visit)
            except _NotTaken as error:
                self._leave(visit, error.cause)
                continue
            yield Arrival(
                entry=_as_read(visit),
                name=name_of(visit.path),
                path=path,
                document_id=document_id or visit.entry.source_uri,
                before=visit.entry.document_id,
                is_named=visit.is_named,
            )

    def _taken(self, visit: Visit) -> tuple[Path, str | None]:
        """Where to read a file's bytes, and their hash; None where there are none to be had, which the parser will say.

        Raises _NotTaken where the next run may have them.
        """
        try:
            return self._kept(visit)
        except _NotTaken as error:
            if isinstance(error.cause, Changed | TimeoutError):
                raise
            return visit.path, None

    def _kept(self, visit: Visit) -> tuple[Path, str | None]:
        if visit.device in self.silent:
            raise _NotTaken(TimeoutError(errno.ETIMEDOUT, "its disk did not answer before"))
        if not visit.entry.byte_size:
            return visit.path, None
        data = _bytes_of(visit.path, self.max_bytes)
        return self.archive.add(data, visit.path.suffix) if self.archive else (visit.path, digest_of(data))

    def _leave(self, visit: Visit, cause: OSError) -> None:
        if isinstance(cause, TimeoutError):
            self.silent.add(visit.device)
        self.note_trouble(visit.entry.source_uri, f"is left for the next run: {cause.strerror}")

    def note_trouble(self, uri: str, message: str) -> None:
        """Keeps what went wrong at a file or folder, and tells it."""
        trouble = Trouble(ORIGIN, uri, UnreadableFile.code, message)
        self.troubles.append(trouble)
        self.on_event(trouble)


def _as_read(visit: Visit) -> LedgerRow:
    """The entry with the stamp that the file has now: it may have changed since it was found.

    By the stamp of then, bytes of a moment would count for those that the file had then and may have again.
    """
    try:
        status = look_at(visit.path).status
    except OSError:
        return visit.entry  # whoever reads it says so
    return visit.entry._replace(byte_size=status.st_size, modified=str(status.st_mtime_ns))


def _bytes_of(path: Path, max_bytes: int) -> Iterator[bytes]:
    try:
        yield from chunks_of(path, max_bytes)
    except OSError as error:
        raise _NotTaken(error) from error
