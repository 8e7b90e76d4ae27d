"""Which kinds of files are read, by their names or their bytes, on a disk or in a store."""

from __future__ import annotations

from pathlib import PurePath

from perftable_etl.errors import ReadError, UsageError
from perftable_etl.formats import SUFFIXES, recognise
from perftable_etl.stores.address import Place


def is_known(name: str) -> bool:
    """Whether a file of this name is of a kind that is read."""
    return PurePath(name).suffix.lower() in SUFFIXES


def require_known(place: Place, both_ends: bytes) -> None:
    """Raises UsageError where the first and the last bytes of a file are of no kind that is read."""
    try:
        recognise(both_ends, place.name)
    except ReadError as error:
        raise UsageError(f"{place} is not a supported file: {error}.") from error
