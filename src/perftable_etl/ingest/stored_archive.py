"""The archive in an object store: the same names, below an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from perftable_etl.errors import StoreError
from perftable_etl.ingest.archive import Archive, key_of
from perftable_etl.ingest.copies import Copies, Kept
from perftable_etl.stores.address import Address, Place, address_of
from perftable_etl.stores.pages import StoredObject
from perftable_etl.stores.scratch import Scratch
from perftable_etl.stores.store import Store


def archive_at(place: Place) -> Archive:
    """The archive at a place."""
    return StoredArchive(place) if isinstance(place, Address) else Archive(place)


class Origins(Archive):
    """The stores that documents came from, in place of an archive: what is still at an address is copied here."""

    def __init__(self) -> None:
        self._scratch = Scratch()

    def find(self, document_id: str) -> Path | None:
        """None: a store knows objects by their addresses."""
        return None

    def at(self, source_uri: str) -> Path | None:
        """A copy of the object at an address; None where there is none."""
        address = address_of(source_uri)
        if address is None:
            return None
        copy = self._scratch.new(address.suffix)
        try:
            Store.of(address).fetch(address, copy)
        except StoreError:
            return None
        return copy

    def has_copied(self, path: Path) -> bool:
        """Whether a file is such a copy."""
        return self._scratch.has(path)


class StoredArchive(Archive):
    """An archive that is reached over the network. Bytes are copied here to be read; all raises StoreError."""

    is_far: ClassVar[bool] = True

    def __init__(self, root: Address) -> None:
        self._address = root
        self._copies = Copies()

    def find(self, document_id: str) -> Path | None:
        """A copy of a document, of whatever kind; None where it is not kept."""
        kept = self._kept(document_id)
        if kept is None:
            return None
        copy = self._copies.scratch.new(kept.path.suffix)
        Store.of(self._address).fetch(kept.path, copy)
        return copy

    def has(self, document_id: str) -> bool:
        """Whether a document is kept."""
        return self._kept(document_id) is not None

    def has_copied(self, path: Path) -> bool:
        """Whether a file is a copy that `find` made."""
        return self._copies.scratch.has(path)

    def add(self, chunks: Iterable[bytes], suffix: str) -> Kept:
        """Keeps bytes, and hashes them on the way; the copy that they make here is for whoever reads them."""
        kept = self._copies.add(chunks, suffix)
        try:
            store, place = Store.of(self._address), self._address / key_of(kept.document_id, suffix)
            if not any(one.path == place for one in self._named(kept.document_id)):
                store.send(kept.path, place)
        except BaseException:
            kept.path.unlink(missing_ok=True)
            raise
        return kept

    @contextmanager
    def landing(self) -> Iterator[Path]:
        """A folder on this machine for files on their way here."""
        yield self._copies.scratch.new_folder()

    def clear_partial(self) -> None:
        """An object is whole or not there; what was sent in part is ended."""
        Store.of(self._address).abandon_uploads(self._address)

    def _kept(self, document_id: str) -> StoredObject | None:
        return next(self._named(document_id), None)

    def _named(self, document_id: str) -> Iterator[StoredObject]:
        folder = self._address / document_id[:2]
        return Store.of(self._address).objects_named(folder, f"{document_id}.")
