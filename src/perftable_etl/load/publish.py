"""A database for readers, made from the one that jobs write: copied, compared with both, and switched to at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from perftable_etl.errors import UsageError, WarehouseError
from perftable_etl.load.comparison import NewDocuments, compare
from perftable_etl.load.database import Connection, copy_database, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.load.export.copies import copy_to_parquet
from perftable_etl.load.export.relation import all_names, relations_of
from perftable_etl.load.gates import Gate, gates_of
from perftable_etl.load.inventory import Inventory, take_inventory
from perftable_etl.load.profile import profile
from perftable_etl.load.release import ORDINARY, Release
from perftable_etl.load.rules import Rules
from perftable_etl.load.snapshots import DATABASE, PARQUET, Snapshot, SnapshotFolder
from perftable_etl.load.status import last_runs
from perftable_etl.load.stored_snapshots import StoredSnapshots
from perftable_etl.stores.address import Address, Place
from perftable_etl.system.disk import hash_of


class Publication(NamedTuple):
    """What came of publishing: the snapshot that was made, and how it compares with the one before.

    At first there are no gates, and nothing that documents could be new against.
    """

    folder: Place
    snapshot: Snapshot
    gates: tuple[Gate, ...]
    new: NewDocuments | None
    is_published: bool

    @property
    def failed_gates(self) -> tuple[Gate, ...]:
        """What got worse than allowed; published all the same only where that was asked for."""
        return tuple(gate for gate in self.gates if not gate.is_passed)


def publish(db: Path, folder: Place, *, keep: int, rules: Rules, release: Release = ORDINARY) -> Publication:
    """Publishes the database `db` to `folder`, and keeps the last `keep` snapshots, this one included, and releases.

    Where a gate falls further than `rules` allow, readers keep what they have.

    Nobody may write to `db` meanwhile: the caller holds its lock. A run that was interrupted is no hindrance, since
    each document is stored as a whole or not at all. Raises WarehouseError, with readers left what they have, where
    the copy cannot be made or differs from `db`.
    """
    release.require_name()
    with _told(folder):
        target = _target(db, folder)
        with target.prepared(release.name) as draft:
            snapshot = _take(db, draft / DATABASE).model_copy(update={"release": release.name})
            publication = _judged(target, draft, snapshot, rules)
            if publication.is_published:
                if release.has_parquet:
                    _write_parquet(draft)
                target.publish(draft, snapshot)
                target.prune(keep)
    return publication


def _judged(target: SnapshotFolder | StoredSnapshots, draft: Path, snapshot: Snapshot, rules: Rules) -> Publication:
    """What shall become of the draft, compared with what readers have."""
    if target.latest() is None:
        return Publication(target.path, snapshot, (), None, is_published=True)
    comparison = compare(target.database, draft / DATABASE)
    gates = gates_of(comparison, rules)
    is_published = all(gate.is_passed or gate.is_forced for gate in gates)
    return Publication(target.path, snapshot, gates, comparison.new, is_published)


@contextmanager
def _told(folder: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WarehouseError(
            f"{folder} cannot be published to: {error.strerror} ({error.filename}). The last snapshot is intact. "
            "Correct this, and publish again."
        ) from error


def _target(db: Path, folder: Place) -> SnapshotFolder | StoredSnapshots:
    if isinstance(folder, Address):
        return StoredSnapshots(folder)
    target = SnapshotFolder(folder)
    if target.database.resolve() == db.resolve():
        raise UsageError(f"{db} is the published snapshot in {folder}. Give the working database, or another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    return target


def _take(db: Path, copy: Path) -> Snapshot:
    """Copies `db` to `copy`, and describes it once both are known to hold the same."""
    inventory = _inventory(db)
    copy_database(db, copy)
    with closing(open_to_query(copy, read_only=True)) as connection, explained(connection, f"{copy} cannot be read"):
        _require_equal(db, inventory, take_inventory(connection))
        return _describe(connection, copy)


def _inventory(db: Path) -> Inventory:
    with closing(open_to_query(db, read_only=True)) as original:
        require_current(original, db)
        with explained(original, f"{db} cannot be published"):
            return take_inventory(original)


def _require_equal(db: Path, original: Inventory, copied: Inventory) -> None:
    for part, before, now in zip(Inventory._fields, original, copied, strict=True):
        if before != now:
            raise WarehouseError(
                f"the copy of {db} and {db} itself differ in {part}. Nothing was published. "
                "Make sure that no other program writes to it, and publish again."
            )


def _write_parquet(draft: Path) -> None:
    """Adds the tables as Parquet, a file a year, for those who read over the network without the whole database."""
    folder = draft / PARQUET
    folder.mkdir()
    with closing(open_to_query(draft / DATABASE, read_only=True)) as connection:
        for relation in relations_of(connection, all_names()):
            copy_to_parquet(connection, relation, folder / relation.name)


def _describe(connection: Connection, path: Path) -> Snapshot:
    now = datetime.now(UTC)
    sha256 = hash_of(path)
    run = next(iter(last_runs(connection, 1)), None)
    schema_version = connection.execute("SELECT max(schema_version) FROM meta").fetchall()[0][0]
    return Snapshot(
        name=f"{now:%Y%m%dT%H%M%S.%fZ}-{sha256[:8]}",
        sha256=sha256,
        bytes=path.stat().st_size,
        published_at=now,
        schema_version=schema_version,
        run_id=run and run.run_id,
        run_finished_at=run and run.finished_at and run.finished_at.replace(tzinfo=UTC),
        profile=profile(connection),
    )
