"""Two that want the same database at once: who comes second is told why it has to wait, and nothing is harmed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.jobs import Job

pytestmark = pytest.mark.apart


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """An ingest of some letters: one would be read before a slow machine can stop its process."""
    letters = tmp_path / "letters"
    letters.mkdir()
    for number in range(20):
        (letters / f"{number}.txt").write_text(f"没有表格的第{number}封信。", encoding="utf-8")
    return Job(tmp_path, ("ingest", f"{letters}", f"--db={tmp_path}/work.duckdb"))


def run(job: Job) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perftable_etl", *job.arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_of_two_ingests_at_once_the_second_is_told_who_works(job: Job) -> None:
    with job.start() as first:
        os.killpg(first.pid, signal.SIGSTOP)
        second = run(job)
        os.killpg(first.pid, signal.SIGCONT)
    assert (second.returncode, second.stdout) == (75, "")
    assert f"work.duckdb is in use by perftable-etl ingest (process {first.pid} on " in second.stderr
    assert first.returncode == 0
    assert run(job).returncode == 0


def test_an_ingest_is_told_of_a_reader_that_has_the_database_open(job: Job) -> None:
    job.run()
    with duckdb.connect(job.db, read_only=True):
        disturbed = run(job)
    assert (disturbed.returncode, disturbed.stdout) == (3, "")
    (line,) = disturbed.stderr.splitlines()
    assert "work.duckdb is open in another process. Close it there and try again." in line
    assert run(job).returncode == 0
