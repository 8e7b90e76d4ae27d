"""To inspect a file is as safe as to ingest it: it has limits, does no harm, and a signal ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import OutOfMemory, TookTooLong
from perftable_etl.extract.source import OnPage
from perftable_etl.ingest.inspection import inspected
from perftable_etl.ingest.limits import Limits
from perftable_etl.records import Outcome
from tests.ingest.misbehaving import parse_or_misbehave
from tests.ingest.test_interruption import members, wait_for
from tests.outcomes import fake_parse

LIMITS = Limits(seconds=2, megabytes=512)
PATIENT = Limits(seconds=60, megabytes=512)

INSPECT = """
from perftable_etl import cli
from perftable_etl.ingest import reader
from tests.ingest.misbehaving import parse_really_or_misbehave

reader.parse = parse_really_or_misbehave
cli.main()
"""


def tell_pages(file: Path, /, *, on_page: OnPage) -> str:
    for page in (1, 2, 3):
        on_page(page, 3)
    return file.name


def test_pages_are_heard_of_as_they_are_reached(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    assert inspected(tell_pages, tmp_path / "a.pdf", PATIENT, lambda *page: heard.append(page)) == "a.pdf"
    wait_for(lambda: len(heard) == 3)
    assert heard == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("way", "error"), [("hang_in_c", TookTooLong), ("eat_memory", OutOfMemory)])
def test_a_file_that_breaks_the_limits_is_ended(way: str, error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text(f"{way}\n", encoding="utf-8")
    with pytest.raises(error):
        inspected(partial(parse_or_misbehave, max_bytes=1000), tmp_path / "a.pdf", LIMITS, lambda *_: None)


def inspect(*arguments: str | Path, parse: object = fake_parse) -> Result:
    return CliRunner().invoke(app, ["inspect", *map(str, arguments)], obj=parse)


def test_a_file_that_crashes_is_told_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("segfault\n", encoding="utf-8")
    result = inspect(tmp_path / "a.pdf", parse=parse_or_misbehave)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("failed: a.pdf: its process ended by SIGSEGV")


def test_what_is_no_file_is_refused_and_a_large_one_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with (tmp_path / "b.pdf").open("wb") as file:
        file.truncate(30 << 30)
    refused = inspect(tmp_path / "a.pdf")
    assert "it is a named pipe, not a file. Give one readable file" in str(refused.exception)
    command = [sys.executable, "-m", "perftable_etl", "inspect", str(tmp_path / "b.pdf"), "--max-bytes", "1 GB"]
    large = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (large.returncode, large.stderr) == (
        1,
        "failed: b.pdf: it has more than 1,000,000,000 bytes; raise --max-bytes, or skip the file\n",
    )
    assert inspect(tmp_path / "b.pdf", "--max-bytes", "much").exit_code == 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it(number: signal.Signals, exit_code: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("hang_in_c\n", encoding="utf-8")
    command = [sys.executable, "-c", INSPECT, "inspect", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as job:
        wait_for(path.with_suffix(".begun").exists)
        job.send_signal(number)
        _, errors = job.communicate(timeout=60)
    assert (job.returncode, errors.count("\n")) == (exit_code, 1)
    wait_for(lambda: not members(job.pid))


def test_pictures_are_drawn_under_limits_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    missing = tmp_path / "missing" / "pages"
    result = inspect(tmp_path / "a.pdf", "--draw", missing)
    assert f"The folder {missing.parent} does not exist" in str(result.exception)
    failed = inspect(tmp_path / "a.pdf", "--draw", tmp_path / "pages")
    assert (failed.exit_code, failed.stderr.partition(":")[0]) == (1, "failed")
    assert not (tmp_path / "pages").exists()


def test_the_outcome_is_that_of_the_parser(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("good", encoding="utf-8")
    outcome: Outcome = inspected(partial(fake_parse, max_bytes=10), tmp_path / "a.pdf", PATIENT, lambda *_: None)
    assert outcome == fake_parse(tmp_path / "a.pdf")
