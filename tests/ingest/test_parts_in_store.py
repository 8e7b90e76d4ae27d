"""Parts in an object store: many machines read from it and write to it, and a database takes the parts in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from perftable_etl.errors import StoreDenied, UsageError, WarehouseError
from perftable_etl.ingest import batches, loading, shards
from perftable_etl.ingest.batches import ingest_batches
from perftable_etl.ingest.destinations import into_parts
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import plan
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.means import Means
from perftable_etl.ingest.parts import LoadSummary, load_parts
from perftable_etl.ingest.shards import Share, shared
from perftable_etl.load.parts.known import KnownParts
from perftable_etl.load.parts.manifest import CONTENT, NAME
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store
from tests.cli.script import command, run_script
from tests.drawing.flatten import tabbed
from tests.exports import export
from tests.object_store import ObjectStore, denied
from tests.outcomes import fake_parse
from tests.publications import publication

READER = "reader"
STORE = Store("s3")
ALL = Share(1, 1)
FILES, PARTS = 5, 3


@pytest.fixture
def bucket(s3: ObjectStore) -> Address:
    bucket = s3.new_bucket()
    s3.fill(bucket, [f"files/{number:02}/{number}.txt" for number in range(FILES)])
    return bucket


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "DOCUMENTS_PER_PART", 2)
    monkeypatch.setattr(batches, "FILES_PER_BATCH", 3)
    monkeypatch.setattr(loading, "DOCUMENTS_AT_ONCE", 1)


def parse_all(paths: Iterable[Path]) -> Generator[FileRows]:
    for path in paths:
        yield reading_of(fake_parse(path).model_copy(update={"fingerprint": READER}))


def read(bucket: Address) -> Summary:
    places = [bucket / "files"]
    with into_parts(bucket / "parts", Means(READER, parse_all), ALL) as destination:
        planned = plan(shared(find_files(places), places, ALL), destination.known)
        return destination.ingest(planned, lambda _: None)


def load(db: Path, *places: Address) -> LoadSummary:
    with Warehouse(db, READER) as warehouse:
        return load_parts(places, warehouse, lambda _: None)


def keys(place: Address) -> list[str]:
    return [str(one.path.below(place)) for one in STORE.objects(place)]


def test_parts_are_loaded_once_and_files_are_not_read_again(bucket: Address, tmp_path: Path, s3: ObjectStore) -> None:
    assert read(bucket).run.documents == FILES
    s3.requests.clear()
    again = read(bucket)
    assert (again.run.documents, again.run.skipped) == (0, FILES)
    assert s3.asked("PUT") == 0
    db = tmp_path / "db.duckdb"
    first, second = load(db, bucket / "parts"), load(db, bucket / "parts", bucket / "parts/shard-1-of-1")
    assert (first.loaded, first.merged.new) == (PARTS, FILES)
    assert (second.loaded, second.known, second.merged.documents) == (0, PARTS, 0)
    with Warehouse(db) as warehouse:
        assert sorted(warehouse.ledger()) == [f"{bucket}/files/{number:02}/{number}.txt" for number in range(FILES)]


def test_an_upload_that_breaks_off_leaves_nothing_that_counts(bucket: Address, tmp_path: Path, s3: ObjectStore) -> None:
    s3.fail(1, denied, method="PUT", path="ledger.parquet")
    with pytest.raises(StoreDenied, match=r"ledger\.parquet is denied"):
        read(bucket)
    assert keys(bucket / "parts")
    assert NAME not in {key.rpartition("/")[2] for key in keys(bucket / "parts")}
    half = load(tmp_path / "half.duckdb", bucket / "parts")
    assert (half.loaded, [("half-written" in part.reason) for part in half.left_out]) == (0, [True])
    read(bucket)
    whole = load(tmp_path / "whole.duckdb", bucket / "parts")
    assert (whole.loaded, whole.left_out, whole.merged.documents) == (PARTS, (), FILES)


def test_damaged_and_foreign_parts_are_named_and_left_out(bucket: Address, tmp_path: Path) -> None:
    read(bucket)
    folders = sorted({key.rpartition("/")[0] for key in keys(bucket / "parts")})
    changed, gone, foreign = (bucket / "parts" / folder for folder in folders)
    STORE.write(changed / "findings.parquet", b"other")
    STORE.delete([gone / "indicators.parquet"])
    STORE.write(foreign / NAME, b"{}")
    summary = load(tmp_path / "db.duckdb", bucket / "parts")
    told = {part.folder: part.reason for part in summary.left_out}
    assert (summary.loaded, set(told)) == (0, {changed, gone, foreign})
    assert "findings.parquet has changed" in told[changed]
    assert "indicators.parquet" in told[gone] or "is missing" in told[gone]
    assert "not one of perftable-etl" in told[foreign]


def test_a_part_that_another_process_swept_is_not_sealed(bucket: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Store.send

    def sent_and_swept(self: Store, file: Path, place: Address) -> None:
        send(self, file, place)
        if place.name == "ledger.parquet":
            self.delete([place.parent / "documents.parquet"])

    monkeypatch.setattr(Store, "send", sent_and_swept)
    with pytest.raises(WarehouseError, match="was changed while it was written"):
        read(bucket)
    assert NAME not in {key.rpartition("/")[2] for key in keys(bucket / "parts")}


def test_what_is_not_of_a_part_is_not_swept(bucket: Address) -> None:
    STORE.write(bucket / "parts/shard-1-of-1/mine/documents.parquet", b"mine")
    STORE.write(bucket / "parts/shard-1-of-1/mine/notes.txt", b"mine")
    STORE.write(bucket / "parts/shard-1-of-1/half/documents.parquet", b"half")
    read(bucket)
    assert [key for key in keys(bucket / "parts/shard-1-of-1") if not key.startswith("part-")] == [
        "mine/documents.parquet",
        "mine/notes.txt",
    ]


def test_a_place_without_parts_is_told(bucket: Address, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no parts"):
        load(tmp_path / "db.duckdb", bucket / "files")


def test_batches_of_many_machines_go_to_a_store(bucket: Address, tmp_path: Path) -> None:
    means = Means(READER, parse_all)

    def ingest() -> Summary:
        planned = plan(find_files([bucket / "files"]), KnownParts(bucket / "parts", READER))
        return ingest_batches(planned, bucket / "parts", means, map, lambda _: None)

    assert ingest().run.documents == FILES
    lost = next(key for key in keys(bucket / "parts") if key.endswith(NAME))
    STORE.delete([bucket / "parts" / lost])
    assert ingest().run.documents in {1, 2}
    assert load(tmp_path / "db.duckdb", bucket / "parts").merged.documents == FILES


@pytest.mark.slow
def test_two_shards_of_which_one_is_killed_and_started_again(s3: ObjectStore, tmp_path: Path) -> None:
    bucket = s3.new_bucket()
    for number in range(6):
        STORE.write(bucket / f"files/{number}/表.txt", tabbed(publication(f"项目{number}")).encode())
    STORE.write(bucket / "files/copy.txt", tabbed(publication("项目1")).encode())
    places = (str(bucket / "files"), "--to", str(bucket / "parts"))
    other = subprocess.Popen(
        command("ingest", *places, "--shard", "1/2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    kill_while_it_writes(s3, [*places, "--shard", "2/2"])
    assert run_script("ingest", *places, "--shard", "2/2").returncode == 0
    assert other.wait(120) == 0
    db, one = tmp_path / "db.duckdb", tmp_path / "one.duckdb"
    told = run_script("load", str(bucket / "parts"), "--db", db)
    assert (told.returncode, told.stderr) == (0, "")
    before = export(db)
    assert load(db, bucket / "parts").loaded == 0
    assert run_script("ingest", str(bucket / "files"), "--db", one).returncode == 0
    assert before == export(db) == export(one)


def kill_while_it_writes(s3: ObjectStore, arguments: list[str]) -> None:
    """Ends a shard that writes small parts in the midst of its second one."""
    script = (
        "from perftable_etl.ingest import shards; shards.DOCUMENTS_PER_PART = 1;"
        "from perftable_etl.__main__ import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "ingest", *arguments],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while s3.asked("PUT", "shard-2-of-2") < len(CONTENT) + 3:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
