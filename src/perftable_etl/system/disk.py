"""Files as the disk has them: their bytes, read with bounds, and that bytes and names are really there.

A disk may be a share whose server is gone: then no signal reaches whoever asks for a file of it. So a thread asks, and
is left behind where no answer comes.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from perftable_etl.system.patience import asked

PATIENCE = 60.0
"""Seconds that a disk may take for one answer."""

CHUNK = 1 << 20
"""Bytes to read at once."""

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}

T = TypeVar("T")


class NotRegular(OSError):
    """Something else than a file: a named pipe, a socket, a device, a folder. It was not opened."""


class TooBig(OSError):
    """A file of more bytes than may be read."""


class Changed(OSError):
    """A file that was written to while it was read: what was read may never have been in it as a whole."""


def answered(ask: Callable[[], T], seconds: float | None = None) -> T:
    """What `ask` gives. Raises what it raises, and TimeoutError after PATIENCE or `seconds`. A signal ends the wait.

    Where memory may be short, no thread may begin, nor be waited for: a worker asks at once.
    """
    patience = PATIENCE if seconds is None else seconds
    answer = asked(ask)
    try:
        return answer.result(patience)
    except TimeoutError as error:
        if answer.done():
            return answer.result()
        raise TimeoutError(errno.ETIMEDOUT, f"its disk did not answer for {patience:g} seconds") from error


class Ask(Protocol):
    """How a disk is asked: `answered`, or `at_once` by who can be ended from outside."""

    def __call__(self, ask: Callable[[], T], /) -> T:
        """What `ask` gives."""


def at_once(ask: Callable[[], T]) -> T:
    """What `ask` gives, however long it takes."""
    return ask()


def chunks_of(path: Path, max_bytes: int, ask: Ask = answered) -> Iterator[bytes]:
    """The bytes of a file as it is at one moment. Raises OSError, and of its kinds NotRegular, TooBig and Changed."""
    descriptor, before, chunk = ask(partial(_begin, path, max_bytes))
    try:
        size = 0
        while chunk:
            size += len(chunk)
            _require_room(size, max_bytes)
            yield chunk
            chunk = ask(partial(os.read, descriptor, CHUNK))
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Changed(errno.EBUSY, "it changed while it was read")


def read_bytes(path: Path, max_bytes: int, ask: Ask = answered) -> bytes:
    """All bytes of a file. Raises what `chunks_of` raises."""
    return b"".join(chunks_of(path, max_bytes, ask))


def both_ends(path: Path, size: int) -> bytes:
    """The first and the last `size` bytes of a file; all of a short one. Raises OSError."""
    descriptor, status = _open(path)
    try:
        first = os.pread(descriptor, size, 0)
        return first + os.pread(descriptor, size, max(status.st_size - size, len(first)))
    finally:
        os.close(descriptor)


def digest_of(chunks: Iterable[bytes]) -> str:
    """The sha256 in hex of these bytes, which is the id of the document in them."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def kind_of(mode: int) -> str | None:
    """What has this mode, in words; None: a file."""
    return None if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "something else")


def require_regular(mode: int) -> None:
    """Raises NotRegular unless this is the mode of a file."""
    if kind := kind_of(mode):
        raise NotRegular(errno.EINVAL, f"it is {kind}, not a file")


def hash_of(path: Path) -> str:
    """What `digest_of` gives of a file of our own. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Has the disk keep a file's bytes, or a folder's names. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _begin(path: Path, max_bytes: int) -> tuple[int, os.stat_result, bytes]:
    """A file opened to read, and its first bytes: most files have no more. Raises TooBig by the size it tells."""
    descriptor, status = _open(path)
    try:
        _require_room(status.st_size, max_bytes)
        return descriptor, status, os.read(descriptor, CHUNK)
    except OSError:
        os.close(descriptor)
        raise


def _open(path: Path) -> tuple[int, os.stat_result]:
    """A file opened to read. What is no file is not opened: that alone can block, or move a tape."""
    require_regular(path.stat().st_mode)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        require_regular(status.st_mode)  # another thing may have taken the name
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, status


def _require_room(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise TooBig(errno.EFBIG, f"it has more than {max_bytes:,} bytes")
