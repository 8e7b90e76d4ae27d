"""docs/cookbook.md shows real output: every query in it is run on a project's declaration and self-evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from perftable_etl import parse
from perftable_etl.load.warehouse import Warehouse
from tests.drawing.kinds.year_of_a_project import declaration, self_evaluation
from tests.drawing.mupdf import Pen, draw_forms

COOKBOOK = Path(__file__).parents[1] / "docs" / "cookbook.md"
QUERIES: list[tuple[str, str]] = re.findall(
    r"```sql\n(.*?)```\s+```\n(.*?)\n```", COOKBOOK.read_text("utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with both forms of one project, opened."""
    folder = tmp_path_factory.mktemp("cookbook")
    with Warehouse(folder / "forms.duckdb") as warehouse:
        for form in (declaration(), self_evaluation()):
            path = folder / f"{form.heading[0]}.pdf"
            path.write_bytes(draw_forms("", [form], Pen()))
            warehouse.store(parse(path))
        warehouse.relate()
    with duckdb.connect(str(folder / "forms.duckdb"), read_only=True) as connection:
        yield connection


def test_every_query_has_its_output() -> None:
    assert len(QUERIES) == COOKBOOK.read_text("utf-8").count("```sql") == 2


@pytest.mark.parametrize(("query", "shown"), QUERIES)
def test_queries_give_the_output_that_is_shown(query: str, shown: str, database: duckdb.DuckDBPyConnection) -> None:
    assert str(database.sql(query.strip().rstrip(";"))).strip() == shown
