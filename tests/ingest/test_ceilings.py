"""Limits of the system below ours are named as that, with what to do, and no file is blamed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from perftable_etl.errors import WorkerError
from perftable_etl.ingest.ceilings import require_room
from perftable_etl.ingest.sources.links import LinkPage, LinkReader
from tests.drawing.redraw import SAMPLES

ENDLESS = resource.RLIM_INFINITY
NOBODY = 65534


def allow(limit: int, amount: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system allows so much of this, and of all else without end."""
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (amount if kind == limit else ENDLESS, ENDLESS))


@pytest.mark.parametrize(
    ("limit", "amount", "enough", "message"),
    [
        (resource.RLIMIT_DATA, 511 << 20, 512 << 20, r"allows a process 511 MB \(ulimit -d\), and --memory 512 needs"),
        (
            resource.RLIMIT_AS,
            1023 << 20,
            1024 << 20,
            r"allows a process 1,023 MB \(ulimit -v\), and --memory 512",
        ),
        (resource.RLIMIT_NOFILE, 55, 56, r"allows a process 55 open files \(ulimit -n\), and the workers need 56"),
    ],
)
def test_each_is_named_and_enough_is_enough(
    limit: int, amount: int, enough: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(limit, enough, monkeypatch)
    require_room(megabytes=512, workers=2)
    allow(limit, amount, monkeypatch)
    with pytest.raises(WorkerError, match=message):
        require_room(megabytes=512, workers=2)


def test_whatever_a_worker_is_for_it_needs_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of links are read in one, too; none of them is blamed."""
    allow(resource.RLIMIT_DATA, 100 << 20, monkeypatch)
    with closing(LinkReader()) as reader, pytest.raises(WorkerError, match="allows a process 100 MB"):
        reader.read(LinkPage(b"<a href=a.pdf>", "text/html", "https://czj.example.cn/"))


def test_a_folder_for_temporary_files_too_far_down_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", f"/tmp/{'x' * 90}")
    with pytest.raises(WorkerError, match="x, is too long for the sockets of worker"):
        require_room(megabytes=512, workers=1)


def test_a_working_folder_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(WorkerError, match="The working folder is no longer there"):
        require_room(megabytes=512, workers=1)


def test_a_working_folder_that_may_not_be_entered_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As /root is for the user of a job."""
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0)
    try:
        with as_somebody(), pytest.raises(WorkerError, match="may not be entered, so no worker process can start"):
            require_room(megabytes=512, workers=1)
    finally:
        tmp_path.chmod(0o700)


@contextmanager
def as_somebody() -> Iterator[None]:
    """The tests run as root, too, whom no permission stops."""
    user = os.geteuid()
    os.seteuid(user or NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count it")
def test_a_run_says_so_once(tmp_path: Path) -> None:
    db = tmp_path / "db.duckdb"
    command = f"ulimit -d 1000000; exec {sys.executable} -m perftable_etl ingest {SAMPLES} --db {db}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("error: The system allows a process 976 MB (ulimit -d), and --memory 2048 needs")
    assert len(run.stderr.splitlines()) == 1
    with duckdb.connect(db, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)
        assert connection.execute("SELECT DISTINCT state FROM ledger").fetchall() == [("pending",)]
