"""Files of this machine on the way from their places to whoever reads them."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from perftable_etl.errors import UnreadableFile
from perftable_etl.failures import name_of
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.arrival import Arrival
from perftable_etl.ingest.copies import Copies, Kept
from perftable_etl.ingest.fetching import Device, NotTaken, Visit, bytes_of, taken_ahead
from perftable_etl.ingest.folders import Unlisted, look_at
from perftable_etl.ingest.loading import OnEvent, Trouble
from perftable_etl.load.tables import LedgerRow
from perftable_etl.stores.address import Address, Place
from perftable_etl.system.disk import digest_of

ORIGIN = "ingest"
"""Who found the files named on the command line, for the ledger."""


@dataclass
class Collection:
    """Files on the way from their places to whoever reads them; and those that are left for the next run."""

    archive: Archive | None
    max_bytes: int
    on_event: OnEvent
    troubles: list[Trouble] = field(default_factory=list)
    silent: set[Device] = field(default_factory=set)
    copies: Copies = field(default_factory=Copies)

    def arrivals(self, visits: Iterable[Visit]) -> Iterator[Arrival]:
        """The files to read, one by one as they are asked for."""
        for visit, arrived in taken_ahead(visits, self._arrival, self._is_far):
            try:
                arrival = arrived()
            except NotTaken as error:
                self._leave(visit, error)
            else:
                yield arrival

    def _arrival(self, visit: Visit) -> Arrival:
        """A file whose bytes are here, with the stamp that it has right then. Raises NotTaken."""
        kept = self._taken(visit)
        return Arrival(
            entry=_as_read(visit),
            name=_name_of(visit.path),
            path=kept.path,
            document_id=kept.document_id,
            before=visit.entry.document_id,
            is_named=visit.is_named,
            is_called=visit.is_called,
            is_copy=kept.is_copy,
        )

    def _is_far(self, visit: Visit) -> bool:
        """Whether a store has to answer for a file: its own, or that of the archive."""
        return isinstance(visit.path, Address) or (self.archive is not None and self.archive.is_far)

    def _taken(self, visit: Visit) -> Kept:
        """Where to read a file's bytes, and their hash; its address where there are none to be had, which is told then.

        Raises NotTaken where the next run may have them.
        """
        try:
            return self._kept(visit)
        except NotTaken as error:
            if error.is_for_now:
                raise
            return self._unread(visit)

    def _kept(self, visit: Visit) -> Kept:
        if visit.device in self.silent:
            kind = "store" if isinstance(visit.path, Address) else "disk"
            raise NotTaken(TimeoutError(errno.ETIMEDOUT, f"its {kind} did not answer before"))
        if not visit.entry.byte_size:
            return self._unread(visit)
        data = bytes_of(visit, self.max_bytes)
        if self.archive:
            return self.archive.add(data, visit.path.suffix)
        if isinstance(visit.path, Address):
            return self.copies.add(data, visit.path.suffix)
        return Kept(visit.path, digest_of(data))

    def _unread(self, visit: Visit) -> Kept:
        """A file that the parser will say no to: itself, or one of the same size in place of an object."""
        if isinstance(visit.path, Address):
            path = self.copies.blank(visit.entry.byte_size or 0, visit.path.suffix)
            return Kept(path, visit.entry.source_uri, is_copy=True)
        return Kept(visit.path, visit.entry.source_uri)

    def _leave(self, visit: Visit, error: NotTaken) -> None:
        if error.is_of_the_device:
            self.silent.add(visit.device)
        self._note_trouble(visit.entry.source_uri, f"is left for the next run: {error.reason.rstrip('.')}")

    def note_unseen(self, unseen: Iterable[Unlisted]) -> None:
        """Keeps and tells what could not be looked at."""
        for one in unseen:
            self._note_trouble(one.path.absolute().as_uri(), one.reason)

    def _note_trouble(self, uri: str, message: str) -> None:
        trouble = Trouble(ORIGIN, uri, UnreadableFile.code, message)
        self.troubles.append(trouble)
        self.on_event(trouble)


def _as_read(visit: Visit) -> LedgerRow:
    """The entry with the stamp that the file has now: it may have changed since it was found.

    By the stamp of then, bytes of a moment would count for those that the file had then and may have again.
    """
    if isinstance(visit.path, Address):
        return visit.entry  # its bytes were compared with the list
    try:
        status = look_at(visit.path).status
    except OSError:
        return visit.entry  # whoever reads it says so
    return visit.entry._replace(byte_size=status.st_size, modified=str(status.st_mtime_ns))


def _name_of(place: Place) -> str:
    return place.name if isinstance(place, Address) else name_of(place)
