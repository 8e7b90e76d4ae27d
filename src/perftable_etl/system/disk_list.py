"""Lists that may be longer than memory has room for: what does not fit waits in a temporary file."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile, gettempdir
from typing import Generic, TypeVar
from weakref import finalize

from perftable_etl.errors import OutputError

Item = TypeVar("Item")

_AT_ONCE = 1000
"""Items that are written and read together."""

_MEMORY = 1 << 20
"""Bytes of written items that stay in memory."""


def some(items: Iterable[Item], at_once: int) -> Iterator[list[Item]]:
    """The items, so many at once."""
    remaining = iter(items)
    while batch := list(islice(remaining, at_once)):
        yield batch


class DiskList(Collection[Item], Generic[Item]):
    """A list that grows at its end, and is read from its start, as often as one likes. Its items can be pickled.

    Nobody else sees the file, and it goes with the list. Growing raises OutputError where the disk is full.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._file = SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - it is open as long as the list lives
        finalize(self, self._file.close)
        self._starts: list[int] = []
        self._last: list[Item] = []
        self.extend(items)

    def __len__(self) -> int:
        return len(self._starts) * _AT_ONCE + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        for start in self._starts:
            self._file.seek(start)
            yield from pickle.load(self._file)
        yield from self._last

    def __contains__(self, item: object) -> bool:
        return any(one == item for one in self)

    def __reduce__(self) -> tuple[type[DiskList[Item]], tuple[tuple[Item, ...]]]:
        return type(self), (tuple(self),)

    def append(self, item: Item) -> None:
        """Adds an item at the end."""
        self._last.append(item)
        if len(self._last) == _AT_ONCE:
            self._write()

    def extend(self, items: Iterable[Item]) -> None:
        """Adds items at the end."""
        for item in items:
            self.append(item)

    def _write(self) -> None:
        try:
            self._starts.append(self._file.seek(0, 2))
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise OutputError(
                f"the folder for temporary files, {gettempdir()}, cannot be written ({error.strerror}). "
                "Free some space there, or name another folder by TMPDIR. Then run the same command again."
            ) from error
        self._last = []
