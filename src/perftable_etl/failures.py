"""Outcomes of files that could not be read, and the names of files: what is known of a file without its content.

Whoever leads workers needs these, and none of what reads a file.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.errors import ReadError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.formats import format_named
from perftable_etl.records import Outcome
from perftable_etl.system.disk import at_once, chunks_of, digest_of, require_regular


def failed(path: Path, error: ReadError, max_bytes: int = MAX_BYTES) -> Outcome:
    """The outcome of a file that cannot be read. Where it has no bytes, or too many, its place stands in in the id."""
    size = _size_of(path)
    digest = _hash_of(path, max_bytes) if size else None
    return _failed(path, _place_of(path), error, size, digest)


def unseen(path: Path, error: ReadError) -> Outcome:
    """The same, of a file that its disk is not asked for."""
    return _failed(path, path.absolute(), error, 0, None)


def _failed(path: Path, place: Path, error: ReadError, size: int, digest: str | None) -> Outcome:
    uri, promised = place.as_uri(), format_named(name_of(path))
    return Outcome(
        document_id=digest or hashlib.sha256(uri.encode()).hexdigest(),
        file_name=name_of(path),
        source_uri=uri,
        media_type=promised and promised.media_type,
        byte_size=size,
        status="failed",
        error_code=error.code,
        error_message=f"{name_of(path)}: {error}",
        fingerprint=fingerprint(),
    )


def _place_of(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL
        return path.absolute()


def _size_of(path: Path) -> int:
    """How many bytes a file has; none where it cannot be looked at, or is no file."""
    try:
        status = path.stat()
        require_regular(status.st_mode)
    except (OSError, ValueError):
        return 0
    return status.st_size


def _hash_of(path: Path, max_bytes: int) -> str | None:
    """The hash of a file's bytes; None where they cannot be had, or are too many."""
    with suppress(OSError):
        return digest_of(chunks_of(path, max_bytes, at_once))
    return None


def name_of(path: Path) -> str:
    r"""A file's name, its bytes that are no UTF-8 as \xNN: what is unpacked from old archives is often GB18030."""
    return os.fsencode(path.name).decode(errors="backslashreplace")
