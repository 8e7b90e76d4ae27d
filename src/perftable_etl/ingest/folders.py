"""What is in a folder and below it, in the order of the names; what cannot be looked at is told, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perftable_etl.disk import answered, require_regular


class Entry(NamedTuple):
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


class Unseen(NamedTuple):
    """A folder or file that cannot be looked at, or is named as a file and is none; and why."""

    path: Path
    error: OSError

    @property
    def reason(self) -> str:
        """Why, and what to do."""
        return f"cannot be read ({self.error.strerror}); check its path and permissions, or leave it out"


class _Folder(NamedTuple):
    path: Path
    place: Path


Found = Entry | Other | FolderLink | Unseen
IsWanted = Callable[[str], bool]
"""Whether a file is wanted, by its path below the folder that is searched."""


def walk(folder: Path, is_wanted: IsWanted) -> Iterator[Found]:
    """What is below a folder. A link to a file is what it leads to; one that leads nowhere is left out."""
    ahead: list[Found | _Folder] = list(_asked(folder, lambda: [_Folder(folder, folder.resolve())]))
    while ahead:
        match ahead.pop():
            case _Folder() as below:
                start = "" if below.path == folder else f"{below.path.relative_to(folder).as_posix()}/"
                ahead += reversed(_asked(below.path, partial(_look_into, below, start, is_wanted)))
            case found:
                yield found


def look_at(path: Path) -> Entry:
    """The file at a path. Raises OSError where there is none, or something else."""
    return answered(partial(_look_at, path))


def _asked(path: Path, ask: Callable[[], list[Found | _Folder]]) -> list[Found | _Folder]:
    """What is found at a path, all at once: one thread a folder waits for the disk."""
    try:
        return answered(ask)
    except OSError as error:
        return [Unseen(path, error)]


def _look_into(folder: _Folder, start: str, is_wanted: IsWanted) -> list[Found | _Folder]:
    with os.scandir(folder.path) as entries:
        in_order = sorted(entries, key=lambda entry: entry.name)
    return [found for entry in in_order for found in _look(folder, entry, is_wanted(start + entry.name))]


def _look(folder: _Folder, entry: os.DirEntry[str], is_wanted: bool) -> Iterator[Found | _Folder]:
    path, place = folder.path / entry.name, folder.place / entry.name
    try:
        if entry.is_dir(follow_symlinks=False):
            yield _Folder(path, place)
        elif entry.is_dir():
            yield FolderLink(path, path.resolve())
        elif is_wanted:
            yield _look_at(path) if entry.is_symlink() else _file(path, place, entry.stat())
        elif entry.is_file():
            yield Other(path)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Unseen(path, error)


def _look_at(path: Path) -> Entry:
    status = path.stat()
    return _file(path, path.resolve(), status)


def _file(path: Path, place: Path, status: os.stat_result) -> Entry:
    require_regular(status.st_mode)
    return Entry(path, place, status)
