"""Parts that many machines wrote, into one database: once each, in any order, however often they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.parts.folder import LeftOut, SealedPart, damage_of, parts_below
from perftable_etl.load.relations import Relations
from perftable_etl.load.result import Counts
from perftable_etl.load.tables import RunRow
from perftable_etl.load.warehouse import Warehouse

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


def load_parts(folders: Sequence[Path], warehouse: Warehouse, on_parts: OnParts) -> LoadSummary:
    """Loads the parts below some folders, and relates all projects anew."""
    found = list(parts_below(folders))
    run = warehouse.start_run()
    before = warehouse.loaded_parts()
    sealed = {part.manifest.part_id: part for part in found if isinstance(part, SealedPart)}
    left_out = [part for part in found if isinstance(part, LeftOut)]
    fresh = [part for part_id, part in sealed.items() if part_id not in before]
    on_parts(len(found) - len(fresh))
    loaded, merged = 0, Counts()
    for batch in _batches(fresh):
        whole = [part for part in batch if not _is_damaged(part, left_out)]
        merged = Counts(*map(sum, zip(merged, warehouse.merge(whole), strict=True)))
        loaded += len(whole)
        on_parts(len(batch))
    relations = warehouse.relate()
    finished = warehouse.finish_run(run._replace(**merged._asdict()))
    return LoadSummary(finished, loaded, len(sealed) - len(fresh), tuple(left_out), merged, relations)


def _batches(parts: Sequence[SealedPart]) -> Iterator[list[SealedPart]]:
    remaining = iter(parts)
    while batch := list(islice(remaining, PARTS_PER_TRANSACTION)):
        yield batch


def _is_damaged(part: SealedPart, left_out: list[LeftOut]) -> bool:
    damage = damage_of(part)
    if damage:
        left_out.append(damage)
    return damage is not None
