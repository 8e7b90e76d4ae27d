"""Which objects of a store an ingest reads: the same kinds as of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perftable_etl.errors import NotInStore, UsageError
from perftable_etl.formats import HEAD, MISLEADING_SUFFIXES, signed
from perftable_etl.ingest.folders import is_passed_over
from perftable_etl.ingest.known_kinds import is_known, require_known
from perftable_etl.stores.address import Address
from perftable_etl.stores.pages import StoredObject
from perftable_etl.stores.store import Store


class OtherObject(NamedTuple):
    """An object of a kind that is not read."""

    path: Address


def objects_at(place: Address) -> Iterator[StoredObject | OtherObject]:
    """The objects below a place, in the order of their keys, or the one that it names.

    Raises UsageError where nothing is, or an object of a kind that cannot be read; StoreError.
    """
    store = Store.of(place)
    try:
        named = store.look_at(place)
    except NotInStore as error:
        raise UsageError(str(error)) from error
    if named:
        if not is_known(named.path.name):
            require_known(named.path, store.both_ends(named, HEAD))
        yield named
        return
    for one in store.objects(place):
        if not is_passed_over(one.path.name):
            yield one if _is_read(store, one) else OtherObject(one.path)


def _is_read(store: Store, one: StoredObject) -> bool:
    """Whether it is of a kind that is read, by its name, or by its bytes where the name says little."""
    is_misleading = one.path.suffix.lower() in MISLEADING_SUFFIXES
    return is_known(one.path.name) or (is_misleading and bool(signed(store.both_ends(one, HEAD))))
