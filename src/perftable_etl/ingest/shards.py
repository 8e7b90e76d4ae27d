"""A share of many files, read into parts: N machines read one share each and need not talk to one another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Self

from perftable_etl.errors import Interrupted, UsageError, WarehouseError
from perftable_etl.ingest.collection import Collection
from perftable_etl.ingest.files import FoundFiles
from perftable_etl.ingest.job import Plan
from perftable_etl.ingest.loading import OnEvent, Summary, counting, left_alone, load_files
from perftable_etl.ingest.means import Means
from perftable_etl.load.parts.places import seal, sealed_at, swept
from perftable_etl.load.parts.rows import documents_of, ledger_of_parts
from perftable_etl.load.parts.writer import PartWriter
from perftable_etl.load.result import LoadResult, begun_run, counted
from perftable_etl.load.rows import FileRows
from perftable_etl.load.tables import LedgerRow
from perftable_etl.records import Status
from perftable_etl.stores.address import Address, Place
from perftable_etl.stores.scratch import Scratch
from perftable_etl.system.clock import now
from perftable_etl.system.disk_list import DiskList

DOCUMENTS_PER_PART = 1000
"""Enough that files are few and large."""

SECONDS_PER_PART = 600.0
"""A part is sealed after as long, full or not: so little is read again after a crash, however slow documents are."""


class Share(NamedTuple):
    """One of `total` shares of the files, by number from 1."""

    number: int
    total: int

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"

    @property
    def folder_name(self) -> str:
        """The folder of its parts."""
        return f"shard-{self.number}-of-{self.total}"

    def has(self, path: str) -> bool:
        """Whether a file belongs to it, by its path below the folder that was named: the same on every machine."""
        digest = hashlib.sha256(path.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8]) % self.total == self.number - 1


def share_of(text: str) -> Share:
    """The share that "2/8" says. Raises UsageError."""
    number, slash, count = text.partition("/")
    if slash and number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
        return Share(int(number), int(count))
    raise UsageError(f"{text} is no share. Write the second of eight shares as 2/8.")


def shared(found: FoundFiles, paths: Sequence[Place], share: Share) -> FoundFiles:
    """Of the files found under `paths` those that belong to a share."""
    if share.total == 1:
        return found
    return found._replace(entries=DiskList(one for one in found.entries if share.has(_below(one.path, paths))))


def _below(path: Place, named: Sequence[Place]) -> str:
    """The path below the folder that was named; a file that was named itself, by its name."""
    if isinstance(path, Address):
        folders = (folder for folder in named if isinstance(folder, Address))
        return min(filter(None, map(path.below, folders)), key=len, default=path.name)
    above = [folder for folder in named if isinstance(folder, Path) and folder in path.parents]
    return path.relative_to(max(above, key=lambda folder: len(folder.parts))).as_posix() if above else path.name


class PartFolder:
    """A folder that parts are written into, one after the other; what is sealed in it is known, and not read again.

    Use it in a `with` block, as the only one who writes there.
    """

    def __init__(self, path: Place, reader: str, share: str) -> None:
        self._path = path
        self._scratch = Scratch()
        self.reader = reader
        self._share = share

    def __enter__(self) -> Self:
        with _explained(self._path):
            swept(self._path)
            self._sealed = sealed_at(self._path)
            self._ledger = ledger_of_parts(self._sealed)
            self._read = dict(self._read_by_now())
        self._begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Each document that was taken in is whole, so an interruption loses none."""
        if kind is None or issubclass(kind, Interrupted):
            self._seal()

    def entries(self, source_uris: Sequence[str]) -> dict[str, LedgerRow]:
        """What sealed parts say of some files, by their source URIs: the last one counts."""
        return {uri: self._ledger[uri] for uri in source_uris if uri in self._ledger}

    def read_before(self) -> set[str]:
        """The documents in the parts that this reader has read, failed ones left out."""
        return set(self._read)

    def statuses(self, document_ids: Sequence[str]) -> dict[str, Status]:
        """The status of each of some documents, where this reader has read it; failed ones are left out."""
        return {document_id: self._read[document_id] for document_id in document_ids if document_id in self._read}

    def forgotten(self) -> frozenset[str]:
        """None: only the database that parts go into knows what a person has taken out, and leaves it out."""
        return frozenset()

    def store_all(self, readings: Sequence[FileRows]) -> list[LoadResult]:
        """Takes documents into the part that is begun, and seals that once it is full."""
        return [self._store(reading) for reading in readings]

    def note(self, entries: Sequence[LedgerRow]) -> None:
        """Takes entries of the ledger into the part that is begun."""
        self._begun.note(entries)

    def _read_by_now(self) -> Iterator[tuple[str, Status]]:
        for document in documents_of(self._sealed):
            if document.fingerprint == self.reader and document.status != "failed":
                yield document.document_id, document.status

    def _store(self, reading: FileRows) -> LoadResult:
        result = self._begun.add(reading)
        if result.status != "failed":
            self._read[result.document_id] = result.status
        if self._begun.documents >= DOCUMENTS_PER_PART or monotonic() >= self._due:
            self._seal()
        return result

    def _begin(self) -> None:
        self._begun = PartWriter(self.reader, self._share)
        self._due = monotonic() + SECONDS_PER_PART

    def _seal(self) -> None:
        if self._begun.is_empty:
            return
        with _explained(self._path):
            self._sealed.append(seal(self._path, len(self._sealed) + 1, self._begun, self._scratch))
        self._begin()


def ingest_share(plan: Plan, parts: PartFolder, means: Means, on_event: OnEvent) -> Summary:
    """Reads what was planned into parts; `on_event` hears of it as it happens.

    Nothing is related: the database that the parts are loaded into has all documents, and does so.
    """
    with counting(on_event) as hear:
        run = begun_run()
        hear(run)
        collection = Collection(means.archive, plan.max_bytes, hear)
        collection.note_unseen(plan.unseen)
        loaded = load_files(collection.arrivals(plan.to_read()), parts, means.parse_all, hear)
        unread = left_alone(plan.left_alone(len(collection.troubles)), loaded)
        finished = counted(run, loaded.results, unread)._replace(finished_at=now())
        return Summary(
            finished, loaded.results, loaded.copies, plan.other_kinds, tuple(collection.troubles), folder=plan.folder
        )


@contextmanager
def _explained(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WarehouseError(
            f"parts cannot be written to {place}: {error.strerror or error}. What is sealed stays. "
            "Check the disk and its permissions, and run the same command again."
        ) from error
