"""One job at a time: a lock beside a file, which says who holds it and goes with the process that does.

It is the operating system's lock on the lock file (flock), not the file's existence, so nothing has to be cleared away
after a crash. The file itself stays, unless there is no database beside it: who finds that the file it locked was
deleted locks the new one.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import Busy, WarehouseError
from perftable_etl.load.place import require_database_place
from perftable_etl.system.clock import local

_MOST_BYTES = 4096
"""Of a lock file's text; what is longer is none that a job wrote."""


class Holder(NamedTuple):
    """Who holds a lock, for the message to who finds it held; `since` is ISO 8601."""

    command: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        since = f"{local(datetime.fromisoformat(self.since)):%Y-%m-%d %H:%M:%S %Z}"
        return f"perftable-etl {self.command} (process {self.pid} on {self.host}, since {since})"


class _Lock(NamedTuple):
    """An open lock file. `is_new`: it was made for this job."""

    path: Path
    descriptor: int
    is_new: bool

    def withdraw(self) -> None:
        """Leaves no lock file where there was none before. To be called while it is locked."""
        if self.is_new:
            self.path.unlink(missing_ok=True)


@contextmanager
def one_job(path: Path, command: str) -> Iterator[None]:
    """Keeps other jobs away from the database at `path`, which need not exist yet, while `command` works on it.

    Raises Busy where another job holds it already, also one of this process; UsageError or WarehouseError where no
    database can be.
    """
    require_database_place(path)
    with locked(_lock_path(path), path, command):
        yield


@contextmanager
def one_writer(folder: Path, command: str) -> Iterator[None]:
    """Keeps other jobs from writing into a folder, which is made where it is missing, while `command` does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"{folder} cannot be created ({error.strerror}). Check the disk and its permissions."
        ) from error
    with locked(folder / ".lock", folder, command):
        yield


@contextmanager
def locked(lock_path: Path, path: Path, command: str) -> Iterator[None]:
    """The same for any file at `path`, with the lock file at `lock_path`."""
    lock = _acquired(lock_path, path)
    try:
        _write(lock, json.dumps(_ourselves(command)._asdict()).encode())
        yield
    except WarehouseError:
        lock.withdraw()
        raise
    finally:
        if not path.exists():
            lock.withdraw()
        os.ftruncate(lock.descriptor, 0)
        os.close(lock.descriptor)


def holder_of(path: Path) -> str | None:
    """Who works on the file at `path` now, in words; None: nobody.

    It takes the lock for a moment, shared, to see whether it can; the lock file is not made where it is missing.
    """
    lock = _lock_path(path)
    if not lock.is_file():
        return None
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return str(_holder(file.fileno()) or "a program that is not perftable-etl")
    return None


def _lock_path(path: Path) -> Path:
    # A link is locked as what it leads to: one file has one lock.
    path = path.resolve()
    return path.with_name(f"{path.name}.lock")


def _acquired(lock_path: Path, path: Path) -> _Lock:
    while True:
        lock = _opened(lock_path)
        try:
            _acquire(lock, path)
            if _is_in_place(lock):
                return lock
        except BaseException:
            os.close(lock.descriptor)
            raise
        os.close(lock.descriptor)


def _opened(path: Path) -> _Lock:
    try:
        try:
            return _Lock(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666), is_new=True)
        except FileExistsError:
            return _Lock(path, os.open(path, os.O_RDWR | os.O_CREAT, 0o666), is_new=False)
    except OSError as error:
        raise WarehouseError(
            f"{path} cannot be created ({error.strerror}). Check that its folder exists and is writable."
        ) from error


def _acquire(lock: _Lock, path: Path) -> None:
    try:
        fcntl.flock(lock.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = _holder(lock.descriptor)
        if holder is None:
            raise WarehouseError(
                f"{lock.path} is locked by a program that is not perftable-etl. End that program and try again."
            ) from error
        raise Busy(
            f"{path} is in use by {holder}. Only one job can use it at a time. Wait until that job ends."
        ) from error
    except OSError as error:
        raise WarehouseError(
            f"{lock.path} cannot be locked ({error.strerror}). Keep the database on a disk of this machine."
        ) from error


def _is_in_place(lock: _Lock) -> bool:
    """Whether others find the file that was locked; a job that made no database has deleted its own."""
    try:
        return os.path.samestat(os.fstat(lock.descriptor), lock.path.stat())
    except FileNotFoundError:
        return False


def _write(lock: _Lock, text: bytes) -> None:
    try:
        os.ftruncate(lock.descriptor, 0)
        os.pwrite(lock.descriptor, text, 0)
    except OSError as error:
        raise WarehouseError(f"{lock.path} cannot be written ({error.strerror}). Check the disk.") from error


def _ourselves(command: str) -> Holder:
    return Holder(command, os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat())


def _holder(descriptor: int) -> Holder | str | None:
    """Who wrote into a lock file; None: no job of ours."""
    text = os.pread(descriptor, _MOST_BYTES, 0)
    if not text:
        return "a job that has just begun"  # between taking the lock and writing into it there is a moment
    try:
        return Holder(**json.loads(text))
    except (ValueError, TypeError):
        return None
