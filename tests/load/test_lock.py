from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from perftable_etl.errors import Busy, WarehouseError
from perftable_etl.load.lock import holder_of, one_job
from perftable_etl.load.warehouse import Warehouse

HOLD = """
import sys
from pathlib import Path
from perftable_etl.load.lock import one_job
with one_job(Path(sys.argv[1]), "ingest"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(db: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of `db` until its input ends."""
    command = [sys.executable, "-c", HOLD, str(db)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as job:
        assert job.stdout is not None
        assert job.stdout.readline() == "held\n"
        yield job


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "work.duckdb"


def test_the_second_job_hears_who_has_it_and_since_when(db: Path) -> None:
    with held(db) as job, pytest.raises(Busy) as caught, one_job(db, "publish"):
        pytest.fail("it is held")
    assert f"work.duckdb is in use by perftable-etl ingest (process {job.pid} on " in str(caught.value)
    assert " UTC" in str(caught.value)
    assert caught.value.exit_code == os.EX_TEMPFAIL == 75


def test_a_job_that_ends_makes_room(db: Path) -> None:
    with held(db):
        pass
    with one_job(db, "publish"):
        assert '"publish"' in Path(f"{db}.lock").read_text("utf-8")
    assert not Path(f"{db}.lock").exists(), "there is no database that it could belong to"


def test_beside_a_database_the_lock_file_stays_and_names_nobody(db: Path) -> None:
    with one_job(db, "ingest"), Warehouse(db):
        pass
    assert Path(f"{db}.lock").read_text("utf-8") == ""


def test_a_lock_file_that_goes_takes_nobody_in(db: Path) -> None:
    """Who had opened it before must not hold a file that others do not find."""
    lock = Path(f"{db}.lock")
    replaced: list[Path] = []

    def replace_once(descriptor: int, operation: int) -> None:
        if not replaced:
            replaced.append(lock.rename(f"{lock}.old"))
        flock(descriptor, operation)

    flock = fcntl.flock
    lock.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fcntl, "flock", replace_once)
        with one_job(db, "ingest"):
            assert '"ingest"' in lock.read_text("utf-8")
    assert replaced[0].read_text("utf-8") == ""


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00", b"{}", b"[1]", b"held", b"\x00" * 9000])
def test_what_is_locked_by_another_program_is_told(db: Path, garbage: bytes) -> None:
    lock = Path(f"{db}.lock")
    lock.write_bytes(garbage)
    with lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(WarehouseError, match="is locked by a program that is not perftable-etl"), one_job(db, "x"):
            pytest.fail("it is held")
        assert holder_of(db) == "a program that is not perftable-etl"
    assert lock.read_bytes() == garbage


def test_a_job_that_fails_over_the_database_leaves_no_lock_file(db: Path) -> None:
    with duckdb.connect(db) as connection:
        connection.execute("CREATE TABLE theirs (x INTEGER)")
    before = db.read_bytes()
    with pytest.raises(WarehouseError, match="another program"), one_job(db, "ingest"), Warehouse(db):
        pass
    assert ([path.name for path in db.parent.iterdir()], db.read_bytes()) == ([db.name], before)


def test_a_job_that_is_killed_makes_room_and_its_name_does_not_stand_in_the_way(db: Path) -> None:
    with held(db) as job:
        job.send_signal(signal.SIGKILL)
    assert '"ingest"' in Path(f"{db}.lock").read_text("utf-8")
    with one_job(db, "publish"):
        assert '"ingest"' not in Path(f"{db}.lock").read_text("utf-8")


def test_a_process_that_outlives_the_job_that_started_it_does_not_hold_it(db: Path) -> None:
    with one_job(db, "ingest"):
        child = subprocess.Popen(["sleep", "60"])
    try:
        with one_job(db, "publish"):
            pass
    finally:
        child.kill()
        child.wait()


def test_a_job_in_the_same_process_waits_too(db: Path) -> None:
    with one_job(db, "sync"), pytest.raises(Busy, match="perftable-etl sync"), one_job(db, "publish"):
        pytest.fail("it is held")


def test_one_file_has_one_lock_whatever_it_is_called(db: Path) -> None:
    duckdb.connect(db).close()
    link = db.with_name("link.duckdb")
    link.symlink_to(db)
    with one_job(db, "sync"), pytest.raises(Busy), one_job(link, "publish"):
        pytest.fail("it is held")


def test_another_database_is_not_locked(db: Path) -> None:
    with one_job(db, "sync"), one_job(db.with_name("other.duckdb"), "sync"):
        pass


def test_a_place_where_no_lock_can_be_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match=r"work\.duckdb\.lock cannot be created \(No such file or directory\)"),
        one_job(tmp_path / "missing" / "work.duckdb", "ingest"),
    ):
        pytest.fail("does not exist")
