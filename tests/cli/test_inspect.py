"""One page of a file, and documents and findings of a database at their place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import UnreadableFile, UsageError

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "cac-2025.calc.pdf"


def inspect(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["inspect", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one file that is no longer at its place, and the archive that has it."""
    folder = tmp_path_factory.mktemp("inspected")
    file = Path(shutil.copy(SAMPLE, folder / "公开.pdf"))
    command = ["ingest", str(file), "--db", str(folder / "w.duckdb"), "--archive", str(folder / "archive")]
    assert CliRunner().invoke(app, command).exit_code == 0
    file.unlink()
    return folder


def test_only_one_page_is_shown() -> None:
    result = inspect(SAMPLE, "--page", "2", "--json")
    outcome = json.loads(result.stdout)
    assert {row["place"][0] for form in outcome["declarations"] for row in form["indicators"]} == {2}
    with pytest.raises(UsageError, match="it has "):
        raise inspect(SAMPLE, "--page", "99").exception or AssertionError


def test_a_finding_is_shown_at_its_place_from_the_archive(folder: Path) -> None:
    db, picture = folder / "w.duckdb", folder / "seen.png"
    with duckdb.connect(db, read_only=True) as connection:
        query = "SELECT finding_id, page, message FROM findings WHERE severity = 'warning' ORDER BY ALL LIMIT 1"
        finding_id, page, message = connection.execute(query).fetchall()[0]
    options = ("--db", db, "--archive", folder / "archive")
    result = inspect(finding_id[:10], *options, "--draw", picture)
    assert result.exit_code == 0, result.output
    assert message in result.stdout
    assert "What to do" in result.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    shown = json.loads(inspect(finding_id, *options, "--json").stdout)
    assert shown["finding"]["finding_id"] == finding_id
    assert {finding["place"][0] for finding in shown["outcome"]["findings"] if finding["place"]} == {page}


def test_a_document_is_found_by_its_name_and_one_without_bytes_is_told(folder: Path) -> None:
    db = folder / "w.duckdb"
    outcome = json.loads(inspect("公开.pdf", "--db", db, "--archive", folder / "archive", "--json").stdout)
    assert (outcome["file_name"], outcome["status"]) == ("公开.pdf", "review")
    assert isinstance(inspect("公开.pdf", "--db", db).exception, UnreadableFile)
    assert isinstance(inspect("nothing", "--db", db).exception, UsageError)


def test_a_database_in_the_environment_leaves_files_what_they_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFTABLE_DB", str(folder / "w.duckdb"))
    assert json.loads(inspect(SAMPLES / "cac-2025.txt", "--json").stdout)["file_name"] == "cac-2025.txt"
