"""A disk that is full at any moment: a status of docs/operations.md, one line, and the next run makes it good.

A limit on the size of files makes writes fail as a full disk does, wherever the tests run.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from perftable_etl.load.publish import publish
from perftable_etl.load.rules import Rules
from tests.drawing.mupdf import draw
from tests.examples import usually
from tests.exports import export
from tests.publications import publication

pytestmark = pytest.mark.apart

LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
if limit >= 0:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
from perftable_etl.cli import main
main()
"""

CONFIG = """
db = "work.duckdb"
[[source]]
name = "inbox"
kind = "local"
folders = ["{files}"]
[report]
folder = "reports"
"""

NO_LIMIT = -1


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for number in range(3):
        (folder / f"{number}.pdf").write_bytes(draw(publication(f"项目{number}")))
    (folder / "3.txt").write_bytes("没有表格的一封信。".encode() * 4000)
    return folder


@pytest.fixture(scope="module")
def undisturbed(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert run("sync", files, folder, NO_LIMIT) == ""
    return folder


def run(command: str, files: Path, folder: Path, limit: int) -> str:
    """What the command said of what went wrong; "" where nothing did."""
    folder.mkdir(exist_ok=True)
    (folder / "sources.toml").write_text(CONFIG.format(files=files), encoding="utf-8")
    arguments = {
        "sync": ["sync", "--config", "sources.toml"],
        "ingest": ["ingest", str(files), "--db", "work.duckdb", "--archive", "archive"],
        "publish": ["publish", "--db", "work.duckdb", "--to", "published", "--config", "sources.toml"],
    }[command]
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    errors = ended.stderr.splitlines()
    warnings = [line for line in errors if line.startswith("warning: ")]
    assert all("report" in line for line in warnings), ended.stderr
    assert ended.returncode == (3 if len(errors) > len(warnings) else 0), ended.stderr
    assert len(errors) <= len(warnings) + 1, ended.stderr
    assert all(line.startswith(("error: ", "warning: ")) for line in errors), ended.stderr
    return ended.stderr


def check_full_disk(command: str, limit: int, files: Path, undisturbed: Path, folder: Path) -> None:
    said = run(command, files, folder, limit)
    assert run(command, files, folder, NO_LIMIT) == "", said
    assert export(folder / "work.duckdb") == export(undisturbed / "work.duckdb"), said
    assert [str(path) for path in folder.rglob("*") if "partial" in path.name or path.name.startswith("tmp")] == []


def check_full_disk_of_readers(limit: int, undisturbed: Path, folder: Path) -> None:
    (folder / "work.duckdb").write_bytes((undisturbed / "work.duckdb").read_bytes())
    before = publish(folder / "work.duckdb", folder / "published", keep=3, rules=Rules()).snapshot
    said = run("publish", folder, folder, limit)
    assert export(folder / "published" / "perftable.duckdb") == export(undisturbed / "work.duckdb"), said
    assert ((folder / "published" / "latest").readlink().name == before.name) == ("error: " in said), said
    assert not (folder / "published" / ".publishing").exists()
    assert run("publish", folder, folder, NO_LIMIT) == ""


@pytest.mark.parametrize("limit", usually(1, [30_000, 0, 300_000]))
def test_sync_on_a_full_disk(limit: int, files: Path, undisturbed: Path, tmp_path: Path) -> None:
    check_full_disk("sync", limit, files, undisturbed, tmp_path / "work")


@pytest.mark.parametrize("limit", usually(1, [300_000, 100]))
def test_publish_on_a_full_disk(limit: int, undisturbed: Path, tmp_path: Path) -> None:
    check_full_disk_of_readers(limit, undisturbed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["ingest", "sync"])
def test_disks_of_twenty_sizes(command: str, files: Path, undisturbed: Path, tmp_path: Path) -> None:
    sizes = random.Random(7)
    if command == "ingest":
        assert run(command, files, tmp_path / "undisturbed", NO_LIMIT) == ""
        undisturbed = tmp_path / "undisturbed"
    for number in range(20):
        limit = int(10 ** sizes.uniform(2, 6.5))
        check_full_disk(command, limit, files, undisturbed, tmp_path / f"{number}")


@pytest.mark.slow
def test_disks_of_readers_of_twenty_sizes(undisturbed: Path, tmp_path: Path) -> None:
    sizes = random.Random(7)
    for number in range(20):
        (tmp_path / f"{number}").mkdir()
        check_full_disk_of_readers(int(10 ** sizes.uniform(2, 6.5)), undisturbed, tmp_path / f"{number}")
