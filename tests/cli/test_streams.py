"""Full disks, closed pipes and terminals of few characters: the documented status and one line, never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from perftable_etl.load.warehouse import Warehouse
from tests.cli.script import command, run_script
from tests.drawing.redraw import SAMPLES
from tests.examples import usually
from tests.outcomes import outcome_of

pytestmark = pytest.mark.apart

ASCII = {"PYTHONIOENCODING": "ascii:strict"}
TEXT = SAMPLES / "cac-2024.txt"
CALLS = ["--help", "--version", "schema", "status --db small.duckdb"]

full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one document."""
    path = tmp_path_factory.mktemp("streams") / "small.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of())
    return path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(small, tmp_path)


def documents(db: Path) -> int:
    with duckdb.connect(str(db), read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM documents").fetchall()[0][0])


@full_disk
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("unbuffered", usually(1, ["", "1"]))
def test_an_output_that_cannot_be_written_is_one_line_and_exits_74(
    call: str, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command(*call.split()), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 74
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: standard output cannot be written (No space left on device). Stored documents stay")


@full_disk
def test_a_log_that_cannot_be_written_does_not_end_the_work(tmp_path: Path) -> None:
    ingest = command("ingest", TEXT, "--db", "work.duckdb", "--log-format", "json")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(ingest, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "1 document: 1 new.")
    assert documents(tmp_path / "work.duckdb") == 1


@pytest.mark.parametrize("call", CALLS)
def test_a_pipe_that_its_reader_closed_ends_in_silence(call: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as pipe:  # noqa: PTH123 - it is open already
        result = subprocess.run(command(*call.split()), stdout=pipe, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, result.stderr) == (141, "")


def test_streams_that_are_closed_are_not_the_next_file_that_is_opened(tmp_path: Path) -> None:
    """The first free number goes to it, and what is printed would get into the database."""
    line = shlex.join(command("ingest", TEXT, "--db", "work.duckdb"))
    assert subprocess.run(f"{line} <&- >&- 2>&-", shell=True, check=False).returncode == 0
    assert documents(tmp_path / "work.duckdb") == 1


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["for people", "for programs"])
def test_a_terminal_of_few_characters_gets_others_escaped(options: tuple[str, ...]) -> None:
    result = run_script("inspect", TEXT, *options, env=ASCII)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()


def test_json_with_escapes_is_the_same_json(tmp_path: Path) -> None:
    """Also beyond 16 bits, and in the log."""
    (tmp_path / "𠮷家.txt").write_text("没有表格的一封信。", encoding="utf-8")
    result = run_script("ingest", "𠮷家.txt", "--db", "work.duckdb", "--json", "--log-format", "json", env=ASCII)
    assert (result.stdout + result.stderr).isascii()
    assert json.loads(result.stdout)["documents"][0]["file_name"] == "𠮷家.txt"
    assert json.loads(result.stderr.splitlines()[1])["file"] == "𠮷家.txt"


def test_an_error_names_its_file_on_a_terminal_of_few_characters() -> None:
    result = run_script("inspect", "财政.pdf", env=ASCII)
    assert result.returncode == 2
    assert result.stderr == "error: \\u8d22\\u653f.pdf does not exist. Check the spelling of the path.\n"


def test_schemas_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    result = run_script("schema", "--write", "taken")
    assert result.returncode == 2
    assert result.stderr.startswith("error: the schemas cannot be written to taken (")


def test_both_streams_come_in_their_order_where_python_buffers_nothing(tmp_path: Path) -> None:
    """As containers have it (PYTHONUNBUFFERED); both lead to one pipe."""
    (tmp_path / "empty.pdf").touch()
    for more in range(3):
        shutil.copy(tmp_path / "empty.pdf", tmp_path / f"{more}.pdf")
    both = subprocess.run(
        command("ingest", ".", "--db", "work.duckdb"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert [line.partition(": ")[0] for line in both.stdout.splitlines()[-4:]] == ["failed"] * 4
