"""Object stores and all else that fsspec knows by its address: s3://, gs://, sftp://, memory://."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perftable_etl.errors import ConfigError, NotFound, NotInStore, StoreError, Unreachable, UsageError
from perftable_etl.ingest.config import FsspecSettings
from perftable_etl.ingest.sources.selection import at_most, is_included
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.ingest.sources.spool import Spool
from perftable_etl.stores.address import Address
from perftable_etl.stores.pages import StoredObject
from perftable_etl.stores.store import Store


class FsspecSource:
    """The files below one address, in the order of their paths."""

    def __init__(self, settings: FsspecSettings) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._spool = Spool(settings)
        self._root = _root_of(settings.url)
        self._store = _open(settings, self._root)

    def list(self) -> Iterator[Listing]:
        """The objects that are there. Raises what `PublicationSource.list` raises."""
        return at_most(self._settings.max_files, self._all())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A copy of an object, unless it is still as known. Raises SourceError."""
        if listing.validators.confirm(known):
            return NotModified()
        return self._spool.keep(self._chunks(listing), listing, listing.validators, into)

    def _all(self) -> Iterator[Listing]:
        with _told():
            named = self._store.look_at(
                self._root
            )  # a list finds nothing in a place that is not there, and says nothing
            for one in [named] if named else self._store.objects(self._root):
                if is_included(one.path.below(self._root) or one.path.name, self._settings.include):
                    yield Listing(str(one.path), one.path.name, one.size, one.modified, one.etag)

    def _chunks(self, listing: Listing) -> Iterator[bytes]:
        with _told():
            yield from self._store.chunks(StoredObject(Address(*listing.uri.split("://", 1)), listing.size or 0))


def _root_of(url: str) -> Address:
    protocol, _, path = url.partition("://")
    return Address(protocol, path.rstrip("/"))


def _open(settings: FsspecSettings, root: Address) -> Store:
    try:
        return Store(root.protocol, settings.options)
    except UsageError as error:
        raise ConfigError(f"source {settings.name}: {error}") from error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NotInStore as error:
        raise NotFound(str(error)) from error
    except StoreError as error:
        raise Unreachable(str(error)) from error
