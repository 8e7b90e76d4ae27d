"""The README shows real output: every query and every line of Python in it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from perftable_etl import parse, parse_target
from perftable_etl.load.concerns import concerns
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.report.wording import few

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with all samples."""
    path = tmp_path_factory.mktemp("readme") / "samples.duckdb"
    with Warehouse(path) as warehouse:
        for file in sorted((ROOT / "samples").iterdir()):
            if file.suffix in {".pdf", ".txt"}:
                warehouse.store(parse(file))
        warehouse.relate()
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def queries(name: str) -> list[tuple[str, str]]:
    """The queries of a README, each with the output shown for it."""
    return re.findall(r"```sql\n(.*?)```\s+```\n(.*?)\n```", (ROOT / name).read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_queries_give_the_output_that_is_shown(name: str, samples: duckdb.DuckDBPyConnection) -> None:
    assert len(queries(name)) == 3
    for query, shown in queries(name):
        assert str(samples.sql(query.strip().rstrip(";"))).strip() == shown


@pytest.mark.parametrize("name", READMES)
def test_what_needs_a_person_is_as_shown(name: str, samples: duckdb.DuckDBPyConnection) -> None:
    shown = [line.split() for line in (ROOT / name).read_text("utf-8").partition("Needs a person\n")[2].splitlines()]
    documents = [row[0] for row in samples.sql("SELECT document_id FROM documents").fetchall()]
    rows = [
        [concern.code, concern.severity, str(concern.findings), str(len(concern.files)), *few(concern.files).split()]
        for concern in concerns(samples, documents)
    ]
    assert shown[2 : shown.index(["```"])] == rows


def test_python_gives_the_values_that_are_shown() -> None:
    outcome = parse(ROOT / "samples" / "cac-2025.txt")
    assert outcome.declarations[0].funding.annual_funds == Decimal("2810000.00")
    price = parse_target("≤1.10(万元/次)")
    assert (price.base_value, price.base_unit) == (Decimal("11000.00"), "元/次")
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        assert "Decimal('2810000.00')" in text
        assert "Decimal('11000.00')" in text


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_both_readmes_have_the_same_parts() -> None:
    one, other = ((ROOT / name).read_text("utf-8") for name in READMES)
    assert one.count("\n## ") == other.count("\n## ")
    assert [query for query, _ in queries("README.md")] == [query for query, _ in queries("README.zh-CN.md")]
    assert one.count("\n|") == other.count("\n|")
