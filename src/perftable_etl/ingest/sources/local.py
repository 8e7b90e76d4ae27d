"""Folders on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from perftable_etl.errors import NotAsked, NotFound, Refused, TooLarge, Unreachable
from perftable_etl.ingest.config import LocalSettings
from perftable_etl.ingest.folders import FileEntry, FolderLink, Unlisted, look_at, walk
from perftable_etl.ingest.sources.selection import Troubles, at_most, is_included
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.ingest.sources.spool import Spool
from perftable_etl.system.disk import Changed, TooBig, answered, chunks_of


class LocalSource:
    """The files below some folders, in the order of their paths; a version is told by its time of change (ns)."""

    def __init__(self, settings: LocalSettings) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._spool = Spool(settings)
        self._places = tuple(map(_resolved, settings.folders))
        self._silent: set[Path] = set()

    def list(self) -> Iterator[Listing]:
        """The files that are there. Raises what `PublicationSource.list` raises."""
        return at_most(self._settings.max_files, self._all())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A copy of a file, unless it is still as known. Raises SourceError."""
        path = _path_of(listing.uri)
        if path.parent in self._silent:
            raise NotAsked(f"{path} was not read: its disk did not answer before; the next run tries again")
        try:
            return self._fetch(path, known, into)
        except NotAsked:
            self._silent.add(path.parent)
            raise

    def _fetch(self, path: Path, known: Validators | None, into: Path) -> Fetched | NotModified:
        with _explained(path):
            entry = look_at(path)
        self._require_inside(entry)
        now = _describe(entry)
        if now.validators.confirm(known):
            return NotModified()
        return self._spool.keep(_chunks(entry.place, self._settings.max_bytes), now, now.validators, into)

    def _all(self) -> Iterator[Listing]:
        troubles = Troubles()
        for folder in self._places:
            yield from self._below(folder, folder, troubles, set())
        troubles.require_none()

    def _below(self, top: Path, folder: Path, troubles: Troubles, followed: set[Path]) -> Iterator[Listing]:
        start = "" if folder == top else f"{folder.relative_to(top).as_posix()}/"
        for found in walk(folder, lambda below: is_included(start + below, self._settings.include)):
            match found:
                case FileEntry():
                    yield _describe(found)
                case Unlisted():
                    troubles.note(f"{found.path} {found.reason}")
                case FolderLink() if self._settings.follow_symlinks and found.place not in followed:
                    followed.add(found.place)
                    yield from self._below(top, found.path, troubles, followed)
                case FolderLink() if not self._settings.follow_symlinks and self._leads_out(found.place):
                    troubles.note(_outside(found.path))

    def _leads_out(self, place: Path) -> bool:
        return not any(place.is_relative_to(folder) for folder in self._places)

    def _require_inside(self, entry: FileEntry) -> None:
        """Raises Refused where a link leads out of the folders, to what is no part of the source."""
        if not self._settings.follow_symlinks and self._leads_out(entry.place):
            raise Refused(_outside(entry.path))


def _describe(entry: FileEntry) -> Listing:
    status = entry.status
    return Listing(entry.path.as_uri(), _shown(entry.path.name), status.st_size, str(status.st_mtime_ns))


def _resolved(folder: Path) -> Path:
    """Where a folder really is. One whose disk gives no answer is looked at later, and told of then."""
    try:
        return answered(folder.resolve)
    except OSError:
        return folder.absolute()


def _shown(name: str) -> str:
    """A name as text; one that is not in the file system's encoding is in GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


def _path_of(uri: str) -> Path:
    """The reverse of as_uri; also for names that are no UTF-8."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(uri).path)))


def _chunks(path: Path, max_bytes: int) -> Iterator[bytes]:
    """The file's bytes. Raises Unreachable if it is written meanwhile: half of a file must not pass for all of it."""
    with _explained(path):
        yield from chunks_of(path, max_bytes)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(f"{path} is gone; if it moved, the next run finds its new place") from error
    except TimeoutError as error:
        raise NotAsked(f"{path} is left for the next run: {error.strerror}") from error
    except Changed as error:
        raise Unreachable(f"{path} changed while it was read; the next run reads it again") from error
    except TooBig as error:
        raise TooLarge(f"{path}: {error.strerror}; raise max_bytes to fetch it") from error
    except OSError as error:
        raise Unreachable(
            f"{error.filename or path} cannot be read ({error.strerror}); check its path and permissions"
        ) from error


def _outside(path: Path) -> str:
    return f"{path} is a link that leads out of the source's folders; set follow_symlinks = true to read it"
