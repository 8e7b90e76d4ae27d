"""A file that harms the process that reads it fails alone."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from concurrent.futures import Future
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from perftable_etl.ingest import crew, isolation
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import DEFAULT_LIMITS, Limits
from tests.drawing.redraw import SAMPLES
from tests.ingest.misbehaving import WAYS, list_modules, parse_or_misbehave, tell_process, tell_reach
from tests.outcomes import fake_parse
from tests.parsing import parse_all

LIMITS = Limits(seconds=2, megabytes=512)

CODES = {
    "segfault": ("crash", "SIGSEGV; try more --memory"),
    "hang": ("timeout", "longer than 2 seconds; raise --timeout"),
    "hang_in_c": ("timeout", "raise --timeout"),
    "ignore_requests_to_end": ("timeout", "raise --timeout"),
    "eat_memory": ("memory", "than --memory allows; raise it"),
    "exit_at_once": ("crash", "exit code 7; try more"),
    "be_killed": ("crash", "for lack of memory; ingest it again"),
    "stop": ("timeout", "raise --timeout"),
    "fail": ("crash", "(LookupError: a mistake of ours); report this"),
    "fail_in_two_words": ("crash", "(TwoWordError: unforeseen trouble); report this"),
    "fail_by_a_local_class": ("crash", "(HiddenError: deep inside); report this"),
    "nest": ("crash", "RecursionError"),
}


def write(folder: Path, contents: dict[str, str]) -> list[Path]:
    paths = [folder / name for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


@pytest.fixture
def good(tmp_path: Path) -> list[Path]:
    return write(tmp_path, {f"{number:02}.pdf": f"file {number}" for number in range(12)})


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_the_order_of_the_files(good: list[Path], workers: int) -> None:
    outcomes = parse_all(good, fake_parse, workers, DEFAULT_LIMITS)
    assert [outcome.file_name for outcome in outcomes] == [path.name for path in good]


def test_nothing_to_read_needs_no_worker() -> None:
    assert list(parse_all([], fake_parse, 2, DEFAULT_LIMITS)) == []


def test_a_file_that_does_harm_costs_only_itself(tmp_path: Path) -> None:
    """Each of them between good ones, all at once."""
    contents = {f"{way}.pdf": f"{way}\n" for way in WAYS}
    contents |= {f"{way}-good.pdf": f"a good file after {way}" for way in WAYS}
    files = sorted(write(tmp_path, contents))
    outcomes = {outcome.file_name: outcome for outcome in parse_all(files, parse_or_misbehave, 2, LIMITS)}
    assert list(outcomes) == [path.name for path in files]
    for way, (code, advice) in CODES.items():
        assert outcomes[f"{way}-good.pdf"].status == "review", way
        bad = outcomes[f"{way}.pdf"]
        assert (bad.status, bad.error_code) == ("failed", code), bad.error_message
        assert bad.document_id == sha256(contents[bad.file_name].encode()).hexdigest()
        message = bad.error_message or ""
        assert message.startswith(f"{way}.pdf: ")
        assert advice in message
        assert "\n" not in message


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_killed_while_it_answers_costs_only_its_file(tmp_path: Path, workers: int) -> None:
    """It holds the lock of its pipe, which nobody can take any more."""
    contents = {f"{number}.pdf": "letter\n" if number == 3 else f"file {number}" for number in range(8)}
    outcomes = list(parse_all(write(tmp_path, contents), parse_or_misbehave, workers, LIMITS))
    assert [outcome.error_code for outcome in outcomes] == [None] * 3 + ["crash"] + [None] * 4


def test_idle_workers_that_are_killed_are_replaced(good: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "IN_FLIGHT_PER_WORKER", 1)  # whoever has the first outcome knows the worker idle
    with closing(parse_all(good, tell_process, 1, LIMITS)) as outcomes:
        first = next(outcomes)
        for process in multiprocessing.active_children():
            process.kill()
        rest = list(outcomes)
    assert [outcome.status for outcome in rest] == ["review"] * 11
    assert rest[-1].title != first.title


class LockedPool:
    """A pool as it is after its process was killed while it held the lock of their pipe: no call ever begins."""

    def schedule(self, *_: Any, **__: Any) -> Future[Any]:
        return Future()

    def stop(self) -> None: ...

    def join(self) -> None: ...


def test_a_call_that_never_begins_is_made_again(good: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_GRACE", 0.1)
    worker = Worker(LIMITS)
    monkeypatch.setattr(worker, "_pool", LockedPool())
    try:
        assert worker.call(tell_process, good[0]).status == "review"
    finally:
        worker.dismiss()


def test_workers_end_with_the_iterator(tmp_path: Path, good: list[Path]) -> None:
    slow = write(tmp_path, {"slow.pdf": "hang\n"})
    with closing(parse_all([*good[:4], *slow, *good[4:]], parse_or_misbehave, 2, DEFAULT_LIMITS)) as outcomes:
        next(outcomes)
    assert multiprocessing.active_children() == []


def test_workers_have_no_database() -> None:
    (outcome,) = parse_all([SAMPLES / "cac-2024.txt"], list_modules, 1, DEFAULT_LIMITS)
    modules = (outcome.title or "").split()
    assert "perftable_etl.pipeline" in modules
    assert not {"duckdb", "pyarrow", "typer", "rich"} & set(modules)
    assert not {"perftable_etl.load.database", "perftable_etl.load.arrow"} & set(modules)


def test_a_worker_whose_server_is_killed_has_another(tmp_path: Path) -> None:
    """What it did is not known, so it is done again; the file is not blamed."""
    contents = {f"{number}.pdf": "lose_server\n" if number == 1 else f"file {number}" for number in range(3)}
    outcomes = list(parse_all(write(tmp_path, contents), parse_or_misbehave, 1, LIMITS))
    assert [outcome.error_code for outcome in outcomes] == [None] * 3


STOPPED = """
import os, signal, sys
from pathlib import Path
from perftable_etl.errors import WorkerError
from perftable_etl.ingest import isolation
from perftable_etl.ingest.limits import DEFAULT_LIMITS
from tests.outcomes import fake_parse
from tests.parsing import parse_all

def server():
    lists = Path("/proc/self/task").glob("*/children")  # the thread that began a process has it as its child
    children = [pid for one in lists for pid in one.read_text().split()]
    return next(int(pid) for pid in children if b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes())

files = [Path(sys.argv[1])] * 2
assert sum(one is not None for one in parse_all(files, fake_parse, 1, DEFAULT_LIMITS)) == 2
os.kill(server(), signal.SIGSTOP)
isolation._PATIENCE, isolation._GRACE = 0.5, 0.5
try:
    list(parse_all(files, fake_parse, 1, DEFAULT_LIMITS))
except WorkerError as error:
    print(error)
os.kill(server(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_a_server_of_workers_that_is_stopped_is_named(good: list[Path]) -> None:
    """No file has failed for it, and the end of the run does not wait for it."""
    run = subprocess.run(
        [sys.executable, "-c", STOPPED, str(good[0])], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.startswith("No worker process starts: the process that starts them (multiprocessing.forkserver)")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such filter")
def test_workers_have_no_network_and_no_secrets(good: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFTABLE_WEBHOOK", "canary-1")
    (outcome,) = parse_all(good[:1], tell_reach, 1, DEFAULT_LIMITS)
    reach = json.loads(outcome.title or "")
    assert reach["sockets"] == ["AF_UNIX"]
    assert "PATH" in reach["names"]
    assert "PERFTABLE_WEBHOOK" not in reach["names"]
    assert "canary" not in reach["begun_with"]
