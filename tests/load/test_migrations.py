"""A database of an earlier version becomes one of this version without losing a row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.errors import WarehouseError
from perftable_etl.load.ddl import VIEWS
from perftable_etl.load.tables import SCHEMA_VERSION, TABLES
from perftable_etl.load.warehouse import Warehouse, ledger_at
from tests.load.earlier import EARLIER, earlier_database
from tests.outcomes import EVALUATION, outcome_of

SHAPE = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
    WHERE schema_name = 'main' ORDER BY table_name, column_index
"""
CHECKS = """
    SELECT table_name, constraint_text FROM duckdb_constraints() WHERE constraint_type = 'CHECK' ORDER BY ALL
"""


def shape(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return [*connection.execute(SHAPE).fetchall(), *connection.execute(CHECKS).fetchall()]


BETWEEN = [pytest.param(version, marks=pytest.mark.slow) for version in EARLIER[1:-1]]
"""The first version takes every step that there is, and the last one is what most databases have."""


@pytest.fixture(params=[EARLIER[0], *BETWEEN, EARLIER[-1]])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database of an earlier version with one document in it."""
    return earlier_database(tmp_path / "old.duckdb", request.param)


def test_migrated_tables_are_those_of_a_new_database(old: Path, tmp_path: Path) -> None:
    with Warehouse(old), Warehouse(tmp_path / "new.duckdb"):
        pass
    assert shape(old) == shape(tmp_path / "new.duckdb")


def test_no_row_is_lost_and_new_documents_can_come(old: Path) -> None:
    with Warehouse(old) as warehouse:
        warehouse.store(outcome_of())
    with duckdb.connect(old, read_only=True) as connection:
        rows = connection.execute(
            "SELECT file_name, first_seen_at = ingested_at FROM documents ORDER BY ALL"
        ).fetchall()
        assert rows == [("2025.pdf", True), ("旧.pdf", True)]
        assert connection.execute("SELECT schema_version, created_by FROM meta").fetchall() == [
            (SCHEMA_VERSION, "0.1.0")
        ]
        assert all(connection.execute(f"SELECT count(*) FROM {view}").fetchone() for view in VIEWS)


def test_what_was_read_before_there_were_phases_is_the_years(old: Path) -> None:
    with Warehouse(old):
        pass
    with duckdb.connect(old, read_only=True) as connection:
        assert connection.execute("SELECT phase, target_raw, actual_raw FROM indicators").fetchall() == [
            ("year", "≥12(次)", None)
        ]
        assert connection.execute("SELECT name, annual_funds, score FROM projects").fetchall() == [
            ("旧项目", Decimal("100.25"), None)
        ]


def test_the_tables_of_an_earlier_version_take_what_only_this_one_knows(old: Path) -> None:
    """Kinds of forms and fields are closed sets, and they grew."""
    with Warehouse(old) as warehouse:
        warehouse.store(outcome_of(declarations=(EVALUATION,)))
    with duckdb.connect(old, read_only=True) as connection:
        assert connection.execute("SELECT form_kind FROM projects WHERE name = '自评项目'").fetchall() == [
            ("self_evaluation",)
        ]
        assert connection.execute("SELECT count(*) FROM sources WHERE field = 'actual'").fetchall() == [(1,)]


def test_what_was_declared_is_not_known_any_more_and_hides_nothing(tmp_path: Path) -> None:
    """Version 2 took its hash over less of the form."""
    path = tmp_path / "v2.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
        warehouse.store(outcome_of(b"b", "b.txt", media_type="text/plain", organization="宣传部"))
    with duckdb.connect(path) as connection:
        for view in reversed(VIEWS):
            connection.execute(f"DROP VIEW {view}")
        for table in TABLES:
            if table.since > 2:
                connection.execute(f"DROP TABLE {table.name}")
        connection.execute("ALTER TABLE projects DROP COLUMN superseded_by")
        connection.execute("UPDATE meta SET schema_version = 2; UPDATE projects SET content_hash = 'of version 2'")
    with Warehouse(path) as warehouse:
        warehouse.relate()
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM current_projects").fetchall() == [(2,)]
        assert connection.execute("SELECT schema_version FROM meta").fetchall() == [(SCHEMA_VERSION,)]


def test_a_migration_that_fails_leaves_the_old_version(old: Path) -> None:
    with duckdb.connect(old) as connection:
        connection.execute("DROP VIEW IF EXISTS revisions; CREATE TABLE revisions (mine INTEGER)")
    before = shape(old)
    with pytest.raises(WarehouseError, match="was not migrated to version"), Warehouse(old):
        pass
    assert shape(old) == before


def test_the_ledger_of_an_earlier_version_can_be_asked(old: Path) -> None:
    """As `sync --dry-run` does, which changes nothing."""
    with duckdb.connect(old) as connection:
        has_ledger = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'ledger'").fetchone()
        if has_ledger:
            connection.execute(
                "INSERT INTO ledger BY NAME SELECT 'file:///a.pdf' AS source_uri, 'ingest' AS origin, 'ok' AS state,"
                " 0 AS attempts, TIMESTAMP '2026-01-02' AS first_seen_at, TIMESTAMP '2026-01-02' AS last_seen_at"
            )
    assert [row.fingerprint for row in ledger_at(old).values()] == ([None] if has_ledger else [])
