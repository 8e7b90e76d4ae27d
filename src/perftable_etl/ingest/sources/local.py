"""Folders on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from urllib.parse import unquote_to_bytes, urlsplit

from perftable_etl.errors import NotFound, SourceError, Unreachable
from perftable_etl.ingest.config import LocalSettings
from perftable_etl.ingest.sources.selection import Troubles, at_most, is_included
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.ingest.sources.spool import CHUNK, Spool


class LocalSource:
    """The files below some folders, in the order of their paths; a version is told by its time of change (ns)."""

    def __init__(self, settings: LocalSettings) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._spool = Spool(settings)

    def list(self) -> Iterator[Listing]:
        """The files that are there. Raises what `Source.list` raises."""
        return at_most(self._settings.max_files, self._all())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A copy of a file, unless it is still as known. Raises SourceError."""
        path = _path_of(listing.uri)
        with _explained(path):
            now = _describe(path, path.stat())
        if now.validators.confirm(known):
            return NotModified()
        return self._spool.keep(read_whole(path, now), now, now.validators, into)

    def _all(self) -> Iterator[Listing]:
        troubles = Troubles()
        for folder in self._settings.folders:
            yield from self._below(folder.resolve(), troubles)
        troubles.require_none()

    def _below(self, folder: Path, troubles: Troubles) -> Iterator[Listing]:
        def note(error: OSError) -> None:
            troubles.note(str(_unreadable(error, folder)))

        for parent, folders, names in os.walk(folder, onerror=note):
            folders.sort()
            below = "" if parent == str(folder) else f"{Path(parent).relative_to(folder).as_posix()}/"
            for name in sorted(names):
                if is_included(below + name, self._settings.include):
                    yield from _list_file(Path(parent, name), troubles)


def _list_file(path: Path, troubles: Troubles) -> Iterator[Listing]:
    """The file, unless it is a link that leads nowhere, gone since its folder was read, or no file at all."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        troubles.note(str(_unreadable(error, path)))
        return
    if S_ISREG(status.st_mode):
        yield _describe(path, status)


def _describe(path: Path, status: os.stat_result) -> Listing:
    return Listing(path.as_uri(), _shown(path.name), status.st_size, str(status.st_mtime_ns))


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


def read_whole(path: Path, listing: Listing) -> Iterator[bytes]:
    """The file's bytes. Raises Unreachable if it is written meanwhile: half of a file must not pass for all of it."""
    with _explained(path):
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
        if _describe(path, path.stat()) != listing:
            raise Unreachable(f"{path} was being written while it was read; the next run reads it again")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(f"{path} is gone; if it was moved, its new place is listed by the next run") from error
    except OSError as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError, place: Path) -> SourceError:
    return Unreachable(f"{error.filename or place} cannot be read ({error.strerror}); check its path and permissions")
