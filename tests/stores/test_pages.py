"""Lists of stores, page by page: each object once, in order, with no more than a page at hand."""

from __future__ import annotations

import weakref
from collections.abc import Sequence

import pytest

from perftable_etl.errors import StoreError
from perftable_etl.stores.address import Address
from perftable_etl.stores.pages import ListPage, PageAt, StoredObject, listed

KEYS, KEYS_PER_PAGE = 1_000_000, 1_000


class Objects(list[StoredObject]):
    """The objects of a page. One can tell whether somebody still holds it."""

    __hash__ = object.__hash__  # type: ignore[assignment] # lists have none


def stored(key: str) -> StoredObject:
    return StoredObject(Address("s3", f"bucket/{key}"), 1, "2026-01-01", '"tag"')


def test_a_million_keys_come_once_in_order_with_two_pages_held_at_most() -> None:
    held: weakref.WeakSet[Objects] = weakref.WeakSet()
    most, count, last = 0, 0, ""

    def page_at(mark: str | None) -> ListPage:
        nonlocal most
        first = int(mark or 0)
        after = first + KEYS_PER_PAGE
        objects = Objects(stored(f"{number:07}.pdf") for number in range(first, after))
        held.add(objects)
        most = max(most, len(held))
        return ListPage(objects, str(after) if after < KEYS else None)

    for one in listed(page_at):
        assert one.path.path > last
        last = one.path.path
        count += 1
    assert (count, most) == (KEYS, 2)


def pages(*keys: Sequence[str], last: str | None = None) -> PageAt:
    def page_at(mark: str | None) -> ListPage:
        number = int(mark or 0)
        following = str(number + 1) if number + 1 < len(keys) else last
        return ListPage([stored(key) for key in keys[number]], following)

    return page_at


def names(page_at: PageAt) -> list[str]:
    return [one.path.name for one in listed(page_at)]


def test_what_a_page_repeats_is_listed_once() -> None:
    assert names(pages(["a", "b"], ["b", "c"], [], ["c2"], ["d"])) == ["a", "b", "c", "c2", "d"]


def test_keys_are_in_the_order_of_their_bytes() -> None:
    assert names(pages(["\uffee", "\U0001f600"])) == ["\uffee", "\U0001f600"]


@pytest.mark.parametrize("again", [["a"], ["b", "a"]])
def test_a_list_that_goes_back_is_told(again: list[str]) -> None:
    with pytest.raises(StoreError, match="out of order"):
        names(pages(["a"], ["b"], ["c"], again))


def test_a_list_in_a_circle_ends() -> None:
    with pytest.raises(StoreError, match="the same page"):
        names(pages(["a"], ["b"], last="1"))
