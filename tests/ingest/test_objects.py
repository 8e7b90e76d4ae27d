"""Files of an object store on the way into a database: a real S3 server, several runs."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from perftable_etl.errors import StoreDenied, UsageError
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import ingest, plan, verified
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.shards import Share, shared
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import parse
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store
from tests.object_store import ObjectStore, denied, hung_up, upload
from tests.outcomes import fake_parse

STORE = Store("s3")


@pytest.fixture
def bucket(s3: ObjectStore) -> Address:
    bucket = s3.new_bucket()
    for key in ("2021/上海/a b.pdf", "2021/b?c%20.txt", "2022/c.pdf"):
        STORE.write(bucket / key, f"content of {key}".encode())
    STORE.write(bucket / "2021/copy.txt", b"content of 2022/c.pdf")
    STORE.write(bucket / "2021/notes.zip", b"zip")
    STORE.write(bucket / "2021/.hidden.pdf", b"hidden")
    return bucket


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def parse_all(files: Iterable[Path]) -> Generator[FileRows]:
    yield from (reading_of(fake_parse(file)) for file in files)


def run(
    db: Path, *places: Address | Path, archive: Archive | None = None, is_verified: bool = False, max_bytes: int = 1000
) -> Summary:
    with Warehouse(db) as warehouse:
        planned = plan(find_files(places), warehouse, max_bytes)
        planned = verified(planned) if is_verified else planned
        return ingest(planned, warehouse, archive, parse_all, lambda _: None)


def read(summary: Summary) -> list[str]:
    return [result.file_name for result in summary.results]


def test_objects_are_read_once_and_known_by_their_address(bucket: Address, db: Path) -> None:
    first = run(db, bucket)
    assert read(first) == ["b?c%20.txt", "copy.txt", "a b.pdf"]
    assert (first.copies, first.other_kinds) == (1, ((".zip", 1),))
    with Warehouse(db) as warehouse:
        ledger = warehouse.ledger()
    uri = f"{bucket}/2021/上海/a b.pdf"
    assert uri in ledger
    assert ledger[uri].document_id == sha256("content of 2021/上海/a b.pdf".encode()).hexdigest()
    assert ledger[uri].etag
    assert [result.source_uri for result in first.results if result.file_name == "a b.pdf"] == [uri]


def test_what_was_read_is_not_fetched_again_until_it_changes(bucket: Address, db: Path, s3: ObjectStore) -> None:
    run(db, bucket)
    s3.requests.clear()
    again = run(db, bucket)
    assert (again.run.skipped, again.run.documents) == (4, 0)
    assert s3.asked("GET", "2022/c.pdf") == 0
    assert s3.asked("GET") - s3.asked("GET", "max-keys=1&") == 1  # earlier s3fs also asks whether there is any
    STORE.write(bucket / "2022/c.pdf", b"content of 2022/d.pdf")
    changed = run(db, bucket)
    assert (read(changed), changed.run.skipped) == (["c.pdf"], 3)


def test_bytes_are_compared_where_that_is_asked_for(bucket: Address, db: Path) -> None:
    run(db, bucket)
    assert run(db, bucket, is_verified=True).run.skipped == 4


def test_an_object_that_is_named_is_read_whatever_is_known(bucket: Address, db: Path) -> None:
    run(db, bucket)
    assert read(run(db, bucket / "2022/c.pdf")) == ["c.pdf"]


def test_files_of_this_machine_and_of_a_store_together(bucket: Address, db: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here/local.txt").write_text("local", encoding="utf-8")
    assert read(run(db, tmp_path / "here", bucket / "2022", bucket / "2022/")) == ["local.txt", "c.pdf"]


@pytest.mark.parametrize("missing", ["1999", "2021/gone.pdf"])
def test_what_is_not_there_is_told(bucket: Address, missing: str) -> None:
    with pytest.raises(UsageError, match=f"{bucket}/{missing} does not exist"):
        find_files([bucket / missing])


def test_an_object_of_another_kind_is_told(bucket: Address) -> None:
    with pytest.raises(UsageError, match=r"notes\.zip is not a supported file"):
        find_files([bucket / "2021/notes.zip"])


def test_large_and_empty_objects_fail_alone_and_under_the_same_id(bucket: Address, db: Path, s3: ObjectStore) -> None:
    STORE.write(bucket / "2023/empty.pdf", b"")
    STORE.write(bucket / "2023/large.pdf", b"x" * 2000)
    with Warehouse(db) as warehouse:
        planned = plan(find_files([bucket / "2023"]), warehouse, 1000)

        def really(files: Iterable[Path]) -> Generator[FileRows]:
            yield from (reading_of(parse(file, max_bytes=1000)) for file in files)

        summary = ingest(planned, warehouse, None, really, lambda _: None)
    told = {result.file_name: result for result in summary.results}
    assert (told["empty.pdf"].error_code, told["large.pdf"].error_code) == ("empty", "too_large")
    assert told["large.pdf"].document_id == sha256(f"{bucket}/2023/large.pdf".encode()).hexdigest()
    assert s3.asked("GET", "2023/large.pdf") == 0


def test_one_object_that_cannot_be_had_is_left_for_the_next_run(bucket: Address, db: Path, s3: ObjectStore) -> None:
    s3.fail(9, denied, method="HEAD", path="c.pdf")
    first = run(db, bucket)
    assert read(first) == ["b?c%20.txt", "copy.txt", "a b.pdf"]
    assert [(trouble.uri, trouble.message.partition(":")[0]) for trouble in first.troubles] == [
        (f"{bucket}/2022/c.pdf", "is left for the next run")
    ]
    assert "Check the credentials" in first.troubles[0].message
    s3.stop_failing()
    assert (first.exit_code, run(db, bucket).exit_code) == (1, 0)


def test_a_store_that_falls_silent_is_not_asked_for_each_object(
    s3: ObjectStore, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    bucket = s3.new_bucket()
    s3.fill(bucket, [f"{number:03}.txt" for number in range(60)])
    s3.fail(1000, hung_up, method="HEAD", path=".txt")
    try:
        silent = run(db, bucket)
    finally:
        left = 1000 - s3.stop_failing()
    assert (len(silent.troubles), silent.run.documents) == (60, 0)
    assert "does not answer" in silent.troubles[0].message
    assert "did not answer before" in silent.troubles[-1].message
    assert left < 100
    assert run(db, bucket).run.documents == 60


def test_copies_go_once_they_are_read(bucket: Address, db: Path, copies: Path) -> None:
    most = 0

    def watching(files: Iterable[Path]) -> Generator[FileRows]:
        nonlocal most
        for file in files:
            assert file.is_relative_to(copies)
            most = max(most, len([path for path in copies.glob("*/*") if path.name != ".lock"]))
            yield reading_of(fake_parse(file))

    STORE.write(bucket / "0.txt", b"content of 2022/c.pdf")
    with Warehouse(db) as warehouse:
        ingest(plan(find_files([bucket]), warehouse), warehouse, None, watching, lambda _: None)
    assert 1 <= most <= 5
    assert [path for path in copies.glob("*/*") if path.name != ".lock"] == []


def test_objects_go_through_the_archive(bucket: Address, db: Path, tmp_path: Path) -> None:
    run(db, bucket, archive=Archive(tmp_path / "archive"))
    kept = Archive(tmp_path / "archive").find(sha256(b"content of 2022/c.pdf").hexdigest())
    assert kept is not None
    assert kept.read_bytes() == b"content of 2022/c.pdf"


def test_a_list_that_is_denied_ends_the_run(bucket: Address, s3: ObjectStore) -> None:
    s3.fail(2, denied, method="GET", path="list-type")
    with pytest.raises(StoreDenied):
        find_files([bucket])
    s3.stop_failing()


def test_shares_of_a_store_are_those_of_the_same_folder(bucket: Address, tmp_path: Path) -> None:
    for name in ("2021/a.txt", "2022/上海/b.txt", "c.txt", "2022/d.txt"):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    upload(tmp_path / "files", bucket / "mirror")
    for number in (1, 2, 3):
        here = shared(find_files([tmp_path / "files"]), [tmp_path / "files"], Share(number, 3)).files
        there = shared(find_files([bucket / "mirror"]), [bucket / "mirror"], Share(number, 3)).files
        assert sorted(str(path).partition("/files/")[2] for path in here) == sorted(
            str(path).partition("/mirror/")[2] for path in there
        )
