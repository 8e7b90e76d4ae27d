"""A folder for copies of what is in a store, for as long as this process needs them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock

_PREFIX = "perftable-etl-"
_LOCK = ".lock"
_LONGEST_SUFFIX = 16


class Scratch:
    """A folder in the system's place for temporary files, made when it is first asked for.

    It goes with this object, or with the process. What a killed process left goes when the next one begins: the folder
    holds a lock that ends with its process.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._numbers = count()
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[Scratch], tuple[()]]:
        """Another process has a folder of its own."""
        return Scratch, ()

    @property
    def folder(self) -> Path:
        """The folder."""
        with self._lock:
            if self._folder is None:
                self._folder = self._made()
        return self._folder

    def new(self, suffix: str = "") -> Path:
        """A path in it that nothing has yet."""
        return self.folder / f"{next(self._numbers)}{suffix[:_LONGEST_SUFFIX]}"

    def new_folder(self) -> Path:
        """A new folder in it."""
        folder = self.new()
        folder.mkdir()
        return folder

    def has(self, path: Path) -> bool:
        """Whether a path is in it."""
        return self._folder is not None and path.is_relative_to(self._folder)

    def clear(self) -> None:
        """Removes what is in it."""
        for path in self._folder.iterdir() if self._folder else ():
            if path.name != _LOCK:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _made(self) -> Path:
        above = Path(tempfile.gettempdir())
        _sweep(above)
        draft = Path(tempfile.mkdtemp(dir=above, prefix=f".{_PREFIX}"))
        descriptor = os.open(draft / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        folder = draft.rename(above / draft.name[1:])
        weakref.finalize(self, _remove, folder, descriptor)
        return folder


def _sweep(above: Path) -> None:
    for folder in above.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def _remove(folder: Path, descriptor: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)
