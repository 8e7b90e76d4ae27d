"""Ctrl-C and SIGTERM end an ingest at once: no worker is left, what was stored stays."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.drawing.redraw import SAMPLES
from tests.examples import usually

pytestmark = pytest.mark.apart

INGEST = """
import sys
from pathlib import Path
from perftable_etl import cli
from perftable_etl.load.warehouse import Warehouse
from tests.ingest.misbehaving import parse_really_or_misbehave

store_all, stored = Warehouse.store_all, Path(sys.argv.pop())

def store_and_note(*arguments):
    results = store_all(*arguments)
    stored.touch()
    return results

Warehouse.store_all = store_and_note
cli.main(parse_really_or_misbehave)
"""
"""The command, which also notes that it has stored a file: nobody can ask a database that is being written."""


@pytest.fixture
def job(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """An ingest in a process group of its own, with one good file before two that never end."""
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(SAMPLES / "cac-2024.txt", folder / "a.txt")
    for number in (1, 2):
        (folder / f"hang-{number}.pdf").write_text(f"hang\n{number}", encoding="utf-8")
    command = [sys.executable, "-c", INGEST, "ingest", str(folder), "--db", str(tmp_path / "db.duckdb"), "--workers=2"]
    command.append(str(tmp_path / "stored"))
    job = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    yield job
    job.kill()
    job.wait()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def members(group: int) -> list[int]:
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in numbers if group_of(number) == group]


def group_of(number: int) -> int | None:
    try:
        state = (Path("/proc") / str(number) / "stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if state[0] == "Z" else int(state[2])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("number", "reaches", "exit_code"),
    [
        pytest.param(signal.SIGINT, os.killpg, 130, id="Ctrl-C, which all processes get"),
        pytest.param(signal.SIGINT, os.kill, 130, id="SIGINT", marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, os.kill, 143, id="SIGTERM"),
        pytest.param(signal.SIGTERM, os.killpg, 143, id="SIGTERM to all, as systemd sends it", marks=pytest.mark.slow),
    ],
)
def test_an_interrupted_ingest_ends_at_once(
    job: subprocess.Popen[str], tmp_path: Path, number: int, reaches: Callable[[int, int], None], exit_code: int
) -> None:
    wait_for(lambda: len(list((tmp_path / "files").glob("*.begun"))) == 2)
    wait_for((tmp_path / "stored").exists)
    reaches(job.pid, number)
    _, errors = job.communicate(timeout=30)
    assert job.returncode == exit_code
    assert errors == (
        f"error: ended by {signal.Signals(number).name}. Stored documents stay. Run the same command again "
        "to continue. "
        "Documents stored: 1.\n"
    )
    wait_for(lambda: not members(job.pid))
    with duckdb.connect(tmp_path / "db.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT file_name FROM documents").fetchall() == [("a.txt",)]
        assert connection.execute("SELECT finished_at, documents, new FROM runs").fetchall() == [(None, 1, 1)]


HANGING_DISK = """
import os, sys, threading
from pathlib import Path
from perftable_etl import cli

open_file, begun = os.open, Path(sys.argv.pop())

def open_or_hang(path, *arguments, **more):
    if str(path).endswith("b.txt"):
        begun.touch()
        threading.Event().wait()
    return open_file(path, *arguments, **more)

os.open = open_or_hang
cli.main()
"""
"""The command where a file's disk never answers, which it also notes."""


@pytest.mark.parametrize("command", usually(1, ["ingest --archive", "ingest"]))
def test_a_disk_that_gives_no_answer_holds_nobody(command: str, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        shutil.copy(SAMPLES / "cac-2024.txt", tmp_path / name)
    verb, *options = command.split()
    arguments = [verb, *(f"{option}={tmp_path}/archive" for option in options), str(tmp_path), f"--db={tmp_path}/db"]
    script = [sys.executable, "-c", HANGING_DISK, *arguments, str(tmp_path / "begun")]
    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as job:
        wait_for((tmp_path / "begun").exists)
        job.terminate()
        _, errors = job.communicate(timeout=45)  # the disk has 60 s
    assert (job.returncode, errors.count("\n")) == (143, 1)
    assert list(tmp_path.glob("archive/.partial-*")) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_of_a_killed_ingest_end_by_themselves(tmp_path: Path) -> None:
    """Nobody is left to end them but their own alarm."""
    path = tmp_path / "hang.pdf"
    path.write_text("hang\n", encoding="utf-8")
    code = (
        "from pathlib import Path\n"
        "from perftable_etl.ingest import crew\n"
        "from perftable_etl.ingest.limits import Limits\n"
        "from tests.ingest.misbehaving import parse_really_or_misbehave as parse\n"
        f"list(crew.parse_all([Path({str(path)!r})], parse, 1, Limits(2, 512)))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], start_new_session=True) as job:
        wait_for(path.with_suffix(".begun").exists)
        assert len(members(job.pid)) == 4  # itself, the server of its workers, the tracker of its semaphores, a worker
        job.kill()
    wait_for(lambda: not members(job.pid))
