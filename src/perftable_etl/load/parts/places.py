"""A place of parts, on this machine or in a store: what is sealed there, and what is added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

from perftable_etl.errors import NotInStore, UsageError
from perftable_etl.load.lock import one_writer
from perftable_etl.load.parts.folder import LeftOut, SealedPart, parts_below, sweep
from perftable_etl.load.parts.stored import parts_at, seal_at, sweep_at
from perftable_etl.load.parts.writer import PartWriter
from perftable_etl.stores.address import Address, Place
from perftable_etl.stores.scratch import Scratch


def alone_at(place: Place, command: str) -> AbstractContextManager[None]:
    """Keeps other jobs of this machine from writing into a folder; a store has no locks, and its writers need none."""
    return nullcontext() if isinstance(place, Address) else one_writer(place, command)


def sealed_at(place: Place) -> list[SealedPart]:
    """The parts below a place that are whole."""
    return [part for part in _found_at(place) if isinstance(part, SealedPart)]


def found_at(places: Iterable[Place]) -> Iterator[SealedPart | LeftOut]:
    """What is below places that were named. Raises UsageError where one has nothing."""
    for place in places:
        try:
            found = list(_found_at(place))
        except NotInStore as error:
            raise UsageError(str(error)) from error
        if isinstance(place, Address) and not found:
            raise UsageError(f"{place} has no parts. Give the addresses that ingest --to wrote parts to.")
        yield from found


def swept(place: Place) -> None:
    """Removes what an interrupted run left half-written; to be called while nobody writes there."""
    sweep_at(place) if isinstance(place, Address) else sweep(place)


def seal(place: Place, number: int, writer: PartWriter, scratch: Scratch) -> SealedPart:
    """Writes one more part, whole or not at all. Raises OSError, StoreError."""
    if isinstance(place, Address):
        return seal_at(place, writer, scratch)
    folder = place / f"part-{number:05}"
    return SealedPart(folder, writer.seal(folder))


def _found_at(place: Place) -> Iterator[SealedPart | LeftOut]:
    return parts_at(place) if isinstance(place, Address) else parts_below(place)
