"""The kinds of files that are read, told by the ends of their names."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perftable_etl.records import MediaType

_BY_SUFFIX: dict[str, MediaType] = {".pdf": "application/pdf", ".txt": "text/plain"}

SUFFIXES: dict[MediaType, str] = {kind: suffix for suffix, kind in _BY_SUFFIX.items()}
"""The ending that a kind of file has."""

READABLE_SUFFIXES = frozenset(_BY_SUFFIX)
"""The endings, in lower case, of the files that `parse` reads."""


def media_type_of(path: PurePath) -> MediaType | None:
    """The kind of a file by its name; None for one that is not read."""
    return _BY_SUFFIX.get(path.suffix.lower())
