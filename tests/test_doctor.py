"""doctor finds what would end a night, whatever else is broken, and changes nothing."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.doctor import Check, database, examine, machine, probe, setup
from perftable_etl.errors import TookTooLong, WorkerError
from perftable_etl.ingest.isolation import Worker
from perftable_etl.load.lock import one_job
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.disk import hash_of

CANARY = "canary-4711"
FAMILIES = Path(__file__).parent / "families"
SOURCES = """
layouts = "layouts"
db = "work.duckdb"
[[source]]
kind = "local"
name = "inbox"
folders = ["inbox"]
[report]
folder = "reports"
"""


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config beside the database that it names."""
    path = tmp_path / "sources.toml"
    path.write_text(SOURCES, encoding="utf-8")
    shutil.copytree(FAMILIES, tmp_path / "layouts")
    with Warehouse(tmp_path / "work.duckdb") as warehouse:
        warehouse.start_run()
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starts no processes, which take seconds and are tried in a test of their own."""
    monkeypatch.setattr(Worker, "call", lambda *_: 1)
    for module in (setup, database):
        monkeypatch.setattr(module, "ask", lambda _: "1.0")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["doctor", *map(str, arguments)])


def found(config: Path | None, db: Path | None = None) -> dict[str, Check]:
    return {check.name: check for check in examine(config, db)}


def bad(config: Path | None, db: Path | None = None) -> dict[str, str]:
    """What is said of each check that is not well. Tests may run as root, which is none of a machine's faults."""
    return {
        name: f"{check.grade}: {check.message}"
        for name, check in found(config, db).items()
        if check.grade != "ok" and name != "user"
    }


def test_a_machine_that_is_well(config: Path) -> None:
    """With all that it starts."""
    result = run("--config", config)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert all(line.startswith(("ok ", "warning ")) for line in lines[:-1])
    assert {"config", "archive", "duckdb", "lock", "clock"} <= {line.split()[1] for line in lines[:-1]}
    assert "answered in" in result.stdout


@pytest.mark.usefixtures("quick")
def test_nothing_is_changed(config: Path) -> None:
    def state() -> dict[Path, tuple[float, str]]:
        files = [path for path in config.parent.rglob("*") if path.is_file()]
        return {path: (path.stat().st_mtime, hash_of(path)) for path in files}

    before = state()
    assert bad(config) == {}
    assert state() == before
    assert [path.name for path in config.parent.iterdir() if path.is_dir()] == ["layouts"]


@pytest.mark.usefixtures("quick")
def test_it_runs_without_config_and_database() -> None:
    result = run("--json")
    checks = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {tuple(check) for check in checks} == {("name", "grade", "message")}
    assert {"program", "duckdb", "clock"} <= {check["name"] for check in checks}


def test_all_is_broken_and_each_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> str:
        raise ImportError("no such\nlibrary")

    def no_process(*_: object) -> None:
        raise WorkerError("Worker processes end before they start.")

    monkeypatch.setattr(Worker, "call", no_process)
    monkeypatch.setattr(setup, "ask", fail)
    monkeypatch.setattr(database, "ask", fail)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1, 1))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1, 1, 0))
    (tmp_path / "sources.toml").write_text("db = 1\n[[source]]\nkind = 'x'\n", encoding="utf-8")
    result = run("--config", tmp_path / "sources.toml", "--db", tmp_path / "none" / "work.duckdb")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "kind: must be one of" in next(line for line in lines if " config " in line)
    broken = {"config", "database", "worker", "text", "duckdb", "memory", "address", "open", "file"}
    assert broken <= {line.split()[1] for line in lines if line.startswith("error ")}
    assert {"program", "clock", "temporary", "lock"} <= {
        line.split()[1] for line in lines if not line.startswith("error ")
    }


@pytest.mark.usefixtures("quick")
def test_each_check_is_explained(config: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "operations.md").read_text("utf-8")
    rows = page.partition("## Check the machine")[2].partition("\n## ")[0].splitlines()
    named = [name for row in rows if row.startswith("|") for name in re.findall(r"`([a-z ]+)`", row.split("|")[1])]
    assert sorted(named) == sorted(found(config))


def test_a_call_that_is_wrong_is_usage() -> None:
    assert run("--no-such-option").exit_code == 2


