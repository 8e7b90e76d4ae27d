from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from perftable_etl import connect
from perftable_etl.errors import Busy, UsageError, WarehouseError
from perftable_etl.load.comparison import NewDocuments
from perftable_etl.load.gates import Gate
from perftable_etl.load.lock import one_job
from perftable_etl.load.publish import Publication, publish
from perftable_etl.load.release import Release
from perftable_etl.load.rules import Rules
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.system.disk import hash_of
from tests.examples import usually
from tests.outcomes import DECLARATION, failed_outcome, outcome_of

KEEP = 3
LESS = "DELETE FROM indicators WHERE document_id = (SELECT min(document_id) FROM indicators)"
"""Rows are lost, and what is left is as full as it was."""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with four documents, one of which could not be read, and one run."""
    path = tmp_path_factory.mktemp("four") / "work.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.start_run()
        for outcome in (*map(outcome_of, (b"%PDF-1", b"%PDF-2", b"%PDF-3")), failed_outcome(b"bad")):
            warehouse.store(outcome)
    change(path, "UPDATE runs SET finished_at = started_at")
    return path


@pytest.fixture
def db(four: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(four, tmp_path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


def published(db: Path, folder: Path, rules: Rules = Rules(), keep: int = KEEP) -> Publication:  # noqa: B008
    return publish(db, folder, keep=keep, rules=rules)


def change(db: Path, sql: str) -> None:
    with duckdb.connect(db) as connection:
        connection.execute(sql)


def everything(db: Path) -> list[str]:
    """All rows of all tables, as sorted text."""
    with connect(db) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return sorted(f"{name} {row}" for (name,) in tables for row in connection.table(name).fetchall())


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


def test_readers_get_all_rows_views_and_comments(db: Path, folder: Path) -> None:
    published(db, folder)
    assert everything(folder / "perftable.duckdb") == everything(db)
    with connect(folder / "perftable.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM current_projects").fetchone() == (3,)
        comments = "SELECT comment FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (table_oid)"
        assert all(comment for (comment,) in connection.execute(comments).fetchall())


def test_what_is_published_opens_in_older_duckdb_and_is_not_to_be_written_to(db: Path, folder: Path) -> None:
    published(db, folder)
    with connect(folder / "perftable.duckdb") as connection:
        tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'perftable'").fetchall()
    assert tags[0][0]["storage_version"] == "v1.0.0+"
    assert stat.S_IMODE((folder / "perftable.duckdb").stat().st_mode) == 0o444


def test_latest_json_describes_what_readers_open(db: Path, folder: Path) -> None:
    snapshot = published(db, folder).snapshot
    latest = json.loads((folder / "latest.json").read_text("utf-8"))
    assert latest == snapshot.model_dump(mode="json")
    assert latest["sha256"] == hash_of(folder / "perftable.duckdb")
    assert latest["bytes"] == (folder / "perftable.duckdb").stat().st_size
    assert latest["profile"]["rows"]["indicators"] == 6
    assert latest["profile"]["fill_rates"]["projects"]["name"] == 1.0
    assert latest["profile"]["fill_rates"]["projects"]["total_funds"] == 0.0
    assert (latest["profile"]["coverage"], latest["profile"]["failed"]) == (1.0, 0.25)
    with connect(db) as connection:
        run = connection.execute("SELECT run_id, finished_at FROM runs").fetchone()
    assert run == (latest["run_id"], datetime.fromisoformat(latest["run_finished_at"]).replace(tzinfo=None))


def test_the_last_snapshots_are_kept(db: Path, folder: Path) -> None:
    names = [published(db, folder).snapshot.name for _ in range(KEEP + 2)]
    assert snapshots(folder) == names[-KEEP:]
    for name in names[-KEEP:]:
        assert everything(folder / "snapshots" / name / "perftable.duckdb") == everything(db)


def test_a_clock_that_was_set_back_does_not_cost_the_snapshot_that_readers_open(db: Path, folder: Path) -> None:
    for year in range(2100, 2100 + KEEP):
        name = published(db, folder).snapshot.name
        later = (folder / "snapshots" / name).rename(folder / "snapshots" / f"{year}{name[4:]}")
        (folder / "latest").unlink()
        (folder / "latest").symlink_to(later.relative_to(folder))
    name = published(db, folder).snapshot.name
    assert (folder / "latest").readlink() == Path("snapshots", name)
    assert len(snapshots(folder)) == KEEP
    assert everything(folder / "perftable.duckdb") == everything(db)


def test_the_first_time_there_is_nothing_to_compare_with(db: Path, folder: Path) -> None:
    publication = published(db, folder)
    assert publication.is_published
    assert publication.gates == ()


@pytest.mark.parametrize(
    ("worse", "gate"),
    [
        ("DELETE FROM projects WHERE rowid = 0", Gate("rows of projects", "count", 3, 2, False, 0.05)),
        ("DELETE FROM indicators WHERE rowid = 0", Gate("rows of indicators", "count", 6, 5, False, 0.05)),
        (
            "UPDATE projects SET name = NULL WHERE rowid = 0",
            Gate("filled projects.name", "share", 1, 2 / 3, False, 0.05),
        ),
        ("UPDATE documents SET coverage = 0.8", Gate("coverage, mean", "share", 1, 0.8, False, 0.05)),
        (
            "UPDATE documents SET status = 'failed' WHERE rowid = 0",
            Gate("documents that could be read", "share", 0.75, 0.5, False, 0.05),
        ),
    ],
)
def test_a_database_that_lost_too_much_is_held_back(db: Path, folder: Path, worse: str, gate: Gate) -> None:
    first = published(db, folder)
    before = everything(db)
    change(db, worse)
    second = published(db, folder)
    assert not second.is_published
    assert gate in second.failed_gates
    assert everything(folder / "perftable.duckdb") == before
    assert snapshots(folder) == [first.snapshot.name]


@pytest.mark.parametrize("gate", usually(1, ["rows of *", "rows of indicators", "*"]))
def test_a_gate_that_is_forced_lets_pass_and_stays_told(db: Path, folder: Path, gate: str) -> None:
    published(db, folder)
    change(db, LESS)
    publication = published(db, folder, Rules(forced=(gate,)))
    assert publication.is_published
    assert publication.failed_gates == (Gate("rows of indicators", "count", 6, 4, False, 0.05, is_forced=True),)
    assert everything(folder / "perftable.duckdb") == everything(db)
    assert published(db, folder).failed_gates == ()


def test_forcing_one_gate_forces_no_other(db: Path, folder: Path) -> None:
    published(db, folder)
    change(db, f"{LESS}; UPDATE documents SET coverage = 0.8")
    publication = published(db, folder, Rules(forced=("rows of indicators",)))
    assert not publication.is_published
    assert [gate.name for gate in publication.failed_gates if not gate.is_forced] == ["coverage, mean"]


def test_a_gate_may_have_a_limit_of_its_own(db: Path, folder: Path) -> None:
    published(db, folder)
    change(db, LESS)
    assert not published(db, folder, Rules(0.05, {"rows of projects": 0.5})).is_published
    assert not published(db, folder, Rules(0.5, {"rows of *": 0.1})).is_published
    assert published(db, folder, Rules(0.05, {"rows of indicators": 0.4, "rows of *": 0.1})).is_published


def test_more_is_never_held_back_and_told_apart(db: Path, folder: Path) -> None:
    """Growth lowers fill rates and shares over all, though nothing of what was there is lost."""
    published(db, folder)
    emptier = DECLARATION.model_copy(update={"name": None, "annual_goal": None, "nature": None, "indicators": ()})
    with Warehouse(db) as warehouse:
        for number in range(81):
            outcome = outcome_of(b"new %d" % number, declarations=(emptier,), coverage=0.5, findings=())
            warehouse.store(outcome)
        for number in range(9):
            warehouse.store(failed_outcome(b"new bad %d" % number))
    publication = published(db, folder)
    assert publication.is_published
    assert publication.failed_gates == ()
    assert publication.new == NewDocuments(documents=90, failed=9, projects=81, indicators=0)
    assert {gate.before == gate.now for gate in publication.gates} == {True}


def test_what_is_new_does_not_make_up_for_what_was_lost(db: Path, folder: Path) -> None:
    published(db, folder)
    lost = "document_id = (SELECT min(document_id) FROM projects)"
    with duckdb.connect(db) as connection:
        for table in ("findings", "sources", "indicators", "documents", "projects"):
            connection.execute(f"DELETE FROM {table} WHERE {lost}")
    with Warehouse(db) as warehouse:
        for number in range(9):
            warehouse.store(outcome_of(b"new %d" % number))
    publication = published(db, folder)
    assert not publication.is_published
    assert [(gate.name, gate.before, gate.now) for gate in publication.failed_gates] == [
        ("documents kept", 4, 3),
        ("rows of projects", 3, 2),
        ("rows of indicators", 6, 4),
    ]


def test_a_value_that_is_no_longer_read_is_held_back_however_rare(db: Path, folder: Path) -> None:
    change(db, "INSERT INTO indicators SELECT indicators.* FROM indicators, range(20)")
    change(db, "UPDATE indicators SET baseline = '上年' WHERE rowid = 0")
    published(db, folder)
    change(db, "UPDATE indicators SET baseline = NULL")
    assert [gate.name for gate in published(db, folder).failed_gates] == ["filled indicators.baseline"]


def test_what_is_no_snapshot_is_left_alone(db: Path, folder: Path) -> None:
    published(db, folder)
    theirs = folder / "snapshots"
    (theirs / "README.md").write_text("mine", encoding="utf-8")
    (theirs / "0-backup").mkdir()
    (theirs / "zz").symlink_to("0-backup")
    (theirs / "20260101T000000.000000Z-00000000").mkdir()
    foreign = {"README.md", "0-backup", "zz", "20260101T000000.000000Z-00000000"}
    names = [published(db, folder).snapshot.name for _ in range(KEEP + 2)]
    assert set(snapshots(folder)) == {*foreign, *names[-KEEP:]}


@pytest.mark.parametrize("broken", ["missing", "dangling"])
@pytest.mark.parametrize("link", usually(1, ["latest", "perftable.duckdb", "latest.json"]))
def test_a_link_that_is_missing_is_made_anew_and_the_gates_hold(db: Path, folder: Path, link: str, broken: str) -> None:
    published(db, folder)
    before = everything(db)
    (folder / link).unlink()
    if broken == "dangling":
        (folder / link).symlink_to("nowhere")
    change(db, LESS)
    assert [gate.name for gate in published(db, folder).failed_gates] == ["rows of indicators"]
    assert everything(folder / "perftable.duckdb") == before
    assert published(db, folder, Rules(forced=("*",))).is_published
    assert everything(folder / "perftable.duckdb") == everything(db)
    assert json.loads((folder / "latest.json").read_text("utf-8"))["profile"]["rows"]["indicators"] == 4


def test_a_snapshot_that_cannot_be_compared_with_is_told(db: Path, folder: Path) -> None:
    published(db, folder)
    damaged = folder / "snapshots" / snapshots(folder)[0] / "perftable.duckdb"
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:5000])
    with pytest.raises(WarehouseError, match=r"perftable\.duckdb cannot be opened"):
        published(db, folder)


def test_a_run_by_a_clock_that_was_ahead_is_not_the_last(db: Path, folder: Path) -> None:
    with Warehouse(db) as warehouse:
        ahead = warehouse.start_run().run_id
        last = warehouse.start_run().run_id
    change(db, f"UPDATE runs SET started_at = started_at + INTERVAL 10 YEAR WHERE run_id = '{ahead}'")
    assert published(db, folder).snapshot.run_id == last


def test_a_run_that_was_interrupted_is_published_as_far_as_it_came(db: Path, folder: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import outcome_of
warehouse = Warehouse(Path(sys.argv[1])).__enter__()
warehouse.start_run()
warehouse.store(outcome_of(b"%PDF-4"))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script, str(db)], check=False)
    assert db.with_name("work.duckdb.wal").exists()
    snapshot = published(db, folder).snapshot
    assert snapshot.profile.rows["documents"] == 5
    assert snapshot.run_finished_at is None
    assert everything(folder / "perftable.duckdb") == everything(db)


@pytest.mark.parametrize("beside", ["perftable.duckdb.wal", "latest/perftable.duckdb.wal"])
def test_a_published_database_that_somebody_wrote_to_is_refused(db: Path, folder: Path, beside: str) -> None:
    published(db, folder)
    (folder / beside).touch()
    with pytest.raises(WarehouseError, match=r"perftable\.duckdb\.wal exists: .* delete that file"):
        published(db, folder)
    (folder / beside).unlink()
    assert published(db, folder).is_published


def test_the_database_that_is_published_cannot_be_published_over_itself(db: Path, folder: Path) -> None:
    published(db, folder)
    with pytest.raises(UsageError, match="Give the working database"):
        published(folder / "perftable.duckdb", folder)


def test_a_file_of_somebody_else_is_left_alone(db: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "perftable.duckdb").write_text("mine", encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"is not a published snapshot\. Move it away"):
        published(db, folder)
    assert (folder / "perftable.duckdb").read_text("utf-8") == "mine"


def test_a_description_that_is_none_is_told(db: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "latest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"latest\.json does not describe a snapshot"):
        published(db, folder)


def test_a_database_of_another_program_is_told(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other.duckdb"
    change(other, "CREATE TABLE a AS SELECT 1 AS x")
    with pytest.raises(WarehouseError, match=r"other\.duckdb belongs to another program: it has a,"):
        published(other, folder)
    assert snapshots(folder) == []


def test_a_folder_that_cannot_be_written_is_told(db: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WarehouseError, match=r"cannot be published to: .* The last snapshot is intact"):
        published(db, tmp_path / "file")


def test_two_that_publish_to_one_folder_do_not_meet(db: Path, folder: Path) -> None:
    folder.mkdir()
    with one_job(folder / "perftable.duckdb", "publish"), pytest.raises(Busy):
        published(db, folder)


def test_names_with_quotes_are_only_names(tmp_path: Path, db: Path) -> None:
    odd = db.rename(tmp_path / "o'dd; DROP.duckdb")
    published(odd, tmp_path / "it's")
    assert everything(tmp_path / "it's" / "perftable.duckdb") == everything(odd)


def test_a_release_is_kept_whatever_comes_after_it(db: Path, folder: Path) -> None:
    first = publish(db, folder, keep=KEEP, rules=Rules(), release=Release("2026.1")).snapshot
    for _ in range(KEEP + 1):
        published(db, folder)
    assert len(snapshots(folder)) == KEEP + 1
    kept = folder / "releases" / "2026.1"
    assert kept.resolve().name == first.name
    assert everything(kept / "perftable.duckdb") == everything(db)
    assert json.loads((kept / "snapshot.json").read_text("utf-8"))["release"] == "2026.1"


def test_a_release_never_changes(db: Path, folder: Path) -> None:
    publish(db, folder, keep=KEEP, rules=Rules(), release=Release("2026.1"))
    with pytest.raises(UsageError, match=r"has a release 2026\.1 already"):
        publish(db, folder, keep=KEEP, rules=Rules(), release=Release("2026.1"))
    assert len(snapshots(folder)) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "-x", "二", "a b"])
def test_a_release_has_a_name_that_a_folder_can_have(name: str, db: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a release"):
        publish(db, folder, keep=KEEP, rules=Rules(), release=Release(name))


def test_parquet_has_a_stable_address_for_each_release_and_for_the_latest(db: Path, folder: Path) -> None:
    release = Release("2026.1", has_parquet=True)
    publish(db, folder, keep=KEEP, rules=Rules(), release=release)
    with connect(db) as connection:
        truth = connection.execute("SELECT * FROM indicators ORDER BY ALL").fetchall()
    for place in ("releases/2026.1", "latest"):
        files = [*(folder / place / "parquet" / "indicators").iterdir()]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o444}
        query = f"FROM read_parquet('{folder}/{place}/parquet/indicators/*.parquet') ORDER BY ALL"
        assert duckdb.execute(query).fetchall() == truth
    published(db, folder)
    assert not (folder / "latest" / "parquet").exists()
