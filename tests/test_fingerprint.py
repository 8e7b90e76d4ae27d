"""The fingerprint takes in all that reads, and tells one reader from another by nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import perftable_etl
from perftable_etl import fingerprint as module
from perftable_etl.fingerprint import LIBRARIES, READER, fingerprint
from perftable_etl.pipeline import parse
from tests.drawing.redraw import SAMPLES
from tests.golden import record
from tests.golden.record import SameFingerprint, golden_digest, read_record, write_golden
from tests.test_architecture import MODULES, PACKAGE, ours, outside

ROOT = Path(perftable_etl.__file__).parent

WITHOUT_SAY = {"pydantic", "pydantic_core"}
"""Libraries that reading uses, and that have no say in what is read."""


def modules_of(name: str) -> set[str]:
    """The modules that an imported name may be: itself, or the module that it is in."""
    full = f"{PACKAGE}.{name}"
    return {module for module in (full, full.rpartition(".")[0]) if module in MODULES} - {PACKAGE}


def all_imported(first: str) -> set[str]:
    """The modules of ours that a module imports, and those that they import."""
    found, waiting = set[str](), [first]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [module for name in ours(MODULES[current]) for module in modules_of(name)]
    return found


def in_reader(path: Path) -> bool:
    relative = path.relative_to(ROOT).as_posix()
    return any(relative == part or relative.startswith(f"{part}/") for part in READER)


def test_all_modules_that_read_are_in_it() -> None:
    """And no other: what loads, fetches or shows may change without a file being read again."""
    reading = {MODULES[name] for name in all_imported(f"{PACKAGE}.pipeline")}
    assert {path for path in MODULES.values() if in_reader(path) and path.name != "__init__.py"} <= reading
    assert [path for path in reading if not in_reader(path)] == []


def test_all_libraries_that_read_are_in_it() -> None:
    distributions = packages_distributions()
    for path in filter(in_reader, MODULES.values()):
        for library in outside(path) - WITHOUT_SAY:
            assert set(distributions[library]) & set(LIBRARIES), (path, library)


def test_every_layout_is_in_it() -> None:
    assert any(path.endswith("layouts/shanghai.toml") for path in module._sources())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package at another place."""
    return Path(shutil.copytree(ROOT, tmp_path / "elsewhere" / PACKAGE, ignore=shutil.ignore_patterns("__pycache__")))


def fingerprint_at(package: Path) -> str:
    """The fingerprint that a package at another place has, told by a process of its own."""
    code = "from perftable_etl.fingerprint import fingerprint; print(fingerprint())"
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, env={"PYTHONPATH": str(package.parent)}, capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_it_is_the_same_at_another_place_and_with_other_line_ends(copied: Path) -> None:
    for path in copied.rglob("*"):
        if path.suffix in {".py", ".toml"}:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint_at(copied) == fingerprint()


@pytest.mark.parametrize(
    ("name", "is_reader"),
    [
        ("normalize/values/targets.py", True), ("normalize/layouts/shanghai.toml", True), ("document.py", True),
        ("report/wording.py", False), ("load/tables.py", False),
    ],
)  # fmt: skip
def test_it_changes_with_what_reads_and_with_nothing_else(name: str, is_reader: bool, copied: Path) -> None:
    with (copied / name).open("a", encoding="utf-8") as file:
        file.write("\n# another\n")
    assert (fingerprint_at(copied) != fingerprint()) == is_reader


def test_a_new_file_among_the_layouts_changes_it(copied: Path) -> None:
    layouts = copied / "normalize" / "layouts"
    shutil.copy(layouts / "shanghai.toml", layouts / "another.toml")
    assert fingerprint_at(copied) != fingerprint()


def test_a_library_that_is_missing_or_another_version_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = fingerprint()  # it is kept, and must not be kept of the other version
    monkeypatch.setattr(module, "version", lambda _: "0")
    assert module.fingerprint.__wrapped__() != usual


def test_an_outcome_tells_it_whatever_became_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    for path in (SAMPLES / "cac-2024.txt", tmp_path / "empty.pdf"):
        assert parse(path).fingerprint == fingerprint()


def test_golden_files_are_as_they_were_recorded() -> None:
    """`make golden` records them with the fingerprint of the reader that wrote them."""
    assert read_record().golden == golden_digest(), "golden files were changed, run: make golden"


def test_golden_files_do_not_change_while_the_fingerprint_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "RECORD", tmp_path / "record.txt")
    golden = tmp_path / "a.json"
    (tmp_path / "record.txt").write_text("none none\n", encoding="utf-8")
    write_golden({golden: "as read"}, "reader-1")
    write_golden({golden: "as read"}, "reader-2")
    with pytest.raises(SameFingerprint):
        write_golden({golden: "read otherwise"}, "reader-1")
    assert golden.read_text("utf-8") == "as read"
    write_golden({golden: "read otherwise"}, "reader-3")
    assert (golden.read_text("utf-8"), read_record().fingerprint) == ("read otherwise", "reader-3")
