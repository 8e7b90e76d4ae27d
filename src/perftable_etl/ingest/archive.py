"""The archive of what was read: every file's bytes, kept under the hash of them.

A file is written under a temporary name, brought to the disk and only then named, so what has a name is whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from perftable_etl.disk import flush
from perftable_etl.errors import ArchiveError

_PARTIAL = ".partial-"
"""How the names of files begin that are not whole yet."""


class Archive:
    """A folder of documents by their ids: `ab/abcd….pdf`. What is in it never changes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path_of(self, document_id: str, suffix: str) -> Path:
        """Where a document is, or would be; `suffix` says how it is read (.pdf, .txt)."""
        return self._root / document_id[:2] / f"{document_id}{suffix.lower()}"

    def add(self, path: Path, document_id: str, suffix: str) -> Path:
        """Keeps the bytes of a file whose hash is `document_id`, and says where. Raises ArchiveError."""
        kept = self.path_of(document_id, suffix)
        if not kept.exists():
            with _explained(kept):
                _copy(path, kept)
        return kept

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
        for left in self._root.glob(f"{_PARTIAL}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in self._root.glob(f"*/{_PARTIAL}*"):
            with suppress(OSError):
                left.unlink()


def _copy(path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=kept.parent, prefix=_PARTIAL, delete=False) as partial:
        with path.open("rb") as source:
            shutil.copyfileobj(source, partial)
        partial.flush()
        os.fsync(partial.fileno())
    Path(partial.name).replace(kept)
    flush(kept.parent)


@contextmanager
def _explained(kept: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{kept} could not be written ({error.strerror}). Check the disk and its permissions."
        ) from error
