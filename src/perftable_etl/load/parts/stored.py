"""Parts in an object store: made whole on this machine, then sent, the manifest last; copied here to be loaded.

A store has no renaming and no lock. So a part has the name of its content there, and two writers never mix theirs.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from perftable_etl.errors import NotInStore, WarehouseError
from perftable_etl.load.parts.folder import MARKS, LeftOut, SealedPart, half_written, is_of_a_part, judged
from perftable_etl.load.parts.manifest import NAME, Manifest
from perftable_etl.load.parts.writer import PartWriter
from perftable_etl.stores.address import Address
from perftable_etl.stores.scratch import Scratch
from perftable_etl.stores.store import Store

_DIGITS = 16
"""Of a part's id, in the name of its folder."""


def parts_at(place: Address) -> Iterator[SealedPart | LeftOut]:
    """What is below a place, in the order of the keys. Raises StoreError."""
    store = Store.of(place)
    folders = sorted(_folders(place).items(), key=lambda item: str(item[0]))
    sealed = [folder / NAME for folder, names in folders if NAME in names]
    manifests = dict(zip(sealed, store.read_all(sealed), strict=True))
    for folder, _ in folders:
        manifest = manifests.get(folder / NAME)
        yield judged(folder, manifest) if manifest is not None else half_written(folder)


def seal_at(place: Address, writer: PartWriter, scratch: Scratch) -> SealedPart:
    """Writes a part, which counts once its manifest is there. Raises OSError, StoreError."""
    draft = scratch.new()
    try:
        manifest = writer.seal(draft)
        folder = place / f"part-{manifest.part_id[:_DIGITS]}"
        store = Store.of(place)
        for file in manifest.files:
            store.send(draft / file.name, folder / file.name)
        _require_whole(store, folder, manifest)
        store.write(folder / NAME, (draft / NAME).read_bytes())
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return SealedPart(folder, manifest)


def sweep_at(place: Address) -> None:
    """Removes what an interrupted run left half-written below a place; to be called while nobody writes there."""
    store = Store.of(place)
    store.abandon_uploads(place)
    for folder, names in _folders(place).items():
        if NAME not in names and all(map(is_of_a_part, names)):
            store.delete(folder / name for name in names)


def copied(part: SealedPart, scratch: Scratch) -> Path | LeftOut:
    """The folder of a part; a copy on this machine where it is in a store. Raises StoreError."""
    if isinstance(part.folder, Path):
        return part.folder
    copy = scratch.new()
    names = [file.name for file in part.manifest.files]
    try:
        Store.of(part.folder).fetch_all({part.folder / name: copy / name for name in names})
    except NotInStore as error:
        return LeftOut(part.folder, f"one of its files is missing ({error}) Copy the part again")
    return copy


def _folders(place: Address) -> Mapping[Address, set[str]]:
    """The folders below a place that have a file as parts do, and the names of all files in them."""
    found: dict[Address, set[str]] = defaultdict(set)
    for one in Store.of(place).objects(place):
        found[one.path.parent].add(one.path.name)
    return {folder: names for folder, names in found.items() if names & MARKS}


def _require_whole(store: Store, folder: Address, manifest: Manifest) -> None:
    """Raises WarehouseError where another process has removed or replaced a file meanwhile."""
    there = {one.path.name: one.size for one in store.objects(folder)}
    if any(there.get(file.name) != file.byte_size for file in manifest.files):
        raise WarehouseError(
            f"{folder} was changed while it was written, so it was not sealed. Make sure that no other process "
            "writes the same share, and run the same command again."
        )
