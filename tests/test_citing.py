"""docs/citing.md has queries that work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from perftable_etl.load.ddl import ddl

PAGE = Path(__file__).parents[1] / "docs" / "citing.md"
BLOCKS = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
QUERIES = [query.strip() for block in BLOCKS for query in block.split(";") if query.strip()]


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(ddl())
        yield connection


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_works(query: str, empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(query)
