"""Published snapshots in an object store, for those who read over the network.

    latest.json                           what the newest snapshot holds, and its name; written last
    releases/2026.1.json                  the same of a snapshot that is cited and kept for ever
    snapshots/20261122T042746.…/          its files: perftable.duckdb, snapshot.json and, if asked for, parquet/

A store has no links and no renaming. Readers read latest.json, and find all else below the name that it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from perftable_etl.errors import NotInStore, UsageError, WarehouseError
from perftable_etl.load.snapshots import DATABASE, DESCRIPTION, LATEST_DESCRIPTION, Snapshot, is_snapshot_name, text_of
from perftable_etl.stores.address import Address
from perftable_etl.stores.scratch import Scratch
from perftable_etl.stores.store import Store


class StoredSnapshots:
    """Where snapshots are published in a store. One process at a time should; two make no half snapshot."""

    def __init__(self, path: Address) -> None:
        self.path = path
        self._store = Store.of(path)
        self._scratch = Scratch()
        self._snapshots = path / "snapshots"
        self._releases = path / "releases"

    @property
    def database(self) -> Path:
        """A copy of the published database, to compare with."""
        snapshot, copy = self.latest(), self._scratch.new(".duckdb")
        if snapshot is None:
            raise WarehouseError(f"{self.path} has no snapshot yet. Publish again.")
        self._store.fetch(self._snapshots / snapshot.name / DATABASE, copy)
        return copy

    @contextmanager
    def prepared(self, release: str | None) -> Iterator[Path]:
        """A folder on this machine for the next snapshot. Raises UsageError where there is a release of that name."""
        if release is not None and self._description_at(self._releases / f"{release}.json"):
            raise UsageError(
                f"{self.path} has a release {release} already, and a release never changes. Use another name."
            )
        yield self._scratch.new_folder()
        self._scratch.clear()

    def latest(self) -> Snapshot | None:
        """What readers have now; None before the first."""
        return self._description_at(self.path / LATEST_DESCRIPTION)

    def publish(self, draft: Path, snapshot: Snapshot) -> None:
        """Sends the draft, which holds the database, and makes it what readers find from now on."""
        folder, description = self._snapshots / snapshot.name, text_of(snapshot).encode()
        for path in sorted(path for path in draft.rglob("*") if path.is_file()):
            self._store.send(path, folder / path.relative_to(draft).as_posix())
        self._store.write(folder / DESCRIPTION, description)
        if snapshot.release is not None:
            self._store.write(self._releases / f"{snapshot.release}.json", description)
        self._store.write(self.path / LATEST_DESCRIPTION, description)

    def prune(self, keep: int) -> None:
        """Deletes the oldest snapshots until there are `keep`, and what was sent in part before the newest one.

        Never the one that readers find, nor a release.
        """
        latest = self.latest()
        kept = {latest.name if latest else "", *self._released()}
        there = self._files()
        whole = sorted(name for name, files in there.items() if DESCRIPTION in files)
        in_part = [name for name in there if DESCRIPTION not in there[name] and name < max(whole, default="")]
        for name in (*in_part, *[name for name in whole if name not in kept][::-1][keep - 1 :]):
            self._store.delete([self._snapshots / name / DESCRIPTION])  # no reader takes it for whole from now on
            self._store.delete(self._snapshots / name / file for file in there[name])

    def _files(self) -> dict[str, set[str]]:
        """The files of each snapshot, whole or not, by their paths from its folder on."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._store.objects(self._snapshots):
            name, _, file = (one.path.below(self._snapshots) or "").partition("/")
            if is_snapshot_name(name):
                found[name].add(file)
        return found

    def _released(self) -> Iterator[str]:
        for one in self._store.objects(self._releases):
            if release := self._description_at(one.path):
                yield release.name

    def _description_at(self, place: Address) -> Snapshot | None:
        try:
            return Snapshot.model_validate_json(self._store.read(place))
        except NotInStore:
            return None
        except ValidationError as error:
            raise WarehouseError(
                f"{place} does not describe a snapshot, so the copy cannot be compared with it. Move the folder "
                "away, and publish again."
            ) from error
