"""The examples of deploy/ for many machines: each starter reads its shares, and `load` brings all files together."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from perftable_etl import connect
from tests.drawing.redraw import SAMPLES
from tests.examples import usually

pytestmark = pytest.mark.apart

DEPLOY = Path(__file__).parents[1] / "deploy"
PROGRAM = "/opt/perftable-etl/bin/perftable-etl"
SHARDS = 2
NAMES = ("cac-2024.txt", "cac-2025.txt", "no-form.txt", "broken.pdf")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Files to read, of which one fails, and a program of the name that the examples call."""
    files = tmp_path / "files"
    files.mkdir()
    for name in NAMES[:2]:
        shutil.copy(SAMPLES / name, files)
    (files / "no-form.txt").write_text("一封信", encoding="utf-8")
    (files / "broken.pdf").write_bytes(b"no PDF at all")
    program = tmp_path / "bin" / "perftable-etl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m perftable_etl "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def call(command: list[str], place: Path, **more: str) -> int:
    environment = {**os.environ, "PATH": f"{place / 'bin'}:{os.environ['PATH']}", "SHARDS": str(SHARDS), **more}
    return subprocess.run(command, env=environment, cwd=place, check=False, stderr=subprocess.DEVNULL).returncode


def here(text: str, place: Path) -> str:
    """A call with the program and the folders of the test."""
    for there, found in {
        PROGRAM: "perftable-etl",
        "/srv/disclosures": str(place / "files"),
        "/disclosures": str(place / "files"),
        "/var/lib/perftable-etl/parts": str(place / "parts"),
        "/data/parts": str(place / "parts"),
        "--workers 4": "--workers 1",
    }.items():
        text = text.replace(there, found)
    return text


def by_slurm(number: int, place: Path) -> int:
    folders = {"FILES": str(place / "files"), "PARTS": str(place / "parts")}
    return call(["sh", str(DEPLOY / "slurm-shards.sh")], place, SLURM_ARRAY_TASK_ID=str(number), **folders)


def by_kubernetes(number: int, place: Path) -> int:
    container = job()["template"]["spec"]["containers"][0]
    (script,) = container["args"]
    return call([*container["command"], here(script, place)], place, JOB_COMPLETION_INDEX=str(number - 1))


def by_systemd(number: int, place: Path) -> int:
    text = (DEPLOY / "perftable-etl-shard@.service").read_text("utf-8")
    line = here(re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)[0], place)
    code = call(shlex.split(line.replace("%i", str(number)).replace("${SHARDS}", str(SHARDS))), place)
    return 0 if f"SuccessExitStatus={code}\n" in text else code


def job() -> Mapping[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load((DEPLOY / "kubernetes-shards.yaml").read_text("utf-8"))
    assert (manifest["apiVersion"], manifest["kind"]) == ("batch/v1", "Job")
    spec: dict[str, Any] = manifest["spec"]
    return spec


@pytest.mark.parametrize("start", usually(1, [by_slurm, by_kubernetes, by_systemd]))
def test_all_shares_of_a_starter_are_all_files(start: Callable[[int, Path], int], place: Path) -> None:
    assert [start(number, place) for number in range(1, SHARDS + 1)] == [0] * SHARDS
    assert call(["perftable-etl", "load", "parts", "--db", "all.duckdb"], place) == 1  # the broken file
    with connect(place / "all.duckdb") as connection:
        found = connection.execute("SELECT file_name FROM documents ORDER BY file_name").fetchall()
    assert [name for (name,) in found] == sorted(NAMES)


def test_another_failure_than_that_of_a_file_is_one_of_the_task(place: Path) -> None:
    (place / "parts").write_text("a file where the folder should be", encoding="utf-8")
    for start in (by_slurm, by_kubernetes, by_systemd):
        assert start(1, place) > 1


def test_as_many_pods_are_completed_as_there_are_shares() -> None:
    spec = job()
    (shares,) = [one["value"] for one in spec["template"]["spec"]["containers"][0]["env"] if one["name"] == "SHARDS"]
    assert (spec["completionMode"], spec["completions"]) == ("Indexed", int(shares))
    mounts = {one["name"] for one in spec["template"]["spec"]["containers"][0]["volumeMounts"]}
    assert mounts == {one["name"] for one in spec["template"]["spec"]["volumes"]}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "perftable-etl-shard@.service").read_text("utf-8").replace(PROGRAM, "/bin/true")
    (tmp_path / "perftable-etl-shard@.service").write_text(text, encoding="utf-8")
    unit = str(tmp_path / "perftable-etl-shard@1.service")
    result = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (result.returncode, [line for line in result.stderr.splitlines() if "perftable" in line]) == (0, [])
