from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.errors import ConfigError
from perftable_etl.ingest.config import read_config
from perftable_etl.load.lock import one_job
from perftable_etl.load.warehouse import Warehouse
from tests.databases import store_documents
from tests.examples import usually
from tests.outcomes import outcome_of


def publish(db: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["publish", "--db", str(db), "--to", str(folder), *options])


def publish_and_end(db: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own, which alone ends with the code of an error."""
    command = [sys.executable, "-m", "perftable_etl", "publish", "--db", str(db), "--to", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_documents(tmp_path_factory.mktemp("two") / "work.duckdb", b"%PDF-1", b"%PDF-2")


@pytest.fixture
def db(two: Path, tmp_path: Path) -> Path:
    """A database of two documents."""
    return Path(shutil.copy(two, tmp_path))


@pytest.fixture(scope="module")
def fallen(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that database, and what was published of it before it lost half of its indicators."""
    place = tmp_path_factory.mktemp("fallen")
    db = Path(shutil.copy(two, place))
    publish(db, place / "published")
    with duckdb.connect(db) as connection:
        connection.execute("DELETE FROM indicators WHERE document_id = (SELECT min(document_id) FROM indicators)")
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


def test_publish_says_what_readers_have_now(db: Path, folder: Path) -> None:
    result = publish(db, folder)
    assert (result.exit_code, result.stderr) == (0, "")
    published, compared = result.stdout.splitlines()
    assert re.fullmatch(rf"Published \S+ to {folder}: 2 documents, 2 projects, 4 indicators; [\d,]+ bytes\.", published)
    assert compared == "There was no earlier snapshot to compare with."
    assert re.fullmatch(
        r"Compared with the last snapshot: \d+ gates passed, 0 failed\.", publish(db, folder).stdout.splitlines()[1]
    )


def test_a_run_that_was_interrupted_is_told(db: Path, folder: Path) -> None:
    with Warehouse(db) as warehouse:
        run = warehouse.start_run()
    assert f"Run {run.run_id} was interrupted: its stored documents are complete" in publish(db, folder).stdout


def test_a_failed_gate_is_named_with_both_numbers_and_exits_4(db: Path, folder: Path) -> None:
    publish(db, folder)
    with duckdb.connect(db) as connection:
        connection.execute("DELETE FROM indicators WHERE rowid = 0")
    result = publish_and_end(db, folder)
    assert result.returncode == 4
    assert result.stderr.startswith("error: nothing was published; readers keep the last snapshot.")
    assert "rows of indicators 4 3 5.0 %" in [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "Published" not in result.stdout
    assert publish(db, folder, "--force", "coverage, mean").exit_code != 0
    forced = publish(db, folder, "--force")
    assert forced.exit_code == 0
    assert re.search(r"\d+ failed, published anyway\.", forced.stdout)


FORCED = [
    ("--force", "coverage, mean", "--force"),
    ("--json", "--force"),
    ("--config", "sources.toml"),
    ("--force",),
    ("--force", "--json"),
    ("--force", "rows of indicators"),
    ("--force=rows of *",),
    ("--force", "coverage, mean", "--force", "rows of indicators"),
    ("--max-fall", "0.5"),
]


@pytest.mark.parametrize("options", usually(3, [(options,) for options in FORCED]))
def test_one_gate_or_all_may_fall(fallen: Path, options: tuple[str, ...], tmp_path: Path) -> None:
    place = shutil.copytree(fallen, tmp_path / "place", symlinks=True)
    config = 'db = "a"\nsource = []\n[publish]\nmax_fall = 0\n[publish.gates]\n"rows of i*" = 0.5\n'
    (tmp_path / "sources.toml").write_text(config, encoding="utf-8")
    named = [str(tmp_path / option) if option.endswith(".toml") else option for option in options]
    assert publish(place / "work.duckdb", place / "published", *named).exit_code == 0


def test_without_force_nothing_falls(fallen: Path, tmp_path: Path) -> None:
    place = shutil.copytree(fallen, tmp_path / "place", symlinks=True)
    assert publish(place / "work.duckdb", place / "published").exit_code != 0


def test_a_gate_that_there_is_not_is_a_wrong_call(db: Path, folder: Path, tmp_path: Path) -> None:
    result = publish(db, folder, "--force", "filled indicators.vale")
    assert result.exit_code == 2
    assert "some gates are filled indicators.value" in " ".join(result.stderr.replace("│", "").split())
    (tmp_path / "sources.toml").write_text('db = "a"\nsource = []\n[publish.gates]\nrows = 0.3\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[publish\]: no gate is named rows; some gates are documents kept"):
        read_config(tmp_path / "sources.toml")


def test_new_documents_are_told_apart(db: Path, folder: Path) -> None:
    publish(db, folder)
    with Warehouse(db) as warehouse:
        warehouse.store(outcome_of(b"%PDF-3"))
    told = "1 new document brings 1 project and 2 indicators. No gate checks it."
    assert publish(db, folder).stdout.splitlines()[2] == told


def test_json_is_all_that_is_printed_for_programs(db: Path, folder: Path) -> None:
    publish(db, folder)
    result = publish(db, folder, "--json")
    content = json.loads(result.stdout)
    assert content["is_published"] is True
    assert content["snapshot"] == json.loads((folder / "latest.json").read_text("utf-8"))
    assert content["gates"][0] == {
        "name": "documents kept",
        "scale": "count",
        "before": 2,
        "now": 2,
        "is_passed": True,
        "max_fall": 0.05,
        "is_forced": False,
    }
    assert content["new_documents"] == {"documents": 0, "failed": 0, "projects": 0, "indicators": 0}


def test_how_far_numbers_may_fall_can_be_set(db: Path, folder: Path) -> None:
    publish(db, folder)
    with duckdb.connect(db) as connection:
        connection.execute("DELETE FROM indicators WHERE ordinal = 1 AND rowid < 2")
    assert publish(db, folder, "--max-fall", "0.6").exit_code == 0


def test_a_database_that_a_job_works_on_is_not_published(db: Path, folder: Path) -> None:
    with one_job(db, "sync"):
        result = publish_and_end(db, folder)
    assert (result.returncode, result.stdout) == (75, "")
    assert "is in use by perftable-etl sync" in result.stderr
    assert not folder.exists()


def test_a_database_that_is_not_there_is_a_wrong_call(tmp_path: Path, folder: Path) -> None:
    assert publish_and_end(tmp_path / "missing.duckdb", folder).returncode == 2
    assert list(tmp_path.iterdir()) == []
