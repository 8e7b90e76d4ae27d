"""Where an export goes in an object store: made here, and sent when it is whole.

A store has no renaming. So the checksums of a folder are its seal: they go first when it is replaced, and come last. A
list of names stands in for them meanwhile, by which an export that was interrupted is known as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from perftable_etl.errors import NotInStore, UsageError
from perftable_etl.load.export.checksums import CHECKSUMS, names_in
from perftable_etl.stores.address import Address
from perftable_etl.stores.scratch import Scratch
from perftable_etl.stores.store import Store

UNDER_WAY = f"{CHECKSUMS}.partial"
"""The names of all files while they are sent."""

OVERWRITE = "To replace it, use --overwrite; or name another place."
"""What to do where something is there already, in words."""


@contextmanager
def new_object(to: Address, *, overwrite: bool) -> Iterator[Path]:
    """A file to write to, which is sent at the end of the block. Raises UsageError, StoreError."""
    if not overwrite and _is_there(to):
        raise UsageError(f"{to} exists already. {OVERWRITE}")
    with _draft() as draft:
        yield draft / to.name
        Store.of(to).send(draft / to.name, to)


@contextmanager
def new_folder_at(to: Address, *, overwrite: bool) -> Iterator[Path]:
    """The same for a folder. An earlier one is replaced only where all in it is an export of ours."""
    there = _names_at(to)
    if there and not overwrite:
        raise UsageError(f"{to} exists already. {OVERWRITE}")
    if not there <= _names_of_exports(to):
        raise UsageError(f"{to} holds files that no export wrote, so it is not replaced. Name another folder.")
    with _draft() as draft:
        yield draft
        _replace(to, draft, there)


@contextmanager
def _draft() -> Iterator[Path]:
    scratch = Scratch()
    yield scratch.new_folder()
    scratch.clear()


def _replace(to: Address, draft: Path, there: Iterable[str]) -> None:
    store, seal = Store.of(to), {CHECKSUMS, UNDER_WAY}
    names = {path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()} - seal
    store.write(to / UNDER_WAY, "".join(f"{name}\n" for name in sorted({*names, *there} - seal)).encode())
    store.delete([to / CHECKSUMS])
    for name in sorted(names):
        store.send(draft / name, to / name)
    store.delete(to / name for name in sorted({*there} - names - seal))
    store.send(draft / CHECKSUMS, to / CHECKSUMS)
    store.delete([to / UNDER_WAY])


def _names_at(to: Address) -> frozenset[str]:
    """The files below a folder, by their paths from there on."""
    return frozenset(one.path.below(to) or "" for one in Store.of(to).objects(to))


def _names_of_exports(to: Address) -> frozenset[str]:
    """The names that an export wrote there, or was about to."""
    sealed, under_way = _text_of(to / CHECKSUMS), _text_of(to / UNDER_WAY)
    return frozenset({CHECKSUMS, UNDER_WAY, *names_in(sealed), *under_way.splitlines()})


def _text_of(place: Address) -> str:
    try:
        return Store.of(place).read(place).decode(errors="replace")
    except NotInStore:
        return ""


def _is_there(to: Address) -> bool:
    try:
        return Store.of(to).look_at(to) is not None
    except NotInStore:
        return False
