"""What Python gives of a database: relations and data frames, exact, and not slow to import."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import perftable_etl
from perftable_etl import connect, indicators, projects, read_indicators, read_projects
from perftable_etl.errors import WarehouseError
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import failed_outcome, outcome_of

MOST = Decimal("9999999999999999.99")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("db") / "a.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of(b"a"))
        warehouse.relate()
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE projects SET annual_funds = ?, fiscal_year = 2025, name = '一'", [MOST])
    return path


def test_indicators_and_projects_are_relations(db: Path) -> None:
    with connect(db) as connection:
        rows = indicators(connection)
        assert rows.columns[:2] == ["indicator_id", "project_id"]
        assert rows.aggregate("count(*)").fetchall() == [(2,)]
        assert projects(connection).select("annual_funds").fetchall() == [(MOST,)]


@pytest.mark.parametrize(("year", "number"), [(2025, 2), (2024, 0), (None, 2)])
def test_a_year_can_be_asked_for(year: int | None, number: int, db: Path) -> None:
    with connect(db) as connection:
        assert len(indicators(connection, year=year)) == number
    assert len(read_indicators(db, year=year)) == number


def test_a_unit_can_be_asked_for(db: Path) -> None:
    (unit,) = set(read_projects(db)["unit"])
    with connect(db) as connection:
        assert len(projects(connection, unit=unit)) == 1
        assert len(projects(connection, unit=f"{unit}' OR TRUE --")) == 0


def test_a_connection_of_ones_own_will_do(db: Path) -> None:
    with duckdb.connect(db, read_only=True) as connection:
        assert len(indicators(connection, year=2025)) == 2


def test_a_database_without_the_views_is_told() -> None:
    with duckdb.connect() as connection, pytest.raises(WarehouseError, match="flat_indicators cannot be read"):
        indicators(connection)


def test_data_frames_keep_decimals_where_those_of_duckdb_round(db: Path) -> None:
    frame = read_projects(db)
    assert isinstance(frame["annual_funds"].dtype, pd.ArrowDtype)
    assert frame["annual_funds"].to_list() == [MOST]
    assert frame["annual_funds"].sum() == MOST
    assert str(frame["start_date"].dtype) == "date32[day][pyarrow]"
    with connect(db) as connection:
        assert projects(connection).df()["annual_funds"].to_list() == [1e16]


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="does not exist"):
        read_indicators(tmp_path / "no.duckdb")


def test_an_outcome_is_short_at_a_prompt() -> None:
    assert (
        repr(outcome_of()) == "<Outcome of 2025.pdf: review, projects: 1, indicators: 2, findings: 3, coverage 1.0000>"
    )
    assert (
        repr(failed_outcome()) == f"<Outcome of {failed_outcome().file_name}: failed ({failed_outcome().error_code})>"
    )


def test_the_package_imports_nothing_of_weight() -> None:
    heavy = ("pandas", "duckdb", "pyarrow", "pydantic", "pymupdf")
    script = f"import sys, perftable_etl; dir(perftable_etl); print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True).stdout
    assert said.strip() == "[]"
    assert {"indicators", "projects", "read_indicators", "read_projects"} <= {*perftable_etl.__all__}
