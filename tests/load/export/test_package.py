"""A data package is valid for those who check such packages, and says what changed since the last one."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import ExportFormat
from perftable_etl.load.export.relation import all_names
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.disk import hash_of
from tests.load.export.awkward import awkward_database
from tests.outcomes import EVALUATION, failed_outcome, outcome_of

DATASET = Dataset(
    title='Targets: "绩效目标"',
    authors=("Zhang San", "李四"),
    license="CC-BY-4.0",
    url="https://data.example.cn/targets",
    doi="10.5281/zenodo.1",
    version="2026.1",
)
BIN = Path(sys.executable).parent


def package(db: Path, to: Path, dataset: Dataset = DATASET, *, overwrite: bool = False) -> Path:
    return export(
        db, Order(to, ExportFormat.DATAPACKAGE, dataset=dataset, overwrite=overwrite), lambda _name, _rows: None
    ).to


def small_database(path: Path) -> Path:
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a", declarations=(EVALUATION,)))
        warehouse.store(failed_outcome(b"bad"))
    return path


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    return package(awkward_database(folder / "a.duckdb"), folder / "out")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)


def test_frictionless_finds_it_valid(awkward: Path) -> None:
    """In a process of its own: the library warns of itself."""
    checked = run(BIN / "frictionless", "validate", awkward / "datapackage.json", "--json")
    report = json.loads(checked.stdout)
    assert report["valid"], [task["errors"] for task in report["tasks"]]
    names = {task["name"].replace("-", "_") for task in report["tasks"]}
    assert names == {*all_names(), "codebook", "validation"}


def test_croissant_finds_it_valid(awkward: Path) -> None:
    checked = run(BIN / "mlcroissant", "validate", "--jsonld", awkward / "croissant.json")
    assert checked.returncode == 0, checked.stderr
    assert "rror" not in checked.stderr
    assert "warning" not in checked.stderr


@pytest.mark.slow
def test_croissant_reads_the_records(awkward: Path) -> None:
    script = (
        "import sys, mlcroissant; records = mlcroissant.Dataset(jsonld=sys.argv[1]).records('findings');"
        "print(len(list(records)))"
    )
    checked = run(sys.executable, "-W", "ignore", "-c", script, awkward / "croissant.json")
    assert checked.stdout.strip() == str(len(rows(awkward / "data" / "findings.csv"))), checked.stderr


def test_every_file_has_its_checksum(awkward: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (awkward / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {path.relative_to(awkward).as_posix(): hash_of(path) for path in awkward.rglob("*") if path.is_file()}
    del files["SHA256SUMS"]
    assert sums == files
    resources = json.loads((awkward / "datapackage.json").read_text("utf-8"))["resources"]
    assert all(resource["hash"] == f"sha256:{files[resource['path']]}" for resource in resources)


def test_it_says_how_to_cite_it(awkward: Path) -> None:
    citation = (awkward / "CITATION.cff").read_text("utf-8")
    for line in (
        "cff-version: 1.2.0",
        'title: "Targets: \\"绩效目标\\""',
        '  - name: "李四"',
        'version: "2026.1"',
        'license: "CC-BY-4.0"',
        'doi: "10.5281/zenodo.1"',
    ):
        assert line in citation.splitlines()
    assert "Zhang San, 李四 (" in (awkward / "README.md").read_text("utf-8")
    assert "https://doi.org/10.5281/zenodo.1" in (awkward / "README.md").read_text("utf-8")


def test_the_codebook_has_every_column(awkward: Path) -> None:
    entries = {(row["table"], row["column"]) for row in rows(awkward / "codebook.csv")}
    for name in all_names():
        with (awkward / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert {(name, column) for column in next(csv.reader(file))} <= entries
    assert all(row["heading"] for row in rows(awkward / "codebook.csv"))


def test_quality_is_counted(tmp_path: Path) -> None:
    folder = package(small_database(tmp_path / "a.duckdb"), tmp_path / "out")
    measures = {(row["measure"], row["group"]): row for row in rows(folder / "validation.csv")}
    assert measures["documents by status", "failed"]["number"] == "1"
    assert measures["documents by status", "failed"]["share"] == "0.5"
    assert measures["indicators read by OCR", ""]["total"] == str(len(rows(folder / "data" / "indicators.csv")))
    assert measures["coverage, mean of documents", ""]["share"] == "1.0"
    failed = [
        row["group"] for row in rows(folder / "validation.csv") if row["measure"].startswith("documents not read")
    ]
    assert failed == [rows_of_failed(folder)]


def rows_of_failed(folder: Path) -> str:
    return next(row["error_code"] for row in rows(folder / "data" / "documents.csv") if row["status"] == "failed")


def test_the_first_release_has_no_changes(tmp_path: Path) -> None:
    folder = package(small_database(tmp_path / "a.duckdb"), tmp_path / "out")
    assert "The first release." in (folder / "CHANGES.md").read_text("utf-8")
    assert not (folder / "changes.csv").exists()


def test_each_release_lists_what_changed_since_the_last(tmp_path: Path) -> None:
    db, folder = small_database(tmp_path / "a.duckdb"), tmp_path / "out"
    package(db, folder)
    with Warehouse(db) as warehouse:
        warehouse.store(outcome_of(b"b", "b.txt", media_type="text/plain"))
    with duckdb.connect(db) as connection:
        connection.execute("UPDATE projects SET name = 'a,\"b\"' WHERE form_kind = 'self_evaluation'")
        connection.execute("UPDATE documents SET ingested_at = TIMESTAMP '2030-01-01'")
        key = str(connection.execute("SELECT project_id FROM projects WHERE name LIKE 'a,%'").fetchall()[0][0])
        connection.execute("DELETE FROM findings WHERE finding_id = (SELECT min(finding_id) FROM findings)")
    later = DATASET._replace(version="2026.2")
    package(db, folder, later, overwrite=True)
    log = (folder / "CHANGES.md").read_text("utf-8")
    assert log.index("## 2026.2") < log.index("## 2026.1")
    assert "| documents | 2 | 3 | 1 | 0 | 0 |" in log
    changes = rows(folder / "changes.csv")
    assert {row["table"] for row in changes} == {"projects", "flat_projects", "flat_indicators"}
    assert [(row["key"], row["column"], row["new_value"]) for row in changes if row["table"] == "projects"] == [
        (key, "name", 'a,"b"')
    ]
    lines = {line.split(" | ")[0].strip("| "): line for line in log.splitlines() if line.startswith("| ")}
    assert lines["projects"].endswith("| 0 | 1 |")
    assert lines["findings"].split(" | ")[4] == "1"
    assert lines["indicator_parts"].endswith("| 0 |  |")


def test_a_release_can_be_compared_with_any_earlier_one(tmp_path: Path) -> None:
    db = small_database(tmp_path / "a.duckdb")
    first = package(db, tmp_path / "first")
    header = (first / "data" / "tasks.csv").read_text("utf-8").replace("task_id,", "task_id,gone,", 1)
    (first / "data" / "tasks.csv").write_text(header.replace(",page", "", 1), encoding="utf-8")
    order = Order(tmp_path / "second", ExportFormat.DATAPACKAGE, dataset=DATASET, earlier=first)
    log = (export(db, order, lambda _name, _rows: None).to / "CHANGES.md").read_text("utf-8")
    assert "- `tasks` has the new column `page`." in log
    assert "- `tasks` has no column `gone` any more." in log
