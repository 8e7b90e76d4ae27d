"""The views: how their files are written, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from perftable_etl.load.ddl import VIEWS, ddl, view
from perftable_etl.load.view_files import read_view


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Our tables and views with nothing in them."""
    with duckdb.connect() as connection:
        connection.execute(ddl())
        yield connection


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_says_what_its_rows_and_columns_are(name: str, empty: duckdb.DuckDBPyConnection) -> None:
    ((said,),) = empty.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [name]).fetchall()
    columns = empty.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    ).fetchall()
    assert said.startswith("One row per ")
    assert [column for column, comment in columns if not comment] == []
    assert [column for column, _ in columns] == list(view(name).columns), "in the order of the columns"


def test_a_column_of_a_table_lends_its_comment() -> None:
    assert read_view("current_projects", {}).columns["name"] == "Project name (项目名称)"
