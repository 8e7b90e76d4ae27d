"""A store, by its address. The only module that knows fsspec.

Requests are repeated by the backend: s3fs does so with growing pauses when a store is busy or drops a connection, and
sends large files in pieces. An object appears whole or not at all; there is no renaming, so whoever writes several
objects that belong together writes the one last that says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from perftable_etl.errors import ConfigError, PerftableError, StoreError, UsageError
from perftable_etl.stores.address import Address
from perftable_etl.stores.failures import failure
from perftable_etl.stores.pages import ListPage, StoredObject, listed

CHUNK = 2 << 20
"""Bytes to ask for at once."""

PIECE = 8 << 20
"""Bytes of one piece of a large file; a file of two pieces or more is sent piece by piece."""

PIECES_AT_ONCE = 4
"""Pieces on their way at the same time."""

_S3 = frozenset({"s3", "s3a"})
_TAGS = ("ETag", "etag")
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
"""What backends call their stamps."""

_VERSION = "?versionId="
"""What s3fs takes for the end of a key, and would give another object for."""


class Store:
    """One store: what is listed, read, written and deleted there. Everything raises StoreError where that fails."""

    def __init__(self, protocol: str, options: Mapping[str, Any] | None = None) -> None:
        self._protocol = protocol
        self._backend = _backend(protocol, {**_usual_options(protocol), **(options or {})})

    @classmethod
    def of(cls, place: Address) -> Self:
        """The store that a place is in; credentials and endpoint are those of the environment."""
        return cls(place.protocol)

    def look_at(self, place: Address) -> StoredObject | None:
        """The object at a place; None: it is a folder. Raises NotInStore where it is neither."""
        with _told(place):
            described = self._backend.info(str(place))
        return None if described["type"] == "directory" else _stored(place, described)

    def objects(self, folder: Address) -> Iterator[StoredObject]:
        """What is below a folder, in the order of the keys; nothing where there is no such folder."""
        return self.objects_named(folder, "")

    def objects_named(self, folder: Address, start: str) -> Iterator[StoredObject]:
        """Those whose keys go on like this below the folder."""
        if self._protocol in _S3:
            return listed(lambda mark: self._page(folder, start, mark))
        return (one for one in self._found(folder) if (one.path.below(folder) or "").startswith(start))

    def chunks(self, one: StoredObject) -> Iterator[bytes]:
        """The bytes of an object, as it was at one moment."""
        _require_plain(one.path)
        with _told(one.path), self._backend.open(str(one.path), "rb", block_size=CHUNK) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def both_ends(self, one: StoredObject, size: int) -> bytes:
        """The first and the last `size` bytes of an object; all of a small one."""
        if one.size <= 2 * size:
            return self.read(one.path)
        _require_plain(one.path)
        with _told(one.path):
            first: bytes = self._backend.cat_file(str(one.path), start=0, end=size)
            last: bytes = self._backend.cat_file(str(one.path), start=one.size - size, end=one.size)
        return first + last

    def read(self, place: Address) -> bytes:
        """All bytes of a small object."""
        _require_plain(place)
        with _told(place):
            content: bytes = self._backend.cat_file(str(place))
        return content

    def read_all(self, places: Sequence[Address]) -> list[bytes]:
        """The same of many, which are asked for at once."""
        names, whole = [str(place) for place in places], [None] * len(places)
        for place in places:
            _require_plain(place)
        with _told(places[0].parent if places else ""):
            contents: list[bytes] = self._backend.cat_ranges(names, whole, whole, on_error="raise")
        return contents

    def fetch_all(self, copies: Mapping[Address, Path]) -> None:
        """Copies objects of ours, which nobody changes, into files."""
        for place in copies:
            _require_plain(place)
        with _told(next(iter(copies)).parent if copies else ""):
            self._backend.get([str(place) for place in copies], [str(path) for path in copies.values()])

    def fetch(self, place: Address, into: Path) -> None:
        """Copies an object of ours, which nobody changes, into a file."""
        _require_plain(place)
        with _told(place):
            self._backend.get_file(str(place), str(into))

    def write(self, place: Address, content: bytes) -> None:
        """Puts a small object in its place."""
        _require_plain(place)
        with _told(place):
            self._backend.pipe_file(str(place), content)

    def send(self, file: Path, place: Address) -> None:
        """Puts a file in its place, whole or not at all."""
        _require_plain(place)
        large = {"chunksize": PIECE, "max_concurrency": PIECES_AT_ONCE} if self._protocol in _S3 else {}
        try:
            with _told(place):
                self._backend.put_file(str(file), str(place), **large)
        except StoreError:
            with suppress(StoreError):
                self._abandon(place.parent, place.name)
            raise

    def delete(self, places: Iterable[Address]) -> None:
        """Removes objects; those that are gone are no hindrance."""
        for place in places:
            with _told(place), suppress(FileNotFoundError):
                self._backend.rm_file(str(place))

    def abandon_uploads(self, folder: Address) -> None:
        """Ends what was sent below a folder in pieces and never completed: it is no object, and costs money."""
        self._abandon(folder, "")

    def _abandon(self, folder: Address, named: str) -> None:
        if self._protocol not in _S3:
            return
        bucket, start = _parts_of(folder)
        with _told(folder):
            found = self._backend.call_s3("list_multipart_uploads", Bucket=bucket, Prefix=start + named)
            for upload in found.get("Uploads", ()):
                self._backend.call_s3(
                    "abort_multipart_upload", Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"]
                )

    def _page(self, folder: Address, named: str, mark: str | None) -> ListPage:
        bucket, start = _parts_of(folder)
        following = {"ContinuationToken": mark} if mark else {}
        with _told(folder):
            page = self._backend.call_s3("list_objects_v2", Bucket=bucket, Prefix=start + named, **following)
        objects = [
            _stored(Address(self._protocol, f"{bucket}/{one['Key']}"), {**one, "size": one["Size"]})
            for one in page.get("Contents", ())
            if not one["Key"].endswith("/")  # what consoles make for a folder
        ]
        return ListPage(objects, page["NextContinuationToken"] if page.get("IsTruncated") else None)

    def _found(self, folder: Address) -> Iterator[StoredObject]:
        """The objects of a store that lists all at once."""
        with _told(folder):
            self._backend.invalidate_cache()
            found = sorted(self._backend.find(str(folder), detail=True).items())
        for path, described in found:
            address = Address(self._protocol, str(self._backend.unstrip_protocol(path)).partition("://")[2])
            yield _stored(address, described)


def _backend(protocol: str, options: Mapping[str, Any]) -> Any:
    import fsspec  # noqa: PLC0415 - most calls are for files of this machine

    try:
        return fsspec.filesystem(protocol, **options)
    except ImportError as error:
        raise UsageError(f"{protocol}:// cannot be opened ({error}). For s3:// install perftable-etl[s3].") from error
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{protocol}:// cannot be opened ({error}).") from error


def _usual_options(protocol: str) -> Mapping[str, Any]:
    """For s3: patience with a store that is busy, unless the environment says how much; no list that is out of date."""
    if protocol not in _S3:
        return {}
    patience: dict[str, Any] = {"connect_timeout": 10, "read_timeout": 60}
    if "AWS_MAX_ATTEMPTS" not in os.environ:
        patience["retries"] = {"mode": "standard", "max_attempts": 4}
    return {"config_kwargs": patience, "use_listings_cache": False}


def _parts_of(folder: Address) -> tuple[str, str]:
    """The bucket of a folder, and how the keys below it begin."""
    bucket, _, key = folder.path.partition("/")
    return bucket, f"{key}/" if key else ""


def _stored(place: Address, described: Mapping[str, Any]) -> StoredObject:
    return StoredObject(place, int(described.get("size") or 0), _first(described, _TIMES), _first(described, _TAGS))


def _first(described: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(described[name]) for name in names if described.get(name) is not None), None)


def _require_plain(place: Address) -> None:
    if _VERSION in place.path:
        raise StoreError(f"{place} cannot be requested: {_VERSION} names a version, not an object. Rename it.")


@contextmanager
def _told(place: object) -> Iterator[None]:
    try:
        yield
    except PerftableError:
        raise  # ours, or a signal
    except Exception as error:
        raise failure(place, error) from error
