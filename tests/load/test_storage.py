"""Every DuckDB from 1.1 on opens our files, and each table and view answers; a file in a newer format is copied."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl import connect
from perftable_etl.errors import WarehouseError
from perftable_etl.load import database, storage
from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.publish import publish
from perftable_etl.load.rules import Rules
from perftable_etl.load.tables import SCHEMA_VERSION, TABLES
from perftable_etl.load.warehouse import Warehouse
from tests.load.earlier import earlier_database
from tests.old_duckdb import OLD, answers
from tests.outcomes import DECLARATION, EVALUATION, outcome_of

RELATIONS = (*(table.name for table in TABLES), *VIEWS)
LATER = range(2, SCHEMA_VERSION)
COUNTS = [f"SELECT count(*) FROM {name}" for name in RELATIONS]
ROWS = [f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {name} ORDER BY ALL" for name in RELATIONS]


def new_database(path: Path) -> Path:
    """A database with two forms, one of them published twice."""
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
        warehouse.store(outcome_of(b"b", declarations=(DECLARATION, EVALUATION)))
        warehouse.relate()
    return path


def migrated_database(path: Path) -> Path:
    with Warehouse(earlier_database(path, SCHEMA_VERSION - 1)) as warehouse:
        warehouse.store(outcome_of(b"a"))
        warehouse.relate()
    return path


def published_database(path: Path) -> Path:
    folder = path.parent / "published"
    publish(new_database(path), folder, keep=2, rules=Rules())
    return folder / "perftable.duckdb"


def newer_storage(path: Path) -> Path:
    """The same as `new_database` in the format that this DuckDB gives a file unless it is asked for another."""
    new_database(path)
    copied = path.with_name("copied.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS old; ATTACH '{copied}' AS new; COPY FROM DATABASE old TO new")
    copied.replace(path)
    return path


def storage_of(path: Path) -> str:
    with duckdb.connect(path, read_only=True) as connection:
        tags = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
        return str(connection.execute(tags).fetchall()[0][0])


def everything(path: Path) -> list[Any]:
    with connect(path) as connection:
        return [[list(row) for row in connection.execute(query).fetchall()] for query in ROWS]


@pytest.mark.parametrize("make", [new_database, migrated_database, published_database])
@pytest.mark.parametrize("version", OLD)
def test_every_table_and_view_answers_in_an_old_duckdb(make: Any, version: str, tmp_path: Path) -> None:
    path = make(tmp_path / "a.duckdb")
    now = everything(path)
    assert len(now[RELATIONS.index("current_indicators")]) > 0
    assert answers(version, path, ROWS) == now


@pytest.mark.parametrize("version", [1, *(pytest.param(version, marks=pytest.mark.slow) for version in LATER)])
def test_each_earlier_version_is_migrated_to_what_duckdb_1_1_opens(version: int, tmp_path: Path) -> None:
    path = earlier_database(tmp_path / "old.duckdb", version)
    assert storage_of(path) != "v1.0.0+"
    with Warehouse(path):
        pass
    assert storage_of(path) == "v1.0.0+"
    with duckdb.connect(path, read_only=True) as connection:
        now = [[list(row) for row in connection.execute(query).fetchall()] for query in COUNTS]
    assert answers(OLD[0], path, COUNTS) == now


def test_the_copy_has_all_that_was_there_and_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = newer_storage(tmp_path / "a.duckdb")
    path.chmod(0o640)
    before = everything(path)
    for _ in range(2):
        with Warehouse(path):
            pass
    assert everything(path) == before
    assert [record.getMessage() for record in caplog.records] == [
        f"{path} was copied once into a format that DuckDB 1.1 and later open. Nothing else changed."
    ]
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.duckdb"]


def test_what_an_interrupted_job_left_in_the_log_is_in_the_copy(tmp_path: Path) -> None:
    path = newer_storage(tmp_path / "a.duckdb")
    script = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('PRAGMA disable_checkpoint_on_shutdown');"
        "c.execute(\"UPDATE documents SET title = '新题'\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert path.with_name("a.duckdb.wal").exists()
    with Warehouse(path):
        pass
    assert not path.with_name("a.duckdb.wal").exists()
    with connect(path) as connection:
        assert connection.execute("SELECT DISTINCT title FROM documents").fetchall() == [("新题",)]
    assert storage_of(path) == "v1.0.0+"


@pytest.mark.parametrize("step", ["copy_database", "take_inventory", "flush"])
def test_a_copy_that_fails_leaves_the_file_as_it_was(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = newer_storage(tmp_path / "a.duckdb")
    before = everything(path)
    with monkeypatch.context() as changed:
        changed.setattr(storage, step, _fails)
        with pytest.raises(WarehouseError, match="It is as it was"), Warehouse(path):
            pass
    assert everything(path) == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.duckdb"]


def _fails(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_copy_that_differs_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = newer_storage(tmp_path / "a.duckdb")
    before = everything(path)
    copy = database.copy_database

    def lossy(source: Path, target: Path) -> None:
        copy(source, target)
        with duckdb.connect(target) as connection:
            connection.execute("DELETE FROM indicators")

    with monkeypatch.context() as changed:
        changed.setattr(storage, "copy_database", lossy)
        with pytest.raises(WarehouseError, match="differs from it"), Warehouse(path):
            pass
    assert everything(path) == before


def test_a_process_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    """The copy is whole and has not yet taken the name."""
    path = newer_storage(tmp_path / "a.duckdb")
    before = everything(path)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from perftable_etl.load import storage; from perftable_etl.load.warehouse import Warehouse\n"
        "storage.flush = lambda _: os._exit(9)\n"
        "Warehouse(Path(sys.argv[1])).__enter__()"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert path.with_name("a.duckdb.partial").exists()
    with Warehouse(path):
        pass
    assert everything(path) == before
    assert storage_of(path) == "v1.0.0+"
    assert [file.name for file in tmp_path.iterdir()] == ["a.duckdb"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = newer_storage(tmp_path / "a.duckdb")
    link = tmp_path / "link.duckdb"
    link.symlink_to(path)
    with Warehouse(link):
        pass
    assert link.is_symlink()
    assert storage_of(path) == "v1.0.0+"
