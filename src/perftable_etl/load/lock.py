"""One job at a time: a lock beside a file, which says who holds it and goes with the process that does.

It is the operating system's lock on the lock file (flock), not the file's existence, so nothing has to be cleared away
after a crash. The file itself stays: were it deleted, two jobs could lock two files of one name.
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
from typing import NamedTuple, TextIO

from perftable_etl.clock import local
from perftable_etl.errors import Busy, WarehouseError


class Holder(NamedTuple):
    """Who holds a lock, for the message to who finds it held; `since` is ISO 8601."""

    command: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        since = f"{local(datetime.fromisoformat(self.since)):%Y-%m-%d %H:%M:%S %Z}"
        return f"perftable-etl {self.command} (process {self.pid} on {self.host}, since {since})"


@contextmanager
def one_job(path: Path, command: str) -> Iterator[None]:
    """Keeps other jobs away from the file at `path`, which need not exist yet, while `command` works on it.

    Raises Busy where another job holds it already, also one of this process.
    """
    with _lock_file(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(
                f"{path} is in use by {_holder(file)}. Only one job works on it at a time: wait for it."
            ) from error
        _write(file, json.dumps(_ourselves(command)._asdict()))
        try:
            yield
        finally:
            _write(file, "")


def holder_of(path: Path) -> str | None:
    """Who works on the file at `path` now, in words; None: nobody.

    It takes the lock for a moment, shared, to see whether it can; the lock file is not made where it is missing.
    """
    lock = _lock_path(path)
    if not lock.exists():
        return None
    with lock.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return str(_holder(file))
    return None


def _lock_path(path: Path) -> Path:
    # A link is locked as what it leads to: one file has one lock.
    path = path.resolve()
    return path.with_name(f"{path.name}.lock")


def _lock_file(path: Path) -> TextIO:
    lock = _lock_path(path)
    try:
        # Appending keeps what the holder wrote.
        return lock.open("a+", encoding="utf-8")
    except OSError as error:
        raise WarehouseError(
            f"{lock} cannot be made ({error.strerror}). Check that its folder exists and may be written to."
        ) from error


def _write(file: TextIO, text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def _ourselves(command: str) -> Holder:
    return Holder(command, os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat())


def _holder(file: TextIO) -> Holder | str:
    file.seek(0)
    text = file.read()
    # Between taking the lock and writing into it there is a moment.
    return Holder(**json.loads(text)) if text else "a job that has just begun"
