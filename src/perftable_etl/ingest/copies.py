"""Copies of files on their way to whoever reads them, which go once they are read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import ArchiveError
from perftable_etl.stores.scratch import Scratch


class Kept(NamedTuple):
    """Where the bytes of a document are, and their hash; whether that is a copy, to be deleted once it is read."""

    path: Path
    document_id: str
    is_copy: bool = False


@dataclass(frozen=True)
class Copies:
    """A folder for such copies."""

    scratch: Scratch = field(default_factory=Scratch)

    def add(self, chunks: Iterable[bytes], suffix: str) -> Kept:
        """Copies bytes, and hashes them on the way.

        Raises ArchiveError, and what `chunks` raises, which must be no OSError; then nothing is kept.
        """
        path, digest = self.scratch.new(suffix), hashlib.sha256()
        try:
            with path.open("wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
        except OSError as error:
            raise ArchiveError(
                f"{path} could not be written ({error.strerror}). Make room there, or set TMPDIR to a larger disk."
            ) from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Kept(path, digest.hexdigest(), is_copy=True)

    def blank(self, size: int, suffix: str) -> Path:
        """A file of so many bytes that takes no room, in place of one that is not fetched."""
        path = self.scratch.new(suffix)
        path.touch()
        os.truncate(path, size)
        return path
