"""The database as researchers open it: the same parse in SQL as in Python, exact, and nothing to break."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import perftable_etl
from perftable_etl import parse_target
from perftable_etl.errors import WarehouseError
from perftable_etl.load.functions import TARGET
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import outcome_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d'oh.duckdb"
    with Warehouse(path) as warehouse:
        warehouse.store(outcome_of())
    return path


@pytest.fixture
def connection(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with perftable_etl.connect(path) as opened:
        yield opened


def parsed(connection: duckdb.DuckDBPyConnection, text: str | None, year: int | None = None) -> Any:
    (row,) = connection.execute("SELECT parse_target_in(?, ?)", [text, year]).fetchall()
    return row[0]


def test_the_stored_values_read_the_same_in_sql(connection: duckdb.DuckDBPyConnection) -> None:
    differing = connection.sql(
        "SELECT target_raw FROM (SELECT *, parse_target(target_raw) AS t FROM indicators)"
        " WHERE (t.kind, t.operator, t.value, t.base_value, t.base_unit)"
        " IS DISTINCT FROM (kind, operator, value, base_value, base_unit)"
    ).fetchall()
    assert differing == []


@pytest.mark.parametrize(
    "text",
    [
        "12.5",
        "99.9999",
        "≤10 亿元",
        "10 亿",
        "≥0.0000000001%",
        "5～8场",
        "12月31日前",
        "较上年增长10%以上",
        "完成",
        "",
        "/",
    ],
)
def test_sql_and_python_agree(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    target = parse_target(text, year=2025)
    expected = {column.name: getattr(target, column.name) for column in TARGET.columns if column.name != "remarks"}
    assert parsed(connection, text, 2025) == expected | {"remarks": None}


def test_numbers_of_one_column_keep_all_their_digits(connection: duckdb.DuckDBPyConnection) -> None:
    texts = ["12", "12.5", "99.9999", "10 亿", "0.0000000001", "1234567890123456789012345678"]
    found = connection.execute("SELECT parse_target(text).base_value FROM unnest(?) AS t(text)", [texts]).fetchall()
    exact = [Decimal(text) for text in texts[:3]] + [Decimal(10**9)] + [Decimal(text) for text in texts[4:]]
    assert [value for (value,) in found] == exact


@pytest.mark.parametrize("text", ["0.00000000001", "12345678901234567890123456789", "0.0000000001‰"])
def test_a_number_that_does_not_fit_is_left_out_and_said(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    target = parsed(connection, text)
    assert None in (target["value"], target["base_value"])
    assert target["remarks"] == "does_not_fit"


def test_null_gives_null(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.sql("SELECT parse_target(NULL), parse_target_in(NULL, 2025)").fetchall() == [(None, None)]
    assert parsed(connection, "12月31日前", None)["deadline"] is None
    assert parsed(connection, "12月31日前", 2025)["deadline"] == date(2025, 12, 31)
    assert parsed(connection, "12月31日前", 10**9)["deadline"] is None


def test_nulls_between_values_stay_in_their_rows(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.sql(
        "SELECT i, parse_target(CASE WHEN i % 3 > 0 THEN i::VARCHAR || '%' END).value FROM range(5000) AS t(i)"
    ).fetchall()
    assert sorted(rows) == [(i, Decimal(i) if i % 3 else None) for i in range(5000)]


def test_doubts_are_told(connection: duckdb.DuckDBPyConnection) -> None:
    assert parsed(connection, "≥9O%")["remarks"] == "damaged"
    assert parsed(connection, "12馆")["remarks"] == "unknown_unit"


def test_the_file_cannot_be_changed(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM indicators")
    connection.execute("CREATE TEMP TABLE mine AS SELECT target_raw FROM indicators")
    assert connection.sql("SELECT count(*) FROM mine").fetchall() == [(2,)]


def test_it_can_be_changed_where_that_is_asked_for(path: Path) -> None:
    with perftable_etl.connect(str(path), read_only=False) as connection:
        connection.execute("CREATE TABLE mine AS SELECT parse_target('≥90%') AS target")
    with perftable_etl.connect(path) as connection:
        assert connection.sql("SELECT target.value FROM mine").fetchall() == [(90,)]


def test_several_connections_do_not_depend_on_one_another(path: Path) -> None:
    first, second = perftable_etl.connect(path), perftable_etl.connect(path)
    first.close()
    assert second.sql("SELECT parse_target('=3次').unit").fetchall() == [("次",)]
    assert second.cursor().sql("SELECT parse_target(target_raw).kind FROM perftable.indicators").fetchall()
    second.close()


def test_no_file_is_needed_for_the_functions() -> None:
    with perftable_etl.connect() as connection:
        assert connection.sql("SELECT parse_target('12.5').value").fetchall() == [(Decimal("12.5"),)]


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="does not exist"):
        perftable_etl.connect(tmp_path / "missing.duckdb", read_only=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_something_else_is_refused(path: Path) -> None:
    path.write_text("not a database" * 1000)
    with pytest.raises(WarehouseError, match="is not a DuckDB file"):
        perftable_etl.connect(path)


def test_a_file_that_is_being_loaded_is_refused(path: Path) -> None:
    with Warehouse(path), pytest.raises(WarehouseError, match="open for writing in this process"):
        perftable_etl.connect(path)


def test_the_package_alone_does_not_wait_for_the_database() -> None:
    script = "import sys, perftable_etl; print({'duckdb', 'pyarrow'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )


def test_a_connection_left_open_leaves_no_noise(path: Path) -> None:
    script = f"import perftable_etl as p; c = p.connect({str(path)!r}); c.execute('SELECT parse_target(1::VARCHAR)')"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("", "")
