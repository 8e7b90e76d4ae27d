"""The folder that readers open: the published database, what it holds, and those published before it.

    perftable.duckdb -> latest/perftable.duckdb      what readers open
    latest.json      -> latest/snapshot.json         what it holds
    latest           -> snapshots/20261122T042746.123456Z-1a2b3c4d
    releases/2026.1  -> ../snapshots/20261122T042746.123456Z-1a2b3c4d, for a snapshot that is cited and kept for ever
    snapshots/       one folder a snapshot, with both files and, if asked for, parquet/; never changed
    .publishing/     what is not finished; after a crash the next one clears it

Replacing the link `latest` is one rename, and it is all that publishing changes: at any moment, also that of a crash,
database and description are of one snapshot. Who has the old file open keeps it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from perftable_etl.errors import UsageError, WarehouseError
from perftable_etl.load.lock import locked
from perftable_etl.load.profile import Profile
from perftable_etl.records import Record
from perftable_etl.screen import safe_json
from perftable_etl.system.disk import flush

DATABASE = "perftable.duckdb"
DESCRIPTION = "snapshot.json"
PARQUET = "parquet"
LATEST = "latest"
LATEST_DESCRIPTION = "latest.json"

_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}")
"""A snapshot's: when it was made, and how the hash of its database begins."""

READ_ONLY = 0o444
"""Nobody opens a snapshot for writing by mistake, which would lock out its readers."""


class Snapshot(Record):
    """The content of one published database: latest.json. Times are UTC."""

    name: str
    sha256: str
    bytes: int
    published_at: datetime
    schema_version: int
    run_id: str | None
    run_finished_at: datetime | None
    profile: Profile
    release: str | None = None


def text_of(snapshot: Snapshot) -> str:
    """The text of a description."""
    return safe_json(snapshot.model_dump_json(indent=2)) + "\n"


def is_snapshot_name(name: str) -> bool:
    """Whether a folder has the name of a snapshot."""
    return _NAME.fullmatch(name) is not None


class SnapshotFolder:
    """Where snapshots are published. One process at a time changes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE
        self.lock = path / f"{DATABASE}.lock"
        self._snapshots = path / "snapshots"
        self._releases = path / "releases"
        self._unfinished = path / ".publishing"

    @contextmanager
    def prepared(self, release: str | None) -> Iterator[Path]:
        """A folder for the next snapshot, while nobody else publishes here. Raises UsageError, WarehouseError, Busy."""
        with locked(self.lock, self.database, "publish"), self.draft() as draft:
            self.require_unwritten()
            self.require_new(release)
            self.mend_links()
            yield draft

    def require_unwritten(self) -> None:
        """Raises WarehouseError where the published database is a file of somebody else's, or was written to."""
        if self.database.exists() and not self.database.is_symlink():
            raise WarehouseError(
                f"{self.database} is not a published snapshot. Move it away, or publish to another folder."
            )
        # DuckDB keeps the log beside the name it was given or beside the file itself, depending on its version.
        for database in (self.database, self.database.resolve()):
            log = database.with_name(f"{DATABASE}.wal")
            if log.exists():
                raise WarehouseError(
                    f"{log} exists: a program opened the published database for writing. Close it there and delete "
                    "that file; its changes are lost. Readers must open the database with read_only."
                )

    def require_new(self, release: str | None) -> None:
        """Raises UsageError where there is a release of that name: who cites it must find the same."""
        if release is not None and os.path.lexists(self._releases / release):
            raise UsageError(
                f"{self.path} has a release {release} already, and a release never changes. Use another name."
            )

    def latest(self) -> Snapshot | None:
        """What readers have now; None before the first."""
        path = self.path / LATEST_DESCRIPTION
        try:
            return Snapshot.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise WarehouseError(
                f"{path} does not describe a snapshot, so the copy cannot be compared with it. Move the folder "
                "away, and publish again."
            ) from error

    def mend_links(self) -> None:
        """Leads links that are missing, or lead nowhere, to the newest snapshot; to be called with a draft at hand."""
        whole = self._whole_snapshots()
        if not whole:
            return
        if not (self.path / LATEST / DESCRIPTION).is_file():
            self._link(self.path / LATEST, f"{self._snapshots.name}/{whole[-1].name}")
        for link, name in ((self.database, DATABASE), (self.path / LATEST_DESCRIPTION, DESCRIPTION)):
            if not link.exists():
                self._link(link, f"{LATEST}/{name}")

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A folder for the next snapshot, out of sight; it is gone at the end unless it was published."""
        shutil.rmtree(self._unfinished, ignore_errors=True)
        draft = self._unfinished / "draft"
        draft.mkdir(parents=True)
        self._snapshots.mkdir(exist_ok=True)
        try:
            yield draft
        finally:
            shutil.rmtree(self._unfinished, ignore_errors=True)

    def publish(self, draft: Path, snapshot: Snapshot) -> None:
        """Makes the draft, which holds the database, what readers open from now on."""
        (draft / DESCRIPTION).write_text(text_of(snapshot), encoding="utf-8")
        _settle(draft)
        draft.rename(self._snapshots / snapshot.name)
        flush(self._snapshots)
        if snapshot.release is not None:
            self._keep(snapshot.release, snapshot.name)
        self._link(self.database, f"{LATEST}/{DATABASE}")
        self._link(self.path / LATEST_DESCRIPTION, f"{LATEST}/{DESCRIPTION}")
        self._link(self.path / LATEST, f"{self._snapshots.name}/{snapshot.name}")
        flush(self.path)

    def prune(self, keep: int) -> None:
        """Deletes the oldest snapshots until there are `keep`, never the one that readers open, nor a release.

        One that a crash left just before readers went over to it is whole, and counts like the others. What is no
        snapshot of ours neither counts nor goes.
        """
        kept = {link.resolve() for link in (self.path / LATEST, *self._all_releases())}
        others = [path for path in self._whole_snapshots() if path.resolve() not in kept]
        for path in others[::-1][keep - 1 :]:
            # Out of sight first, so that no snapshot is ever seen in part.
            discarded = path.rename(self._unfinished / path.name)
            shutil.rmtree(discarded)

    def _all_releases(self) -> list[Path]:
        return list(self._releases.iterdir()) if self._releases.is_dir() else []

    def _keep(self, release: str, name: str) -> None:
        self._releases.mkdir(exist_ok=True)
        self._link(self._releases / release, f"../{self._snapshots.name}/{name}")
        flush(self._releases)

    def _whole_snapshots(self) -> list[Path]:
        """The snapshots that were published here, the newest last."""
        return sorted(path for path in self._snapshots.iterdir() if _is_snapshot(path))

    def _link(self, link: Path, to: str) -> None:
        new = self._unfinished / link.name
        new.symlink_to(to)
        new.replace(link)


def _settle(folder: Path) -> None:
    """Makes all files in a folder read-only, and has the disk keep them."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(READ_ONLY)
        flush(path)
    flush(folder)


def _is_snapshot(path: Path) -> bool:
    return (
        is_snapshot_name(path.name)
        and not path.is_symlink()
        and (path / DATABASE).is_file()
        and (path / DESCRIPTION).is_file()
    )
