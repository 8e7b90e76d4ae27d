"""The folders that a job writes to: rights, and room on their disks. Nothing is written to find out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from perftable_etl.doctor.check import Check, error, ok, warning
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store

_GIGABYTE = 1 << 30
_LEAST, _ENOUGH = _GIGABYTE, 5 * _GIGABYTE
_FEWEST_INODES = 1000
_BESIDE = ("", ".wal", ".lock")
"""What the names of a database and of the files beside it end in."""


def database_folder(db: Path) -> Check:
    """Whether the database and the files beside it can be written, or made."""
    name = "database folder"
    if not db.parent.is_dir():
        return error(name, f"the folder {db.parent} does not exist; create it, and give it to the user of the job")
    closed = [path for path in _files(db) if not os.access(path, os.R_OK | os.W_OK)]
    if closed:
        return error(name, f"{_named(closed)} cannot be read and written; give them to the user of the job (chown)")
    return folder(name, db.parent)


def _files(db: Path) -> Iterator[Path]:
    target = db.resolve()
    yield from filter(Path.exists, (target.with_name(f"{target.name}{ending}") for ending in _BESIDE))


def _named(paths: list[Path]) -> str:
    return ", ".join(map(str, paths))


def folder(name: str, path: Path) -> Check:
    """Whether files can be made in a folder, or the folder itself."""
    there = _existing(path)
    if not there.is_dir():
        return error(name, f"{there} is not a folder; move it away, or give another one")
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        return error(name, f"{there} is not writable; give it to the user of the job (chown)")
    return ok(name, f"{path} is writable" if there == path else f"{path} can be created")


def store(name: str, place: Address) -> Check:
    """Whether a store can be listed. Raises StoreError."""
    next(Store.of(place).objects(place), None)
    return ok(name, f"{place} answers; whether it can be written, only a job finds out")


def _existing(path: Path) -> Path:
    """The path itself, or the folder above it in which it would be made."""
    return next(place for place in (path, *path.absolute().parents) if place.exists())


def room_for(db: Path) -> int:
    """Bytes that a night may need beside a database: publishing copies it."""
    try:
        return max(_ENOUGH, 2 * db.stat().st_size)
    except OSError:
        return _ENOUGH


def room(name: str, path: Path, wanted: int = _ENOUGH) -> Check:
    """Whether the disk has the bytes that are wanted."""
    there = _existing(path)
    free = shutil.disk_usage(there).free
    said = f"{free / _GIGABYTE:,.1f} GB are free at {there}"
    if free < _LEAST or _lacks_inodes(there):
        return error(name, f"{said}; at least {_LEAST / _GIGABYTE:.0f} GB and inodes must be free; make room")
    if free < wanted:
        return warning(name, f"{said}; a night may need {wanted / _GIGABYTE:,.1f} GB; make room")
    return ok(name, said)


def _lacks_inodes(path: Path) -> bool:
    """Whether no further files can be made. File systems that count none say 0 in all."""
    status = os.statvfs(path)
    return status.f_files > 0 and status.f_favail < _FEWEST_INODES
