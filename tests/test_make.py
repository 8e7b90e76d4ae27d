"""`make` sets up what its targets need, and no more."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = '".[dev,dask,notify,ocr,s3]"'

FAKE_PIP = """
print("Collecting duckdb==2.0.0 (from perftable-etl==0.2.0)", flush=True)
print("  Downloading duckdb-2.0.0-cp311.whl (24.4 MB)", flush=True)
print("Requirement already satisfied: pip", flush=True)
print("Processing /wheels/rich-15.0.0-py3-none-any.whl", flush=True)
{pause}
print("ERROR: no room", flush=True)
raise SystemExit({exit_code})
"""


def steps(target: str, venv: Path, *made: str) -> str:
    """What make would run for a target; of the stamps of the virtual environment those in `made` are there."""
    venv.mkdir(exist_ok=True)
    for stamp in made:
        (venv / stamp).touch()
    command = ["make", "--dry-run", f"VENV={venv}", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")


@needs_make
def test_the_demo_installs_the_program_without_the_tools(tmp_path: Path) -> None:
    asked = steps("demo", tmp_path / "venv")
    assert "--editable ." in asked
    assert TOOLS not in asked
    assert "--editable" not in steps("demo", tmp_path / "venv", ".core")


@needs_make
def test_the_tests_add_the_tools_to_what_the_demo_installed(tmp_path: Path) -> None:
    fresh = steps("test", tmp_path / "venv")
    assert fresh.index("--editable .\n") < fresh.index(TOOLS)
    after_demo = steps("test", tmp_path / "venv", ".core")
    assert TOOLS in after_demo
    assert "make-venv" not in after_demo
    assert "--editable" not in steps("test", tmp_path / "venv", ".core", ".ready")


@needs_make
def test_every_variable_of_the_makefile_has_a_value() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    command = ["make", "--dry-run", "--warn-undefined-variables", "PYTHON=python3", *targets]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr == ""


@needs_make
def test_the_first_start_is_part_of_the_setup_where_it_shows_signs_of_life(tmp_path: Path) -> None:
    asked = steps("demo", tmp_path / "venv")
    assert asked.index("scripts/patiently") < asked.index("perftable-etl ingest")


def test_a_command_that_says_nothing_has_signs_of_life_and_its_own_exit_status() -> None:
    """The command goes on when a sign came."""
    patiently = [str(ROOT / "scripts" / "patiently"), "sh", "-c", "read word; exit 3"]
    with subprocess.Popen(patiently, stdin=PIPE, stdout=PIPE, encoding="utf-8") as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "  …\n"
        process.stdin.write("on\n")
        process.stdin.flush()
    assert process.returncode == 3


def install(folder: Path, pip: str) -> subprocess.Popen[str]:
    """Starts scripts/install.py with something else for pip."""
    (folder / "pip.py").write_text(pip, encoding="utf-8")
    command = [sys.executable, "-B", str(ROOT / "scripts" / "install.py"), "."]
    environment = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)


def test_an_install_is_told_line_by_line_and_what_pip_said_where_it_fails(tmp_path: Path) -> None:
    with install(tmp_path, FAKE_PIP.format(pause="", exit_code=0)) as fine:
        assert fine.communicate() == ("  duckdb\n    downloading 24.4 MB\n  rich\n", "")
    with install(tmp_path, FAKE_PIP.format(pause="", exit_code=3)) as failed:
        errors = failed.communicate()[1]
    assert (fine.returncode, failed.returncode) == (0, 3)
    assert "Requirement already satisfied: pip\n" in errors
    assert errors.endswith("ERROR: no room\nsetup: pip could not install this. Its last lines say why.\n")


def test_an_install_is_never_silent_for_long(tmp_path: Path) -> None:
    """Here pip goes on when it was told that it takes long."""
    with install(tmp_path, FAKE_PIP.format(pause="input()", exit_code=0)) as slow:
        assert slow.stdout
        assert slow.stdin
        told = iter(slow.stdout.readline, "")
        assert next(line for line in told if re.fullmatch(r"    … \d+ seconds\n", line))
        slow.stdin.write("\n")
        slow.stdin.flush()
    assert slow.returncode == 0
