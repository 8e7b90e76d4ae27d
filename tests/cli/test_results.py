"""What commands say of a small database, in the process of the test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import QueryError
from tests.drawing.redraw import SAMPLES

COUNT = "SELECT count(*) AS number FROM current_projects"


def run(*words: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    shutil.copy(SAMPLES / "cac-2025.txt", folder)
    assert run("ingest", folder, "--db", folder / "a.duckdb").exit_code == 0
    return folder


def test_sql_answers_in_each_form(folder: Path) -> None:
    db = folder / "a.duckdb"
    assert run("sql", COUNT, "--db", db, "--format", "csv").output.splitlines() == ["number", "6"]
    assert json.loads(run("sql", COUNT, "--db", db, "--format", "json").output) == [{"number": 6}]
    assert "number" in run("sql", "--db", db, text=f"{COUNT};").output


def test_a_query_that_fails_is_told(folder: Path) -> None:
    failed = run("sql", "SELECT nothing FROM projects", "--db", folder / "a.duckdb")
    assert isinstance(failed.exception, QueryError)
    assert "cannot be answered" in str(failed.exception)


def test_review_lists_what_needs_a_person(folder: Path) -> None:
    said = run("review", "--db", folder / "a.duckdb").output
    assert "unit_contradicts_name" in said
    assert "cac-2025.txt" in said
    rows = json.loads(run("review", "--db", folder / "a.duckdb", "--json").output)
    assert rows


def test_parts_are_loaded_once(folder: Path, tmp_path: Path) -> None:
    assert run("ingest", folder, "--to", tmp_path / "parts").exit_code == 0
    first = run("load", tmp_path / "parts", "--db", tmp_path / "b.duckdb")
    assert first.exit_code == 0
    assert first.output.startswith("Parts: 1 loaded, 0 loaded before, 0 left out.\n")
    again = json.loads(run("load", tmp_path / "parts", "--db", tmp_path / "b.duckdb", "--json").output)
    assert again["parts"] == {"loaded": 0, "known": 1, "left_out": []}


def test_an_export_says_what_it_wrote(folder: Path, tmp_path: Path) -> None:
    written = run("export", "--db", folder / "a.duckdb", "--to", tmp_path / "out", "--format", "csv")
    assert written.exit_code == 0
    assert str(tmp_path / "out") in written.output


def test_a_report_says_what_to_open(folder: Path, tmp_path: Path) -> None:
    made = run("report", "--db", folder / "a.duckdb", "--to", tmp_path / "site")
    assert made.exit_code == 0
    assert "index.html" in made.output
