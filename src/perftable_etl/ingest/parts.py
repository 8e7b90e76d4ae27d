"""Parts that many machines wrote, into one database: once each, in any order, however often they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.parts.folder import LeftOut, SealedPart, damage_of
from perftable_etl.load.parts.places import found_at
from perftable_etl.load.parts.stored import copied
from perftable_etl.load.relations import Relations
from perftable_etl.load.result import Counts
from perftable_etl.load.tables import RunRow
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.stores.address import Place
from perftable_etl.stores.scratch import Scratch
from perftable_etl.system.disk_list import some

PARTS_PER_TRANSACTION = 50
"""A transaction of as many parts is large enough to be quick, and small enough for the memory of one machine."""

OnParts = Callable[[int], None]
"""Hears how many parts were just loaded, or passed over."""


class LoadSummary(NamedTuple):
    """What loading did: parts that were loaded now, before, or left out; what they brought, and how projects relate."""

    run: RunRow
    loaded: int
    known: int
    left_out: tuple[LeftOut, ...]
    merged: Counts
    relations: Relations

    @property
    def exit_code(self) -> int:
        """1 where a part was left out, or a document in one that was loaded had failed."""
        return 1 if self.left_out or self.merged.failed else 0


def load_parts(folders: Sequence[Place], warehouse: Warehouse, on_parts: OnParts) -> LoadSummary:
    """Loads the parts below some folders, and relates all projects anew."""
    found = list(found_at(folders))
    run = warehouse.start_run()
    before = warehouse.loaded_parts()
    sealed = {part.manifest.part_id: part for part in found if isinstance(part, SealedPart)}
    left_out = [part for part in found if isinstance(part, LeftOut)]
    fresh = [part for part_id, part in sealed.items() if part_id not in before]
    on_parts(len(found) - len(fresh))
    loaded, merged, scratch = 0, Counts(), Scratch()
    for batch in some(fresh, PARTS_PER_TRANSACTION):
        whole = list(_whole(batch, scratch, left_out))
        brought = warehouse.merge(whole) if whole else Counts()
        merged = Counts(*map(sum, zip(merged, brought, strict=True)))
        scratch.clear()
        loaded += len(whole)
        on_parts(len(batch))
    relations = warehouse.relate()
    finished = warehouse.finish_run(run._replace(**merged._asdict()))
    return LoadSummary(finished, loaded, len(sealed) - len(fresh), tuple(left_out), merged, relations)


def _whole(parts: Sequence[SealedPart], scratch: Scratch, left_out: list[LeftOut]) -> Iterator[SealedPart]:
    """The parts that are what their manifests say, on this machine; the others are added to `left_out`."""
    for part in parts:
        copy = copied(part, scratch)
        damage = copy if isinstance(copy, LeftOut) else damage_of(part, copy)
        if damage:
            left_out.append(damage)
        elif isinstance(copy, Path):
            yield part._replace(folder=copy)
