"""Databases that are not whole, too new, or another program's: told in a clear line, and left as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from perftable_etl import connect
from perftable_etl.errors import WarehouseError
from perftable_etl.load.database import checkpoint
from perftable_etl.load.result import LeftAlone, counted
from perftable_etl.load.status import database_status
from perftable_etl.load.tables import SCHEMA_VERSION
from perftable_etl.load.warehouse import Warehouse, ledger_at
from tests.examples import usually
from tests.load.earlier import EARLIER, earlier_database
from tests.outcomes import outcome_of

BLOCK = 1 << 18
HEADERS = 3 * 4096


def use(db: Path) -> None:
    """All that a run does with a database."""
    with Warehouse(db) as warehouse:
        warehouse.ledger()
        run = warehouse.start_run()
        warehouse.read_before()
        result = warehouse.store(outcome_of(b"%PDF-new"))
        warehouse.relate()
        warehouse.finish_run(counted(run, [result], LeftAlone()))
        warehouse.concerns()


READERS = (database_status, connect)
WAYS = (use, *READERS)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "work.duckdb"
    with Warehouse(path) as warehouse:
        for number in range(3):
            warehouse.store(outcome_of(b"%%PDF-%d" % number))
    return path


@pytest.fixture
def db(filled: Path, tmp_path: Path) -> Path:
    """A database with three documents."""
    return Path(shutil.copy(filled, tmp_path))


def change(db: Path, sql: str) -> None:
    with duckdb.connect(db) as connection:
        connection.execute(sql)


@pytest.mark.parametrize("size", [12, 100, 4096, 8192, HEADERS, HEADERS + 100])
@pytest.mark.parametrize("way", WAYS)
def test_a_truncated_file_is_told(db: Path, way: Callable[[Path], object], size: int) -> None:
    os.truncate(db, size)
    with pytest.raises(WarehouseError, match=r"work\.duckdb|was not stored|not marked|not noted"):
        way(db)


def test_a_file_with_any_block_lost_is_used_or_told(db: Path) -> None:
    whole = db.read_bytes()
    for start in range(HEADERS, len(whole), BLOCK):
        db.write_bytes(whole[:start] + bytes(BLOCK) + whole[start + BLOCK :])
        for way in WAYS:
            try:
                way(db)
            except WarehouseError as error:
                assert "\n" not in str(error)


@pytest.mark.parametrize("table", ["documents", "sources", "ledger"])
@pytest.mark.parametrize("way", WAYS)
def test_a_missing_table_is_named(db: Path, way: Callable[[Path], object], table: str) -> None:
    change(db, f"DROP TABLE {table}")
    with pytest.raises(WarehouseError, match=rf"work\.duckdb is incomplete: it lacks the table {table}\. Restore it"):
        way(db)


@pytest.mark.parametrize("way", WAYS)
def test_a_missing_column_is_named(db: Path, way: Callable[[Path], object]) -> None:
    change(db, "ALTER TABLE ledger DROP COLUMN reason")
    with pytest.raises(WarehouseError, match=r"it lacks the column ledger\.reason\."):
        way(db)


@pytest.mark.parametrize("way", WAYS)
def test_a_database_without_its_version_is_told(db: Path, way: Callable[[Path], object]) -> None:
    change(db, "DELETE FROM meta")
    with pytest.raises(WarehouseError, match="is incomplete: its table meta is empty"):
        way(db)


@pytest.mark.parametrize("way", (*WAYS, ledger_at))
def test_tables_of_a_later_version_ask_for_an_upgrade(db: Path, way: Callable[[Path], object]) -> None:
    change(db, f"UPDATE meta SET schema_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(WarehouseError, match=rf"have version {SCHEMA_VERSION + 1}, .* Upgrade perftable-etl"):
        way(db)


@pytest.mark.parametrize("way", READERS)
def test_tables_of_an_earlier_version_are_migrated_first(tmp_path: Path, way: Callable[[Path], object]) -> None:
    db = earlier_database(tmp_path / "old.duckdb", EARLIER[-1])
    with pytest.raises(WarehouseError, match="Run ingest or sync to migrate them"):
        way(db)
    use(db)
    way(db)


@pytest.mark.parametrize("way", (*WAYS, ledger_at))
@pytest.mark.parametrize(
    "theirs",
    [
        "CREATE TABLE meta (schema TEXT)",
        "CREATE VIEW documents AS SELECT 1 AS x",
        "CREATE SCHEMA s; CREATE TABLE s.t (x INT)",
    ],
)
def test_a_database_of_another_program_is_not_filled(
    tmp_path: Path, way: Callable[[Path], object], theirs: str
) -> None:
    db = tmp_path / "theirs.duckdb"
    change(db, theirs)
    before = db.read_bytes()
    with pytest.raises(WarehouseError, match="belongs to another program: it has"):
        way(db)
    assert (db.read_bytes(), list(tmp_path.iterdir())) == (before, [db])


def test_a_duckdb_file_without_tables_is_filled(tmp_path: Path) -> None:
    db = tmp_path / "empty.duckdb"
    duckdb.connect(db).close()
    for way in READERS:
        with pytest.raises(WarehouseError, match="has no tables yet"):
            way(db)
    use(db)
    assert database_status(db).contents


def test_a_checkpoint_that_fails_at_the_end_is_told_and_costs_nothing(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        checkpoint(FullDisk(connection), path)  # type: ignore[arg-type]

    monkeypatch.setattr("perftable_etl.load.warehouse.checkpoint", fails)
    with pytest.raises(WarehouseError, match=r"the last changes were not written .*work\.duckdb\.wal"):
        use(db)
    monkeypatch.undo()
    with connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(4,)]


class FullDisk:
    """A connection to a database whose disk is full."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.interrupt = connection.interrupt

    def execute(self, sql: str) -> None:
        raise duckdb.IOException(f"{sql}: no space left on device\nStack trace: ...")


FILL = """
import resource, sys
from pathlib import Path
from perftable_etl.errors import WarehouseError
from perftable_etl.load.lock import one_job
from perftable_etl.load.warehouse import Warehouse
from tests.load.earlier import EARLIER, earlier_database
from tests.outcomes import outcome_of
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
stored = 0
try:
    with one_job(Path(sys.argv[1]), "ingest"), Warehouse(Path(sys.argv[1])) as warehouse:
        for number in range(20):
            warehouse.store(outcome_of(b"%d" % number))
            stored += 1
except WarehouseError as error:
    print(stored, error)
else:
    print(stored, "all")
"""


@pytest.mark.parametrize("kilobytes", usually(2, [5, 1500, 0, 100]))
def test_a_disk_that_fills_loses_nothing_that_was_stored(tmp_path: Path, kilobytes: int) -> None:
    """A limit on the size of files makes writes fail as a full disk does."""
    db = tmp_path / "work.duckdb"
    command = [sys.executable, "-c", FILL, str(db), str(kilobytes * 1000)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    stored, _, message = ended.stdout.strip().partition(" ")
    assert (ended.stderr, len(ended.stdout.splitlines())) == ("", 1)
    assert "work.duckdb" in message or "was not stored" in message, message
    use(db)
    with connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(int(stored) + 1,)]
    assert {path.name for path in tmp_path.iterdir()} <= {"work.duckdb", "work.duckdb.lock"}
