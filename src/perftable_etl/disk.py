"""Files as the disk has them: the hash of their bytes, and that bytes and names are really there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def hash_of(path: Path) -> str:
    """The sha256 of a file's bytes in hex, which is the id of the document in it. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Has the disk keep a file's bytes, or a folder's names. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
