"""Which files an ingest reads."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UsageError
from perftable_etl.formats import HEAD, MISLEADING_SUFFIXES, signed
from perftable_etl.ingest.folders import FileEntry, Other, Unlisted, look_at, walk
from perftable_etl.ingest.known_kinds import is_known, require_known
from perftable_etl.ingest.objects import OtherObject, objects_at
from perftable_etl.ingest.other_kinds import OtherKind, kinds_by_suffix
from perftable_etl.stores.address import Address, Place
from perftable_etl.stores.pages import StoredObject
from perftable_etl.system.disk import answered, both_ends
from perftable_etl.system.disk_list import DiskList


class FoundFiles(NamedTuple):
    """The files to take in, in order; those of them that were named one by one; and those of kinds that are not read.

    `all_named`: all are to be read as if the call named them.

    `folder` is the one that was named, where it was all that was named: files are shown from there on.

    `unseen` are the folders that cannot be searched, and what is named as a file and cannot be looked at or is none.
    """

    entries: Collection[FileEntry | StoredObject]
    named: frozenset[Place]
    other_kinds: tuple[OtherKind, ...]
    unseen: tuple[Unlisted, ...] = ()
    folder: Path | None = None
    all_named: bool = False

    @property
    def files(self) -> tuple[Place, ...]:
        """The places of the files."""
        return tuple(entry.path for entry in self.entries)

    def names(self, path: Place) -> bool:
        """Whether a file is to be read whatever is known of it."""
        return self.all_named or path in self.named


def find_files(paths: Iterable[Place]) -> FoundFiles:
    """The files under `paths`; folders are searched to the bottom, in the order of their names.

    Raises UsageError for a path where nothing is, or a file of a kind that cannot be read; StoreError where a store
    cannot be listed.
    """
    paths = list(paths)
    entries, unseen, suffixes = DiskList[FileEntry | StoredObject](), list[Unlisted](), Counter[str]()
    for one in _each_once(paths):
        match one:
            case FileEntry() | StoredObject():
                entries.append(one)
            case Unlisted():
                unseen.append(one)
            case Other(path) | OtherObject(path):
                suffixes[path.suffix.lower()] += 1
    named = frozenset(path for path in paths if isinstance(path, Address) or not _is_folder(path))
    return FoundFiles(entries, named, kinds_by_suffix(suffixes), tuple(unseen), _only_folder(paths))


def known_file(path: Path) -> Path:
    """`path` itself, if it is a file of a kind that can be read. Raises UsageError."""
    found = _named(path)
    if isinstance(found, Unlisted):
        raise UsageError(f"{path} cannot be read: {found.error.strerror}. Give one readable file.") from found.error
    return path


def _only_folder(paths: Sequence[Place]) -> Path | None:
    first = paths[0] if len(paths) == 1 else None
    return answered(first.resolve) if isinstance(first, Path) and _is_folder(first) else None


def _candidates_at(place: Place) -> Iterator[FileEntry | StoredObject | Other | OtherObject | Unlisted]:
    yield from objects_at(place) if isinstance(place, Address) else _candidates(place)


def _each_once(paths: Sequence[Place]) -> Iterator[FileEntry | StoredObject | Other | OtherObject | Unlisted]:
    """What is found under all paths. Folders may lie in one another; what is known of their files is a hash each."""
    if len(paths) == 1:
        yield from _candidates_at(paths[0])
        return
    known = set[bytes]()
    for one in (one for path in paths for one in _candidates_at(path)):
        digest = blake2b(os.fsencode(str(one.path)), digest_size=16).digest()
        if digest not in known:
            known.add(digest)
            yield one


def _candidates(path: Path) -> Iterator[FileEntry | Other | Unlisted]:
    if not _is_folder(path):
        yield _named(path)
        return
    for found in walk(path, is_known):
        if isinstance(found, Other) and found.path.suffix.lower() in MISLEADING_SUFFIXES:
            yield _by_content(found)
        elif isinstance(found, FileEntry | Other | Unlisted):
            yield found


def _by_content(other: Other) -> FileEntry | Other | Unlisted:
    """A file whose name says little: what it is by its bytes."""
    try:
        return look_at(other.path) if signed(answered(partial(both_ends, other.path, HEAD))) else other
    except OSError as error:
        return Unlisted(other.path, error)


def _is_folder(path: Path) -> bool:
    try:
        return answered(path.is_dir)
    except (OSError, ValueError):
        return False  # it has a NUL, its name is too long, or its disk gives no answer: whoever looks at it says so


def _named(path: Path) -> FileEntry | Unlisted:
    try:
        entry = look_at(path)
    except FileNotFoundError as error:
        raise UsageError(f"{path} does not exist. Check the spelling of the path.") from error
    except OSError as error:
        return Unlisted(path, error)
    except ValueError as error:
        raise UsageError(f"{path} is not a valid path: {error}. Check its spelling.") from error
    if not is_known(path.name):
        _require_supported(path)
    return entry


def _require_supported(path: Path) -> None:
    """Raises UsageError where neither the name nor the bytes of a file are of a kind that is read."""
    try:
        ends = answered(partial(both_ends, path, HEAD))
    except OSError:
        return  # whoever reads it says so
    require_known(path, ends)
