"""Ingests over and over: what is read, what is left alone, what the ledger and the archive hold."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Generator, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import duckdb
import pytest

from perftable_etl.errors import ArchiveError
from perftable_etl.fingerprint import fingerprint
from perftable_etl.ingest.archive import Archive
from perftable_etl.ingest.files import find_files
from perftable_etl.ingest.job import ingest, plan, verified
from perftable_etl.ingest.loading import Summary
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.pipeline import parse
from tests.outcomes import fake_parse
from tests.strange_disks import answer_too_late, close_folder, do_when_opened, write_while_read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disclosures"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf", "c.txt"):
        (folder / name).write_text(f"content of {name}", encoding="utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def parse_all(files: Iterable[Path]) -> Generator[FileRows]:
    yield from map(reading_of, map(fake_parse, files))


def really_parse_all(files: Iterable[Path]) -> Generator[FileRows]:
    yield from map(reading_of, map(parse, files))


def run(db: Path, *paths: Path, archive: Archive | None = None, is_verified: bool = False) -> Summary:
    with Warehouse(db) as warehouse:
        planned = plan(find_files(paths), warehouse)
        return ingest(verified(planned) if is_verified else planned, warehouse, archive, parse_all, lambda _: None)


def troubles(summary: Summary) -> list[tuple[str, str]]:
    return [(str(trouble.uri).rpartition("/")[2], trouble.message) for trouble in summary.troubles]


def read(summary: Summary) -> list[str]:
    return [result.file_name for result in summary.results]


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def set_back(path: Path, text: str) -> None:
    """Writes other bytes of the same length and puts the clock of the file back."""
    before = path.stat()
    assert len(text) == before.st_size
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_unchanged_files_are_left_alone(folder: Path, db: Path) -> None:
    assert read(run(db, folder)) == ["a.pdf", "b.pdf", "c.txt"]
    again = run(db, folder)
    assert read(again) == []
    assert (again.run.skipped, again.run.documents) == (3, 0)


def test_changed_and_new_files_are_read(folder: Path, db: Path) -> None:
    run(db, folder)
    (folder / "a.pdf").write_text("another content", encoding="utf-8")
    (folder / "d.pdf").write_text("new", encoding="utf-8")
    assert read(run(db, folder)) == ["a.pdf", "d.pdf"]


def test_to_verify_is_to_compare_all_bytes(folder: Path, db: Path) -> None:
    run(db, folder)
    set_back(folder / "b.pdf", "CONTENT OF b.pdf")
    assert read(run(db, folder)) == []
    assert read(run(db, folder, is_verified=True)) == ["b.pdf"]


def test_what_fails_waits_unless_it_is_named_or_changed(folder: Path, db: Path) -> None:
    (folder / "a.pdf").write_text("bad", encoding="utf-8")
    assert run(db, folder).exit_code == 1
    assert query(db, "SELECT state, attempts, reason LIKE 'encrypted: a.pdf%' FROM ledger WHERE state = 'failed'") == [
        ("failed", 1, True)
    ]
    waiting = run(db, folder)
    assert (read(waiting), waiting.run.waiting) == ([], 1)
    assert read(run(db, folder / "a.pdf")) == ["a.pdf"]
    (folder / "a.pdf").write_text("good now", encoding="utf-8")
    assert run(db, folder).exit_code == 0
    assert query(db, "SELECT DISTINCT state, attempts FROM ledger") == [("review", 0)]


def test_the_same_bytes_are_read_once_and_found_at_both_places(folder: Path, db: Path) -> None:
    (folder / "copy.pdf").write_bytes((folder / "a.pdf").read_bytes())
    first = run(db, folder)
    assert (read(first), first.copies) == (["a.pdf", "b.pdf", "c.txt"], 1)
    assert query(db, "SELECT count(*), count(DISTINCT document_id) FROM ledger WHERE state = 'review'") == [(4, 3)]
    assert run(db, folder).run.skipped == 4


def test_a_file_that_was_only_touched_is_no_copy_of_another(folder: Path, db: Path) -> None:
    run(db, folder)
    os.utime(folder / "a.pdf", ns=(1, 1))
    touched = run(db, folder)
    assert (read(touched), touched.copies, touched.run.skipped) == ([], 0, 3)
    assert run(db, folder).run.skipped == 3


def test_what_another_reader_read_is_read_again(folder: Path, db: Path) -> None:
    """Where both read the same, the rows stay, and only say what read them last."""
    (folder / "copy.pdf").write_bytes((folder / "a.pdf").read_bytes())
    run(db, folder)
    written = query(db, "SELECT document_id, record_hash, ingested_at FROM documents ORDER BY ALL")
    with duckdb.connect(db) as connection:
        connection.execute("UPDATE documents SET fingerprint = 'another'; UPDATE ledger SET fingerprint = 'another'")
    again = run(db, folder)
    assert (read(again), again.run.unchanged, again.copies) == (["a.pdf", "b.pdf", "c.txt"], 3, 1)
    assert query(db, "SELECT document_id, record_hash, ingested_at FROM documents ORDER BY ALL") == written
    assert query(db, "SELECT DISTINCT fingerprint FROM documents") == [(fingerprint(),)]
    assert query(db, "SELECT DISTINCT fingerprint FROM ledger") == [(fingerprint(),)]
    assert run(db, folder).run.skipped == 4


def test_a_file_that_was_moved_is_not_read_again(folder: Path, db: Path) -> None:
    run(db, folder)
    (folder / "a.pdf").rename(folder / "moved.pdf")
    moved = run(db, folder)
    assert (read(moved), moved.copies) == ([], 1)


def test_the_archive_holds_all_bytes_under_their_hashes(folder: Path, db: Path, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    run(db, folder, archive=Archive(root))
    kept = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*")}
    for name in ("a.pdf", "b.pdf", "c.txt"):
        data = (folder / name).read_bytes()
        digest = sha256(data).hexdigest()
        assert kept.pop(f"{digest[:2]}/{digest}{Path(name).suffix}") == data
    assert kept == {}
    assert {row[0] for row in query(db, "SELECT file_name FROM documents")} == {"a.pdf", "b.pdf", "c.txt"}
    assert all(row[0].startswith(folder.as_uri()) for row in query(db, "SELECT source_uri FROM documents"))


def test_an_archive_that_cannot_be_written_is_an_error(folder: Path, db: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(ArchiveError, match="could not be written"):
        run(db, folder, archive=Archive(tmp_path / "archive"))


def test_what_an_interrupted_copy_left_is_cleared(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / ".partial-xyz").write_bytes(b"half")
    (tmp_path / "ab" / "abcd.pdf").write_bytes(b"whole")
    archive.clear_partial()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["abcd.pdf"]


def test_copies_of_a_file_that_fails_fail_with_it(folder: Path, db: Path) -> None:
    for name in ("bad-1.pdf", "bad-2.pdf"):
        (folder / name).write_text("bad", encoding="utf-8")
    first = run(db, folder)
    assert (first.run.failed, first.copies) == (1, 1)
    assert query(db, "SELECT attempts, reason LIKE '%bad-_.pdf%' FROM ledger WHERE state = 'failed'") == [(1, True)] * 2
    assert run(db, folder).run.waiting == 2


def test_empty_files_are_no_copies_of_each_other_and_not_archived(folder: Path, db: Path, tmp_path: Path) -> None:
    for name in ("empty-1.pdf", "empty-2.pdf"):
        (folder / name).touch()
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        summary = ingest(planned, warehouse, Archive(tmp_path / "archive"), really_parse_all, lambda _: None)
    assert (summary.run.failed, summary.copies) == (2 + 2, 0)
    assert query(db, "SELECT file_name, error_message FROM documents WHERE error_code = 'empty' ORDER BY ALL") == [
        (name, f"{name}: it is empty (0 bytes); fetch the file again") for name in ("empty-1.pdf", "empty-2.pdf")
    ]
    assert len([path for path in (tmp_path / "archive").rglob("*") if path.is_file()]) == 3


def test_what_fails_in_the_archive_is_named_as_people_know_it(folder: Path, db: Path, tmp_path: Path) -> None:
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder / "a.pdf"]), warehouse)
        ingest(planned, warehouse, Archive(tmp_path / "archive"), really_parse_all, lambda _: None)
    ((said, reason),) = query(db, "SELECT error_message, reason FROM documents JOIN ledger USING (document_id)")
    assert said.startswith("a.pdf: ")
    assert reason == f"not_pdf: {said}"


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_name_that_is_no_utf_8_costs_nothing(folder: Path, db: Path) -> None:
    """As files are named that were unpacked from archives made where names are in GB18030."""
    (folder / os.fsdecode("中.pdf".encode("gb18030"))).write_text("content", encoding="utf-8")
    assert run(db, folder).run.documents == 4
    assert query(db, r"SELECT count(*) FROM documents WHERE file_name = '\xd6\xd0.pdf'") == [(1,)]


def test_what_cannot_be_looked_at_is_counted_and_named(folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    close_folder("closed", monkeypatch)
    summary = run(db, folder)
    assert (read(summary), summary.run.unreached, summary.exit_code) == (["a.pdf", "b.pdf", "c.txt"], 2, 1)
    assert [name for name, _ in troubles(summary)] == ["closed", "pipe.pdf"]


def test_a_file_that_may_not_be_opened_fails_alone(
    folder: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    do_when_opened("b.pdf", refuse, monkeypatch)
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        ingest(planned, warehouse, Archive(tmp_path / "archive"), really_parse_all, lambda _: None)
    said = "b.pdf: it cannot be opened (Permission denied); check its path and permissions"
    assert query(db, "SELECT error_message FROM documents WHERE error_code = 'unreadable'") == [(said,)]
    assert query(db, "SELECT count(*) FROM documents") == [(3,)]


def test_a_file_past_the_bound_is_neither_hashed_nor_archived(folder: Path, db: Path, tmp_path: Path) -> None:
    with (folder / "d.pdf").open("wb") as file:
        file.truncate(30 << 30)
    archive = Archive(tmp_path / "archive")
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse, max_bytes=1000)
        ingest(planned, warehouse, archive, really_parse_all, lambda _: None)
    assert query(db, "SELECT error_code, byte_size FROM documents WHERE file_name = 'd.pdf'") == [
        ("too_large", 30 << 30)
    ]
    assert query(db, "SELECT state FROM ledger WHERE source_uri LIKE '%d.pdf'") == [("failed",)]
    assert len(kept_in(tmp_path / "archive")) == 3


def kept_in(archive: Path) -> list[Path]:
    return [path for path in archive.rglob("*") if path.is_file()]


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_file_that_changes_meanwhile_is_left_for_the_next_run(
    folder: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_archived: bool
) -> None:
    archive = Archive(tmp_path / "archive") if is_archived else None
    write_while_read(folder / "b.pdf", monkeypatch)
    first = run(db, folder, archive=archive)
    assert (read(first), first.exit_code) == (["a.pdf", "c.txt"], 1)
    assert troubles(first) == [("b.pdf", "is left for the next run: it changed while it was read")]
    second = run(db, folder, archive=archive)
    assert (read(second), second.exit_code) == (["b.pdf"], 0)
    digest = sha256((folder / "b.pdf").read_bytes()).hexdigest()
    assert query(db, "SELECT document_id FROM documents WHERE file_name = 'b.pdf'") == [(digest,)]
    for path in kept_in(tmp_path / "archive"):
        assert sha256(path.read_bytes()).hexdigest() == path.stem


def test_a_file_that_changes_after_it_was_found_is_taken_as_it_then_is(folder: Path, db: Path, tmp_path: Path) -> None:
    """What is archived is what is hashed and read; the next run finds that the file is another than was planned."""
    archive = Archive(tmp_path / "archive")
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        (folder / "a.pdf").write_text("written later", encoding="utf-8")
        ingest(planned, warehouse, archive, parse_all, lambda _: None)
    digest = sha256(b"written later").hexdigest()
    assert query(db, "SELECT document_id FROM documents WHERE file_name = 'a.pdf'") == [(digest,)]
    assert archive.path_of(digest, ".pdf").read_bytes() == b"written later"
    assert run(db, folder, archive=archive).run.skipped == 3


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_file_that_was_another_for_a_moment_is_read_again(
    folder: Path, db: Path, tmp_path: Path, is_archived: bool
) -> None:
    """Whoever put it back put its clock back, too."""
    archive, path = Archive(tmp_path / "archive") if is_archived else None, folder / "a.pdf"
    before, status = path.read_bytes(), path.stat()
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        path.write_text("for a moment", encoding="utf-8")
        ingest(planned, warehouse, archive, parse_all, lambda _: None)
    path.write_bytes(before)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read(run(db, folder, archive=archive)) == ["a.pdf"]


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_file_that_vanishes_fails_alone(folder: Path, db: Path, tmp_path: Path, is_archived: bool) -> None:
    archive = Archive(tmp_path / "archive") if is_archived else None
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        (folder / "b.pdf").unlink()
        ingest(planned, warehouse, archive, really_parse_all, lambda _: None)
    assert query(db, "SELECT file_name FROM documents WHERE error_code = 'unreadable'") == [("b.pdf",)]
    assert query(db, "SELECT count(*) FROM documents") == [(3,)]


def test_a_disk_that_gives_no_answer_is_asked_once(
    folder: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files on it are left for the next run; they have not failed."""
    with Warehouse(db) as warehouse:
        planned = plan(find_files([folder]), warehouse)
        with monkeypatch.context() as patch:
            answer_too_late("b.pdf", patch)
            summary = ingest(planned, warehouse, None, parse_all, lambda _: None)
    assert [result.file_name for result in summary.results] == ["a.pdf"]
    assert troubles(summary) == [
        ("b.pdf", "is left for the next run: its disk did not answer for 60 seconds"),
        ("c.txt", "is left for the next run: its disk did not answer before"),
    ]
    assert read(run(db, folder)) == ["b.pdf", "c.txt"]
