"""Which objects of a store an ingest reads: the same kinds as of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from perftable_etl.errors import NotInStore, ReadError, UsageError
from perftable_etl.formats import HEAD, MISLEADING_SUFFIXES, SUFFIXES, recognise, signed
from perftable_etl.ingest.folders import is_passed_over
from perftable_etl.stores.address import Address
from perftable_etl.stores.pages import Stored
from perftable_etl.stores.store import Store


class OtherObject(NamedTuple):
    """An object of a kind that is not read."""

    path: Address


def is_known(name: str) -> bool:
    """Whether a file of this name is of a kind that is read."""
    return PurePath(name).suffix.lower() in SUFFIXES


def objects_at(place: Address) -> Iterator[Stored | OtherObject]:
    """The objects below a place, in the order of their keys, or the one that it names.

    Raises UsageError where nothing is, or an object of a kind that cannot be read; StoreError.
    """
    store = Store.of(place)
    try:
        named = store.look_at(place)
    except NotInStore as error:
        raise UsageError(str(error)) from error
    if named:
        _require_known(store, named)
        yield named
        return
    for one in store.objects(place):
        if not is_passed_over(one.path.name):
            yield one if _is_read(store, one) else OtherObject(one.path)


def _is_read(store: Store, one: Stored) -> bool:
    """Whether it is of a kind that is read, by its name, or by its bytes where the name says little."""
    is_misleading = one.path.suffix.lower() in MISLEADING_SUFFIXES
    return is_known(one.path.name) or (is_misleading and bool(signed(store.both_ends(one, HEAD))))


def _require_known(store: Store, one: Stored) -> None:
    if is_known(one.path.name):
        return
    try:
        recognise(store.both_ends(one, HEAD), one.path.name)
    except ReadError as error:
        raise UsageError(f"{one.path} is not a supported file: {error}.") from error
