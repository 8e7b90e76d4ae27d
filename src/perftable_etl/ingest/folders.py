"""What is in a folder and below it, in the order of the names; what cannot be looked at is told, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perftable_etl.system.disk import answered, require_regular

AT_ONCE = 1000
"""Files that a disk is asked for at once."""


class FileEntry(NamedTuple):
    """A file: its path, the place where it really is, and what its disk tells of it."""

    path: Path
    place: Path
    status: os.stat_result


class Other(NamedTuple):
    """A file that is not wanted."""

    path: Path


class FolderLink(NamedTuple):
    """A link to a folder, and where it leads. It is not followed."""

    path: Path
    place: Path


class Unlisted(NamedTuple):
    """A folder or file that cannot be looked at, or is named as a file and is none; and why."""

    path: Path
    error: OSError

    @property
    def reason(self) -> str:
        """Why, and what to do."""
        return f"cannot be read ({self.error.strerror}); check its path and permissions, or leave it out"


class _Folder(NamedTuple):
    """A folder to be looked into; how the paths in it begin, seen from where the search began."""

    path: Path
    place: Path
    start: str


Found = FileEntry | Other | FolderLink | Unlisted
IsWanted = Callable[[str], bool]
"""Whether a file is wanted, by its path below the folder that is searched."""


def walk(folder: Path, is_wanted: IsWanted) -> Iterator[Found]:
    """What is below a folder. A link to a file is what it leads to; one that leads nowhere is left out."""
    ahead: list[Found | _Folder] = list(_first(folder))
    while ahead:
        match ahead.pop():
            case _Folder() as below:
                ahead += reversed(list(_look_into(below, is_wanted)))
            case found:
                yield found


def is_passed_over(name: str) -> bool:
    """Whether a file is the system's or an editor's own: its name begins with a dot, or with ~$ as Word's locks do."""
    return name.startswith((".", "~$"))


def look_at(path: Path) -> FileEntry:
    """The file at a path. Raises OSError where there is none, or something else."""
    return answered(partial(_look_at, path))


def _first(folder: Path) -> Iterator[Found | _Folder]:
    try:
        yield _Folder(folder, answered(folder.resolve), start="")
    except OSError as error:
        yield Unlisted(folder, error)


def _look_into(folder: _Folder, is_wanted: IsWanted) -> Iterator[Found | _Folder]:
    """What is in a folder. The disk is asked for many at once, and not for so many that its patience is too short."""
    try:
        names = answered(partial(_entries, folder.path))
        for first in range(0, len(names), AT_ONCE):
            yield from answered(partial(_look_at_all, folder, names[first : first + AT_ONCE], is_wanted))
    except OSError as error:
        yield Unlisted(folder.path, error)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _look_at_all(folder: _Folder, entries: Iterable[os.DirEntry[str]], is_wanted: IsWanted) -> list[Found | _Folder]:
    return [found for entry in entries for found in _look(folder, entry, is_wanted(folder.start + entry.name))]


def _look(folder: _Folder, entry: os.DirEntry[str], is_wanted: bool) -> Iterator[Found | _Folder]:
    path, place = folder.path / entry.name, folder.place / entry.name
    try:
        if entry.is_dir(follow_symlinks=False):
            yield _Folder(path, place, f"{folder.start}{entry.name}/")
        elif entry.is_dir():
            yield FolderLink(path, path.resolve())
        elif is_passed_over(entry.name):
            return
        elif is_wanted:
            yield _look_at(path) if entry.is_symlink() else _file(path, place, entry.stat())
        elif entry.is_file():
            yield Other(path)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Unlisted(path, error)


def _look_at(path: Path) -> FileEntry:
    status = path.stat()
    return _file(path, path.resolve(), status)


def _file(path: Path, place: Path, status: os.stat_result) -> FileEntry:
    require_regular(status.st_mode)
    return FileEntry(path, place, status)
