"""Files that were found, and their bytes: read from a disk, or fetched from a store ahead of their turn.

Workers have no network and no credentials, so this process fetches what they read.
"""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeVar

from perftable_etl.errors import StoreError, StoreSilent
from perftable_etl.ingest.ledger import Action
from perftable_etl.load.tables import LedgerRow
from perftable_etl.stores.address import Address, Place
from perftable_etl.stores.pages import StoredObject
from perftable_etl.stores.store import Store
from perftable_etl.system.disk import Changed, TooBig, chunks_of
from perftable_etl.system.patience import asked

FETCHES_AHEAD = 8
"""Objects that are fetched at the same time: a store takes long to answer, and answers many at once."""

Device = int | str
"""The disk that a file is on, by number, or the bucket."""

T = TypeVar("T")


class Visit(NamedTuple):
    """A file that was found: its place, what is to be done with it, and its entry in the ledger from now on.

    `is_named`: it is read whatever is known of it. `is_called`: the call names this very file, which brings back a
    document that was taken out.
    """

    path: Place
    action: Action
    entry: LedgerRow
    device: Device
    is_named: bool = False
    is_called: bool = False


class NotTaken(Exception):
    """The bytes of a file cannot be had. No OSError, which would be one of the archive."""

    def __init__(self, cause: OSError | StoreError) -> None:
        self.cause = cause

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.cause) if isinstance(self.cause, StoreError) else f"{self.cause.strerror}."

    @property
    def is_for_now(self) -> bool:
        """Whether the next run may have them."""
        return isinstance(self.cause, Changed | TimeoutError | StoreError)

    @property
    def is_of_the_device(self) -> bool:
        """Whether other files of the same disk or bucket will fare the same."""
        return isinstance(self.cause, TimeoutError | StoreSilent)


def bytes_of(visit: Visit, max_bytes: int) -> Iterator[bytes]:
    """The bytes of a file, chunk by chunk. Raises NotTaken."""
    try:
        if isinstance(visit.path, Address):
            yield from _chunks_of_object(visit.path, visit.entry, max_bytes)
        else:
            yield from chunks_of(visit.path, max_bytes)
    except (OSError, StoreError) as error:
        raise NotTaken(error) from error


def taken_ahead(
    visits: Iterable[Visit], take: Callable[[Visit], T], is_far: Callable[[Visit], bool]
) -> Iterator[tuple[Visit, Callable[[], T]]]:
    """Each visit in its order, with what gives what `take` makes of it: stores, which are far, are asked ahead."""
    waiting: deque[tuple[Visit, Callable[[], T]]] = deque()
    for visit in visits:
        if not is_far(visit):
            yield from _all_of(waiting)
            yield visit, partial(take, visit)
            continue
        waiting.append((visit, asked(partial(take, visit)).result))
        if len(waiting) > FETCHES_AHEAD:
            yield waiting.popleft()
    yield from _all_of(waiting)


def _all_of(waiting: deque[T]) -> Iterator[T]:
    while waiting:
        yield waiting.popleft()


def _chunks_of_object(place: Address, entry: LedgerRow, max_bytes: int) -> Iterator[bytes]:
    size = entry.byte_size or 0
    if size > max_bytes:
        raise TooBig(errno.EFBIG, f"it has more than {max_bytes:,} bytes")
    came = 0
    for chunk in Store.of(place).chunks(StoredObject(place, size, entry.modified, entry.etag)):
        came += len(chunk)
        if came > size:
            break
        yield chunk
    if came != size:
        raise Changed(errno.EBUSY, "it changed since it was listed")
