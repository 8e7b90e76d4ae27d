"""The archive in an object store: what comes in is kept there, and read again from there."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from perftable_etl.errors import StoreDenied
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.config import Config
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import ingest, plan
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.reparse import reparse
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.stored_archive import Origins, archive_at
from perftable_etl.ingest.sync import sync
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.stored import Choice
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store
from tests.object_store import ObjectStore, denied
from tests.outcomes import fake_parse

STORE = Store("s3")
CONTENT = b"content of a.txt"
ID = sha256(CONTENT).hexdigest()


@pytest.fixture
def root(s3: ObjectStore) -> Address:
    return s3.new_bucket() / "archive"


def copied(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*/*") if path.name != ".lock"]


def parse_all(files: Iterable[Path]) -> Generator[FileRows]:
    yield from (reading_of(fake_parse(file)) for file in files)


def run(db: Path, folder: Path, archive: Archive) -> Summary:
    with Warehouse(db) as warehouse:
        return ingest(plan(find_files([folder]), warehouse), warehouse, archive, parse_all, lambda _: None)


def test_bytes_are_kept_once_under_their_hash(root: Address, s3: ObjectStore) -> None:
    archive = archive_at(root)
    first, second = archive.add([b"content ", b"of a.txt"], ".TXT"), archive.add([CONTENT], ".txt")
    assert first.document_id == second.document_id == ID
    assert [str(one.path.below(root)) for one in STORE.objects(root)] == [f"{ID[:2]}/{ID}.txt"]
    assert s3.asked("PUT", ID) == 1
    found = archive.find(ID)
    assert found is not None
    assert (found.suffix, found.read_bytes()) == (".txt", CONTENT)
    assert (archive.has(ID), archive.has("0" * 64), archive.find("0" * 64)) == (True, False, None)
    assert archive.has_copied(found)


def test_it_goes_to_other_machines_by_its_address(root: Address) -> None:
    archive_at(root).add([CONTENT], ".txt")
    assert pickle.loads(pickle.dumps(archive_at(root))).has(ID)


def test_files_of_this_machine_are_kept_there_and_read_again_from_there(
    root: Address, tmp_path: Path, copies: Path
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.txt").write_bytes(CONTENT)
    db = tmp_path / "db.duckdb"
    assert run(db, tmp_path / "files", archive_at(root)).run.new == 1
    (tmp_path / "files/a.txt").unlink()
    with Warehouse(db) as warehouse:
        documents = warehouse.documents(Choice())
        again = reparse(documents, warehouse, [archive_at(root)], parse_all, lambda _: None, 1000)
    assert (again.run.documents, again.troubles) == (1, ())
    assert copied(copies) == []


def test_many_files_are_sent_at_once_and_each_gets_there(root: Address, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for number in range(20):
        (tmp_path / f"files/{number:02}.txt").write_text(f"content {number}", encoding="utf-8")
    summary = run(tmp_path / "db.duckdb", tmp_path / "files", archive_at(root))
    assert [result.file_name for result in summary.results] == [f"{number:02}.txt" for number in range(20)]
    assert len(list(STORE.objects(root))) == 20


def test_documents_without_an_archive_are_read_again_from_the_store_they_came_from(
    s3: ObjectStore, tmp_path: Path, copies: Path
) -> None:
    bucket, db = s3.new_bucket(), tmp_path / "db.duckdb"
    for name in ("a.txt", "b.txt"):
        STORE.write(bucket / name, name.encode())
    with Warehouse(db) as warehouse:
        ingest(plan(find_files([bucket]), warehouse), warehouse, None, parse_all, lambda _: None)
        STORE.delete([bucket / "b.txt"])
        again = reparse(warehouse.documents(Choice()), warehouse, [Origins()], parse_all, lambda _: None, 1000)
    assert [result.file_name for result in again.results] == ["a.txt"]
    assert [trouble.uri for trouble in again.troubles] == [f"{bucket}/b.txt"]
    assert copied(copies) == []


def test_an_archive_that_denies_ends_the_run_and_keeps_nothing(
    root: Address, tmp_path: Path, s3: ObjectStore, copies: Path
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.txt").write_bytes(CONTENT)
    s3.fail(1, denied, method="PUT")
    with pytest.raises(StoreDenied, match=f"{ID}.txt is denied"):
        run(tmp_path / "db.duckdb", tmp_path / "files", archive_at(root))
    assert list(STORE.objects(root)) == []
    assert copied(copies) == []
    assert run(tmp_path / "db.duckdb", tmp_path / "files", archive_at(root)).run.new == 1


def test_a_sync_fetches_from_one_store_and_keeps_in_another(root: Address, tmp_path: Path, s3: ObjectStore) -> None:
    bucket = s3.new_bucket()
    STORE.write(bucket / "a.txt", CONTENT)
    source = {"kind": "fsspec", "name": "bucket", "url": str(bucket)}
    config = Config.model_validate(
        {"db": "work.duckdb", "archive": str(root), "source": [source]}, context={"folder": tmp_path}
    )
    assert config.archive == root

    def night() -> Summary:
        with Warehouse(config.db) as warehouse, open_sources(config) as sources:
            return sync(sources, warehouse, archive_at(config.archive), parse_all, lambda _: None)

    assert night().run.new == 1
    assert [one.path.name for one in STORE.objects(root)] == [f"{ID}.txt"]
    s3.requests.clear()
    assert night().run.skipped == 1
    assert s3.asked("GET", "a.txt") == 0


def test_the_archive_of_a_config_is_a_path_or_an_address(tmp_path: Path) -> None:
    def archive(value: str) -> object:
        content = {"db": "w.duckdb", "archive": value, "source": [{"kind": "fsspec", "name": "b", "url": "s3://b"}]}
        return Config.model_validate(content, context={"folder": tmp_path}).archive

    assert (archive("kept"), archive("s3://b/kept/")) == (tmp_path / "kept", Address("s3", "b/kept"))
