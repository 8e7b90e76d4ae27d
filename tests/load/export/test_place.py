"""An export takes its name when it is whole, and replaces only what an export wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perftable_etl.errors import ExportError, UsageError
from perftable_etl.load.export import export as module
from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import ExportFormat
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import outcome_of

FOLDERS = (ExportFormat.CSV, ExportFormat.PARQUET, ExportFormat.JSONL, ExportFormat.DATAPACKAGE)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("db") / "a.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
    return path


def exported(db: Path, to: Path, form: ExportFormat, *, overwrite: bool = False) -> Path:
    return export(db, Order(to, form, ("documents",), overwrite=overwrite), lambda _name, _rows: None).to


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("form", ExportFormat)
def test_it_replaces_nothing_unless_told(form: ExportFormat, db: Path, tmp_path: Path) -> None:
    to = exported(db, tmp_path / "out", form)
    with pytest.raises(UsageError, match=r"exists already\. To replace it, use --overwrite"):
        exported(db, to, form)
    assert exported(db, to, form, overwrite=True) == to
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_with_other_files_is_never_replaced(form: ExportFormat, db: Path, tmp_path: Path) -> None:
    to = exported(db, tmp_path / "out", form)
    (to / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds files that no export wrote"):
        exported(db, to, form, overwrite=True)
    assert (to / "mine.txt").read_text() == "mine"


def test_an_empty_folder_is_taken(db: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert (exported(db, tmp_path / "out", ExportFormat.CSV) / "documents.csv").is_file()


@pytest.mark.parametrize("form", ExportFormat)
def test_an_export_that_fails_leaves_what_was_there(
    form: ExportFormat, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = exported(db, tmp_path / "out", form)
    before = to.read_bytes() if to.is_file() else names(to)

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_workbook", "write_checksums"):
        monkeypatch.setattr(module, name, fails)
    with pytest.raises(ExportError, match=r"No space left on device.*Nothing was changed there"):
        exported(db, to, form, overwrite=True)
    assert (to.read_bytes() if to.is_file() else names(to)) == before
    assert names(tmp_path) == ["out"]


def test_what_a_killed_export_left_goes_with_the_next(db: Path, tmp_path: Path) -> None:
    to = exported(db, tmp_path / "out", ExportFormat.CSV)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from perftable_etl.load.export import place; from perftable_etl.load.export.export import *\n"
        "place._flush_all = lambda _: os._exit(9)\n"
        "export(Path(sys.argv[1]), Order(Path(sys.argv[2]), ExportFormat.CSV, overwrite=True), print)"
    )
    killed = subprocess.run([sys.executable, "-c", script, db, to], check=False, capture_output=True)
    assert killed.returncode == 9
    assert names(tmp_path) == [".out.partial", "out"]
    exported(db, to, ExportFormat.CSV, overwrite=True)
    assert names(tmp_path) == ["out"]


def test_a_folder_that_was_set_aside_in_a_crash_comes_back(db: Path, tmp_path: Path) -> None:
    to = exported(db, tmp_path / "out", ExportFormat.CSV)
    to.rename(tmp_path / ".out.earlier")
    with pytest.raises(UsageError, match="exists already"):
        exported(db, to, ExportFormat.CSV)
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("to", "form", "message"),
    [
        ("no/out", ExportFormat.CSV, "the folder .*/no does not exist"),
        ("a.duckdb", ExportFormat.CSV, "is a file. Name a folder"),
        ("folder", ExportFormat.XLSX, "is a folder. Name a file"),
    ],
)
def test_a_place_that_cannot_be_is_told(to: str, form: ExportFormat, message: str, db: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.duckdb").write_bytes(b"mine")
    with pytest.raises(UsageError, match=message):
        exported(db, tmp_path / to, form, overwrite=True)


def test_a_table_that_is_not_there_is_told_with_those_like_it(db: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no table or view indicator\. There is indicators"):
        export(db, Order(tmp_path / "out", ExportFormat.CSV, ("indicator",)), lambda _name, _rows: None)
    with pytest.raises(UsageError, match="There are: amounts, "):
        export(db, Order(tmp_path / "out", ExportFormat.CSV, ("天气",)), lambda _name, _rows: None)
    assert names(tmp_path) == []
