"""Publishing is killed at random moments: readers have a whole snapshot each time, and the next publish is like any."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perftable_etl import connect
from perftable_etl.load.publish import publish
from perftable_etl.load.rules import Rules
from perftable_etl.load.snapshots import Snapshot
from perftable_etl.system.disk import hash_of
from tests.databases import store_documents

pytestmark = pytest.mark.apart

KEEP = 3

PUBLISH_FOR_EVER = f"""
import sys
from pathlib import Path
from perftable_etl.load.lock import one_job
from perftable_etl.load.publish import publish
from perftable_etl.load.rules import Rules
db, folder = map(Path, sys.argv[1:])
print("publishing", flush=True)
while True:
    with one_job(db, "publish"):
        publish(db, folder, keep={KEEP}, rules=Rules(0))
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return store_documents(tmp_path / "work.duckdb", b"%PDF-1", b"%PDF-2")


def test_ten_kills(db: Path, tmp_path: Path) -> None:
    check_kills(db, tmp_path / "published", 10)


@pytest.mark.slow
def test_two_hundred_kills(db: Path, tmp_path: Path) -> None:
    check_kills(db, tmp_path / "published", 200)


def check_kills(db: Path, folder: Path, kills: int) -> None:
    rows = everything(db)
    started = time.monotonic()
    publish(db, folder.with_name("undisturbed"), keep=KEEP, rules=Rules(0))
    duration = time.monotonic() - started
    moments = random.Random(5)
    for _ in range(kills):
        publish_until(db, folder, moments.uniform(0, 2 * duration))
        check_consistent(folder, rows)
    publish(db, folder, keep=KEEP, rules=Rules(0))
    check_consistent(folder, rows)
    assert everything(folder / "perftable.duckdb") == everything(folder.with_name("undisturbed") / "perftable.duckdb")
    assert sorted(path.name for path in folder.iterdir()) == [
        "latest",
        "latest.json",
        "perftable.duckdb",
        "perftable.duckdb.lock",
        "snapshots",
    ]
    assert len(list((folder / "snapshots").iterdir())) == KEEP


def publish_until(db: Path, folder: Path, seconds: float) -> None:
    """Publishes again and again, and is killed after that time."""
    command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(db), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "publishing\n"
        time.sleep(seconds)
        assert process.poll() is None
        process.kill()


def check_consistent(folder: Path, rows: list[str]) -> None:
    """Every snapshot is whole, and what readers open is what latest.json says; before the first, there is nothing."""
    snapshots = folder / "snapshots"
    for path in snapshots.iterdir() if snapshots.exists() else ():
        check_described(path / "perftable.duckdb", path / "snapshot.json")
    if (folder / "latest").exists():
        check_described(folder / "perftable.duckdb", folder / "latest.json")
        assert everything(folder / "perftable.duckdb") == rows
    else:
        assert not (folder / "perftable.duckdb").exists()
        assert not (folder / "latest.json").exists()


def check_described(database: Path, description: Path) -> None:
    assert Snapshot.model_validate_json(description.read_bytes()).sha256 == hash_of(database)


def everything(db: Path) -> list[str]:
    """All rows of all tables, as sorted text."""
    with connect(db) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return sorted(f"{name} {row}" for (name,) in tables for row in connection.table(name).fetchall())
