"""Object stores and all else that fsspec knows by its address: s3://, gs://, sftp://, memory://."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from perftable_etl.errors import ConfigError, NotFound, SourceError, Unreachable
from perftable_etl.ingest.config import FsspecSettings
from perftable_etl.ingest.sources.selection import at_most, is_included
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.ingest.sources.spool import CHUNK, Spool

_TAGS = ("ETag", "etag")
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
"""What backends call their stamps."""


_VERSION = "?versionId="
"""What s3fs takes for the end of a key, and would give another object for."""


class FsspecSource:
    """The files below one address, in the order of their paths."""

    def __init__(self, settings: FsspecSettings) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._spool = Spool(settings)
        self._store, self._root = _open(settings)

    def list(self) -> Iterator[Listing]:
        """The objects that are there. Raises what `Source.list` raises."""
        return at_most(self._settings.max_files, self._all())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A copy of an object, unless it is still as known. Raises SourceError."""
        if listing.validators.confirm(known):
            return NotModified()
        return self._spool.keep(self._chunks(listing), listing, listing.validators, into)

    def _all(self) -> Iterator[Listing]:
        for path, described in self._find():
            relative = path.removeprefix(self._root).lstrip("/")
            if is_included(relative, self._settings.include):
                yield _list_object(self._store.unstrip_protocol(path), described)

    def _find(self) -> Sequence[tuple[str, Mapping[str, Any]]]:
        try:
            self._store.invalidate_cache()
            self._store.info(self._root)  # `find` finds nothing in a place that is not there, and says nothing
            return sorted(self._store.find(self._root, detail=True).items())
        except Exception as error:
            raise _failed(self._settings.url, error) from error

    def _chunks(self, listing: Listing) -> Iterator[bytes]:
        if _VERSION in listing.uri:
            raise Unreachable(
                f"{listing.uri} cannot be requested: {_VERSION} names a version, not an object; rename it"
            )
        try:
            with self._store.open(listing.uri, "rb") as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except Exception as error:
            raise _failed(listing.uri, error) from error


def _open(settings: FsspecSettings) -> tuple[AbstractFileSystem, str]:
    try:
        store, root = url_to_fs(settings.url, **settings.options)
    except ImportError as error:
        raise ConfigError(f"source {settings.name}: {error}. For s3:// install perftable-etl[s3].") from error
    except (TypeError, ValueError) as error:
        raise ConfigError(f"source {settings.name}: {settings.url} cannot be opened ({error}).") from error
    return store, root.rstrip("/")


def _list_object(uri: str, described: Mapping[str, Any]) -> Listing:
    tag, time = _first(described, _TAGS), _first(described, _TIMES)
    return Listing(uri, PurePosixPath(uri).name, described.get("size"), time, tag)


def _first(described: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(described[name]) for name in names if described.get(name) is not None), None)


def _failed(uri: str, error: Exception) -> SourceError:
    """Each backend has exceptions of its own, without a common root: all mean that the store did not give it."""
    if isinstance(error, FileNotFoundError):
        return NotFound(f"{uri} does not exist; check the address and your permissions")
    return Unreachable(
        f"{uri} cannot be fetched ({type(error).__name__}: {error}); check the address and your permissions"
    )
