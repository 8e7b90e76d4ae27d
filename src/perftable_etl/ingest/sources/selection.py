"""Which of the things seen at a source are listed, and how many at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import islice

from perftable_etl.errors import IncompleteListing
from perftable_etl.ingest.sources.source import Listing

_MOST_NAMED = 3


def is_included(relative_path: str, patterns: Iterable[str]) -> bool:
    """Whether a shell pattern fits the path below the source's folder; * crosses folders, case is no matter."""
    return any(fnmatchcase(relative_path.lower(), pattern.lower()) for pattern in patterns)


def at_most(limit: int, listings: Iterator[Listing]) -> Iterator[Listing]:
    """The first `limit` of them. Raises IncompleteListing last if there are more."""
    yield from islice(listings, limit)
    if next(listings, None):
        raise IncompleteListing(
            f"it lists more than max_files = {limit:,} files; raise max_files, or narrow the source"
        )


class Troubles:
    """What kept a source from being listed whole, held back until the rest has been."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def note(self, message: str) -> None:
        """Keeps one trouble, in words for people."""
        self._messages.append(message)

    def require_none(self) -> None:
        """Raises IncompleteListing if anything was noted; the first few are named, the others counted."""
        others = len(self._messages) - _MOST_NAMED
        if self._messages:
            raise IncompleteListing(
                "; ".join(self._messages[:_MOST_NAMED]) + (f" (and {others} more)" if others > 0 else "")
            )
