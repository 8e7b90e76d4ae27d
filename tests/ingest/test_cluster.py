"""A scheduler of Dask and its workers, real processes of this machine, read batches into parts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from perftable_etl.stores.store import Store
from tests.cli.script import run_script
from tests.drawing.corpus import forms_among, write_corpus
from tests.exports import export
from tests.object_store import ObjectStore

pytestmark = pytest.mark.apart

DOCUMENTS = 20

SMALL_BATCHES = (
    "import sys; from perftable_etl.ingest import batches; batches.FILES_PER_BATCH = 4;"
    "from perftable_etl.__main__ import main; main()"
)
NO_DAEMONS = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


class Machines(NamedTuple):
    """A scheduler and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    processes = [start(tmp_path / "scheduler.txt", "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")]
    try:
        address = found_in(tmp_path / "scheduler.txt", r"Scheduler at: +(tcp://\S+)")
        for number in (1, 2):
            log = tmp_path / f"worker-{number}.txt"
            processes.append(start(log, "worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"))
            found_in(log, "Registered to")
        yield Machines(address, processes[1:])
    finally:
        for process in processes:
            kill(process)


def start(log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **NO_DAEMONS},
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def found_in(log: Path, pattern: str) -> str:
    deadline = time.monotonic() + 120
    while not (match := re.search(pattern, log.read_text("utf-8"))):
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.1)
    return match[match.lastindex or 0]


@pytest.mark.slow
def test_workers_of_which_one_is_killed_read_what_one_machine_reads(machines: Machines, tmp_path: Path) -> None:
    files, parts = tmp_path / "files", tmp_path / "parts"
    write_corpus(files, DOCUMENTS)
    arguments = ["ingest", str(files), "--dask", machines.address, "--to", str(parts)]
    job = subprocess.Popen(
        [sys.executable, "-c", SMALL_BATCHES, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    wait_for_a_part(parts, job)
    kill(machines.workers[0])
    said, _ = job.communicate(timeout=300)
    assert job.returncode == 0, said.decode()
    db, one = tmp_path / "db.duckdb", tmp_path / "one.duckdb"
    assert run_script("load", parts, "--db", db).returncode == 0
    assert run_script("ingest", files, "--db", one).returncode == 0
    assert export(db) == export(one)
    assert export(db).count('"": "projects"') == forms_among(DOCUMENTS)
    again = run_script("ingest", files, "--dask", machines.address, "--to", parts)
    assert f"Skipped: {DOCUMENTS} read before" in again.stdout, again.stdout + again.stderr


@pytest.mark.slow
def test_workers_read_from_an_object_store_and_write_to_it(
    s3: ObjectStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    bucket, files = s3.new_bucket(), tmp_path / "files"
    write_corpus(files, DOCUMENTS)
    for path in files.rglob("*.pdf"):
        Store("s3").write(bucket / "files" / path.name, path.read_bytes())
    machines: Machines = request.getfixturevalue("machines")  # after the store: workers find it in their environment
    told = run_script("ingest", str(bucket / "files"), "--dask", machines.address, "--to", str(bucket / "parts"))
    assert told.returncode == 0, told.stdout + told.stderr
    db, one = tmp_path / "db.duckdb", tmp_path / "one.duckdb"
    assert run_script("load", str(bucket / "parts"), "--db", db).returncode == 0
    assert run_script("ingest", str(bucket / "files"), "--db", one).returncode == 0
    assert export(db) == export(one)
    assert export(db).count('"": "projects"') == forms_among(DOCUMENTS)


def wait_for_a_part(parts: Path, job: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while not list(parts.glob("*/*/manifest.json")):
        assert job.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一封信", encoding="utf-8")
    told = run_script("ingest", tmp_path / "a.txt", "--dask", "tcp://127.0.0.1:9", "--to", tmp_path / "parts")
    assert told.returncode == 2
    assert "no scheduler of Dask answers at tcp://127.0.0.1:9" in told.stderr
