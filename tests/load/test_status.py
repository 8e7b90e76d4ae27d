from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from perftable_etl.errors import UsageError, WarehouseError
from perftable_etl.ingest.ledger import MOST_ATTEMPTS, Stamp, failed, pending
from perftable_etl.ingest.retry import retry
from perftable_etl.load.result import LeftAlone, counted
from perftable_etl.load.status import DocumentCount, StateCount, database_status
from perftable_etl.load.tables import LedgerRow
from perftable_etl.load.warehouse import Warehouse
from tests.load.test_lock import held
from tests.outcomes import failed_outcome, outcome_of

NOW = datetime(2026, 11, 22, 2, 0)
BROKEN, HOPELESS = "https://czj.example.cn/broken.pdf", "https://czj.example.cn/hopeless.pdf"


def after_failures(uri: str, failures: int) -> LedgerRow:
    entry = pending(None, uri, "财政局", Stamp(modified="monday"), NOW)
    for _ in range(failures):
        entry = failed(entry, "encrypted: it is protected by a password", NOW)
    return entry


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database after one whole run and an interrupted one."""
    path = tmp_path / "work.duckdb"
    with Warehouse(path) as warehouse:
        run = warehouse.start_run()
        results = [warehouse.store(outcome) for outcome in (outcome_of(), failed_outcome(b"x"))]
        warehouse.note([after_failures(BROKEN, 1), after_failures(HOPELESS, MOST_ATTEMPTS)])
        warehouse.finish_run(counted(run, results, LeftAlone()))
        warehouse.start_run()
    return path


def test_it_tells_of_runs_files_and_documents(db: Path) -> None:
    contents = database_status(db).contents
    assert contents is not None
    assert [run.finished_at is None for run in contents.runs] == [True, False]
    assert contents.states == (StateCount("财政局", "failed", 1), StateCount("财政局", "quarantined", 1))
    assert contents.documents == (DocumentCount("failed", 1), DocumentCount("review", 1))
    (waiting,), (quarantined,) = contents.waiting, contents.quarantined
    assert (waiting.source_uri, waiting.retry_at) == (BROKEN, NOW + timedelta(hours=20))
    assert (quarantined.source_uri, quarantined.attempts) == (HOPELESS, MOST_ATTEMPTS)


def test_a_run_by_a_clock_that_was_ahead_does_not_hide_the_others(db: Path) -> None:
    with duckdb.connect(db) as connection:
        connection.execute("UPDATE runs SET started_at = started_at + INTERVAL 10 YEAR WHERE finished_at IS NULL")
    contents = database_status(db).contents
    assert contents is not None
    assert [run.finished_at is None for run in contents.runs] == [False, True]


def test_an_interrupted_run_tells_what_it_stored(db: Path) -> None:
    with Warehouse(db) as warehouse:
        warehouse.start_run()
        warehouse.store(outcome_of(b"another"))
        warehouse.store(outcome_of(b"another"))
        warehouse.store(failed_outcome(b"broken"))
    contents = database_status(db).contents
    assert contents is not None
    run = contents.runs[0]
    assert (run.finished_at, run.documents, run.new, run.unchanged, run.failed) == (None, 3, 2, 1, 1)
    assert (run.projects, run.indicators, run.findings) == (2, 4, 7)


def test_who_works_on_it_is_told_also_where_nothing_else_can_be(db: Path) -> None:
    with held(db) as job:
        holder, contents = database_status(db)
        assert holder is not None
        assert f"perftable-etl ingest (process {job.pid} on " in holder
        assert contents is not None
        with duckdb.connect(db):
            assert database_status(db) == (holder, None)
    assert database_status(db).holder is None


def test_a_program_of_others_that_has_it_open_is_an_error(db: Path) -> None:
    with duckdb.connect(db), pytest.raises(WarehouseError, match="is open"):
        database_status(db)


def test_nothing_is_made_or_changed_by_looking(db: Path) -> None:
    before = db.read_bytes()
    database_status(db)
    assert (db.read_bytes(), [path.name for path in db.parent.iterdir()]) == (before, [db.name])


def test_tables_of_an_earlier_version_are_told_to_be_such(tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    with duckdb.connect(old) as connection:
        connection.execute((Path(__file__).parent / "tables-v1.sql").read_text("utf-8"))
        connection.execute("INSERT INTO meta VALUES (1, '0.1.0', '2026-01-01')")
    with pytest.raises(WarehouseError, match="Run ingest or sync to migrate them"):
        database_status(old)


def test_a_file_that_is_given_another_chance_is_read_next_time(db: Path) -> None:
    with Warehouse(db) as warehouse:
        (entry,) = retry(warehouse, [HOPELESS], Path.cwd())
        assert warehouse.ledger()[HOPELESS] == entry
        assert (entry.state, entry.attempts, entry.retry_at) == ("pending", 0, None)
        assert [row.source_uri for row in retry(warehouse, [], Path.cwd())] == [BROKEN]
        assert retry(warehouse, [], Path.cwd()) == ()


def test_a_file_that_did_not_fail_gets_no_other_chance(db: Path) -> None:
    with Warehouse(db) as warehouse, pytest.raises(UsageError, match=r"missing\.pdf is not a failed file"):
        retry(warehouse, [BROKEN, "file:///missing.pdf"], Path.cwd())
    contents = database_status(db).contents
    assert contents is not None
    assert len(contents.waiting) == 1
