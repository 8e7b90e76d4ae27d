"""The list of a store, page by page: each object once, in the order of the keys, and never more than a page at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.errors import StoreError
from perftable_etl.stores.address import Address


class StoredObject(NamedTuple):
    """An object, and what the list tells of it."""

    path: Address
    size: int
    modified: str | None = None
    etag: str | None = None


class ListPage(NamedTuple):
    """Some objects of a list, and what to ask for the next ones with; None: there are no more."""

    objects: Sequence[StoredObject]
    following: str | None


PageAt = Callable[[str | None], ListPage]
"""Gives the first page of a list, or the one that an earlier page names as `following`."""


def listed(page_at: PageAt) -> Iterator[StoredObject]:
    """All objects of a list. One that a page repeats is given once.

    Raises StoreError where the list goes in a circle or back: nobody could tell then what is new.
    """
    mark, before, last = None, frozenset[str](), b""
    while True:
        page = page_at(mark)
        for one in page.objects:
            key = one.path.path.encode("utf-8", "surrogateescape")
            if key > last:
                last = key
                yield one
            elif one.path.path not in before:
                raise StoreError(f"{one.path.bucket} lists {one.path} out of order. Try again, or list fewer keys.")
        if page.following is None:
            return
        if page.following == mark:
            raise StoreError(f"the store gives the same page of its list again ({mark}). Try again later.")
        mark, before = page.following, _keys_of(page)


def _keys_of(page: ListPage) -> frozenset[str]:
    """The keys of a page, which the next one may repeat."""
    return frozenset(one.path.path for one in page.objects)
