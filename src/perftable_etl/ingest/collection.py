"""Files of this machine on the way from their places to whoever reads them."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perftable_etl.disk import Changed, chunks_of, digest_of
from perftable_etl.errors import UnreadableFile
from perftable_etl.failures import name_of
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.folders import Unseen, look_at
from perftable_etl.ingest.ledger import Action
from perftable_etl.ingest.loading import Arrival, OnEvent, Trouble
from perftable_etl.load.tables import LedgerRow

ORIGIN = "ingest"
"""Who found the files named on the command line, for the ledger."""


class Visit(NamedTuple):
    """A file that was found: its path, what is to be done with it, and its entry in the ledger from now on.

    `is_named`: it is read whatever is known of it. `device` is the disk that it is on. `is_called`: the call names this
    very file, which brings back a document that was taken out.
    """

    path: Path
    action: Action
    entry: LedgerRow
    device: int
    is_named: bool = False
    is_called: bool = False


class NotTaken(Exception):
    """The bytes of a file cannot be had. No OSError, which would be one of the archive."""

    def __init__(self, cause: OSError) -> None:
        self.cause = cause


@dataclass
class Collection:
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
            except NotTaken as error:
                self._leave(visit, error.cause)
                continue
            yield Arrival(
                entry=_as_read(visit),
                name=name_of(visit.path),
                path=path,
                document_id=document_id or visit.entry.source_uri,
                before=visit.entry.document_id,
                is_named=visit.is_named,
                is_called=visit.is_called,
            )

    def _taken(self, visit: Visit) -> tuple[Path, str | None]:
        """Where to read a file's bytes, and their hash; None where there are none to be had, which the parser will say.

        Raises NotTaken where the next run may have them.
        """
        try:
            return self._kept(visit)
        except NotTaken as error:
            if isinstance(error.cause, Changed | TimeoutError):
                raise
            return visit.path, None

    def _kept(self, visit: Visit) -> tuple[Path, str | None]:
        if visit.device in self.silent:
            raise NotTaken(TimeoutError(errno.ETIMEDOUT, "its disk did not answer before"))
        if not visit.entry.byte_size:
            return visit.path, None
        data = bytes_of(visit.path, self.max_bytes)
        return self.archive.add(data, visit.path.suffix) if self.archive else (visit.path, digest_of(data))

    def _leave(self, visit: Visit, cause: OSError) -> None:
        if isinstance(cause, TimeoutError):
            self.silent.add(visit.device)
        self._note_trouble(visit.entry.source_uri, f"is left for the next run: {cause.strerror}")

    def note_unseen(self, unseen: Iterable[Unseen]) -> None:
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
    try:
        status = look_at(visit.path).status
    except OSError:
        return visit.entry  # whoever reads it says so
    return visit.entry._replace(byte_size=status.st_size, modified=str(status.st_mtime_ns))


def bytes_of(path: Path, max_bytes: int) -> Iterator[bytes]:
    """The bytes of a file, chunk by chunk. Raises NotTaken."""
    try:
        yield from chunks_of(path, max_bytes)
    except OSError as error:
        raise NotTaken(error) from error
