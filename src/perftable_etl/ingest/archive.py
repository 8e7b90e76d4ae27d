"""The archive of what was read: every file's bytes, kept under the hash of them.

A file is written under a temporary name, brought to the disk and only then named, so what has a name is whole. The hash
is that of the bytes written, whatever becomes of the file they come from meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO, ClassVar

from perftable_etl.errors import ArchiveError
from perftable_etl.formats import SUFFIXES
from perftable_etl.ingest.copies import Kept
from perftable_etl.system.disk import flush

_PARTIAL = ".partial-"
"""How the names of files begin that are not whole yet."""


class Archive:
    """A folder of documents by their ids: `ab/abcd….pdf`. What is in it never changes."""

    is_far: ClassVar[bool] = False
    """Whether it is reached over the network, and takes many files at once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path_of(self, document_id: str, suffix: str) -> Path:
        """Where a document is, or would be; `suffix` says how it is read (.pdf, .txt)."""
        return self._root / key_of(document_id, suffix)

    def find(self, document_id: str) -> Path | None:
        """Where a document is, of whatever kind; None where it is not kept."""
        paths = (self.path_of(document_id, suffix) for suffix in SUFFIXES)
        return next((path for path in paths if path.exists()), None)

    def has(self, document_id: str) -> bool:
        """Whether a document is kept."""
        return self.find(document_id) is not None

    def at(self, source_uri: str) -> Path | None:
        """A copy of what is at an address; an archive knows none."""
        return None

    def has_copied(self, path: Path) -> bool:
        """Whether a file is a copy that `find` made to be read, and may go afterwards."""
        return False

    def add(self, chunks: Iterable[bytes], suffix: str) -> Kept:
        """Keeps bytes, and hashes them on the way.

        Raises ArchiveError, and what `chunks` raises, which must be no OSError; then nothing is kept.
        """
        with _explained(self._root), _partial(self._root) as file:
            document_id = _write(chunks, file)
            kept = self.path_of(document_id, suffix)
            if not kept.exists():
                _name(file, kept)
        return Kept(kept, document_id)

    @contextmanager
    def landing(self) -> Iterator[Path]:
        """A folder for files on their way here, for as long as the block lasts. Raises ArchiveError."""
        with _explained(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            folder = TemporaryDirectory(dir=self._root, prefix=_PARTIAL)
        with folder as name:
            yield Path(name)

    def clear_partial(self) -> None:
        """Removes what an interrupted run left half-written; to be called while no other job writes here."""
        for left in (*self._root.glob(f"{_PARTIAL}*"), *self._root.glob(f"*/{_PARTIAL}*")):
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def key_of(document_id: str, suffix: str) -> str:
    """The name of a document from the archive's root on."""
    return f"{document_id[:2]}/{document_id}{suffix.lower()}"


@contextmanager
def _partial(root: Path) -> Iterator[IO[bytes]]:
    """A new file without a proper name, which goes unless it gets one."""
    root.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=root, prefix=_PARTIAL, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _write(chunks: Iterable[bytes], file: IO[bytes]) -> str:
    """The hash of the bytes that were written."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _name(file: IO[bytes], kept: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    kept.parent.mkdir(exist_ok=True)
    Path(file.name).replace(kept)
    flush(kept.parent)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{place} could not be written ({error.strerror}). Check the disk and its permissions."
        ) from error