@pytest.mark.usefixtures("quick")
def test_variables_are_named_and_what_they_hold_is_not(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('[notify]\nwebhook_from = "HOOK"\nwebhook_headers = { Authorization = "KEY" }\n')
    monkeypatch.setenv("HOOK", CANARY)
    monkeypatch.delenv("KEY", raising=False)
    assert bad(config)["secrets"].startswith("warning: the environment has no KEY, which")
    monkeypatch.setenv("KEY", CANARY)
    assert bad(config) == {}
    assert CANARY not in run("--config", config).output


@pytest.mark.usefixtures("quick")
def test_extras_that_the_config_needs(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('[[source]]\nkind = "fsspec"\nname = "bucket"\nurl = "s3://bucket/2026"\n')
    assert bad(config) == {}
    monkeypatch.setattr(setup, "find_spec", lambda _: None)
    assert bad(config) == {"extras": "error: the config needs the extras s3: install .[s3]"}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("closed", "name", "said"),
    [
        ("work.duckdb", "database folder", "cannot be read and written"),
        ("work.duckdb.lock", "database folder", "cannot be read and written"),
        ("archive", "archive", "is not writable"),
        ("reports", "report folder", "is not writable"),
    ],
)
def test_rights(config: Path, closed: str, name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `access` tells them: whoever runs the tests may be root."""
    for folder in ("archive", "reports"):
        (config.parent / folder).mkdir()
    (config.parent / "work.duckdb.lock").touch()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != closed)
    assert said in bad(config)[name]
    assert set(bad(config)) == {name}


@pytest.mark.usefixtures("quick")
def test_a_file_in_the_place_of_a_folder(config: Path) -> None:
    (config.parent / "archive").touch()
    assert "is not a folder" in bad(config)["archive"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("free", "grade"), [(100 << 20, "error"), (2 << 30, "warning"), (50 << 30, "ok")])
def test_room(config: Path, free: int, grade: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(1, 1, free))
    assert {found(config)[name].grade for name in ("database disk", "archive disk")} == {grade}


@pytest.mark.parametrize("need", machine.NEEDS, ids=lambda need: need.name)
def test_limits(need: machine.Need, monkeypatch: pytest.MonkeyPatch) -> None:
    grades = []
    for soft in (need.least - 1, need.enough - 1, need.enough, resource.RLIM_INFINITY):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft: (soft, soft))
        grades.append(machine.limit(need).grade)
    assert grades == ["error", "warning", "ok", "ok"]


@pytest.mark.usefixtures("quick")
def test_folders_in_which_no_worker_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an ingest names them."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: "/tmp/" + "x" * 90)
    wrong = bad(None)
    assert "no longer there" in wrong["working folder"]
    assert "Set TMPDIR to a path of" in wrong["temporary folder"]


def test_a_worker_that_fails_at_the_simplest_task(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TookTooLong.of(1)

    monkeypatch.setattr(Worker, "call", fail)
    assert machine.workers().grade == "error"


@pytest.mark.usefixtures("quick")
def test_who_holds_the_lock_is_told(config: Path) -> None:
    with one_job(config.parent / "work.duckdb", "sync"):
        assert "perftable-etl sync (process" in found(config)["lock"].message


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "work.duckdb").write_text("not a database" * 1000, encoding="utf-8")
    assert "is not a DuckDB file" in bad(None, tmp_path / "work.duckdb")["database"]


@pytest.mark.usefixtures("quick")
@pytest.mark.usefixtures("quick")
def test_layouts_that_cannot_be_read(config: Path) -> None:
    (config.parent / "layouts" / "mine.toml").write_text('[fields]\nnom = ["x"]\n', encoding="utf-8")
    assert bad(config)["layouts"].startswith("error: mine.toml: fields.nom")


def test_a_clock_that_was_set_back(config: Path) -> None:
    later = time.time() + 10 * 24 * 3600
    os.utime(config.parent / "work.duckdb", (later, later))
    assert bad(config)["clock"].startswith("error: ")
    assert "work.duckdb is of" in bad(config)["clock"]


def test_a_library_that_takes_its_process_with_it_is_told() -> None:
    with pytest.raises(probe.ProbeFailed, match="KeyError"):
        probe.ask("no such probe")
    assert "SIGSEGV" in probe._ending(-signal.SIGSEGV, "")
