"""The README shows real output: every query and every line of Python in it is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from rich.cells import cell_len

from perftable_etl import parse, parse_target
from perftable_etl.formats import format_named
from perftable_etl.load.concerns import concerns
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.report.wording import few

ROOT = Path(__file__).parents[1]
FILES = [18]
READMES = ("README.md", "README.zh-CN.md")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all samples."""
    path = tmp_path_factory.mktemp("readme") / "samples.duckdb"
    with Warehouse(path) as warehouse:
        for file in sorted((ROOT / "samples").iterdir()):
            if format_named(file.name):
                warehouse.store(parse(file))
        warehouse.relate()
    return path


@pytest.fixture(scope="module")
def samples(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same, opened."""
    with duckdb.connect(str(database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def demo(database: Path) -> str:
    """What the demo prints on a terminal of 80 columns."""
    command = [sys.executable, str(ROOT / "scripts" / "demo.py"), str(database)]
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment).stdout


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
    rows = [
        [concern.code, concern.severity, str(concern.findings), str(len(concern.files)), *few(concern.files).split()]
        for concern in concerns(samples)
    ]
    assert shown[2 : shown.index(["```"])] == rows


@pytest.mark.parametrize("name", READMES)
def test_the_sums_are_as_shown(name: str, samples: duckdb.DuckDBPyConnection) -> None:
    paragraph = (ROOT / name).read_text("utf-8").partition("\n`make demo` ")[2].partition("```")[0]
    shown = [int(number) for number in re.findall(r"\d+", re.sub("202[45]", "", paragraph.partition("[samples")[0]))]
    published, invented = sums(samples, "cac-%.writer.pdf"), sums(samples, "district-%.writer.pdf")
    once = [sum(both) for both in zip(published, invented, strict=True)]
    assert shown == [*published, *invented, *FILES, *sums(samples, "%"), *once]


def sums(samples: duckdb.DuckDBPyConnection, files: str) -> list[int]:
    """How many projects and indicators the files of these names hold."""
    within = f"document_id IN (SELECT document_id FROM documents WHERE file_name LIKE '{files}')"
    queries = (f"SELECT count(*) FROM {table} WHERE {within}" for table in ("projects", "indicators"))
    return [samples.sql(query).fetchall()[0][0] for query in queries]


def test_the_demo_counts_as_the_readme_does(demo: str, samples: duckdb.DuckDBPyConnection) -> None:
    once = [sum(both) for both in zip(sums(samples, "cac-%.txt"), sums(samples, "district-%.writer.pdf"), strict=True)]
    shown = [int(number) for number in re.findall(r"\d+", demo.strip().partition("\n\n")[0])]
    assert shown == [*FILES, *sums(samples, "%"), *once]


def test_the_demo_fits_a_terminal_and_ends_with_what_to_type(demo: str) -> None:
    assert [line for line in demo.splitlines() if cell_len(line) > 80] == []
    calls = re.findall(r"^  \.venv/bin/perftable-etl (\w+) ", demo.partition("and type\n")[2], re.MULTILINE)
    assert {"inspect", "review", "ingest", "status"} == {*calls}


def test_the_demo_gives_a_reason_for_each_file_to_be_reviewed(demo: str, samples: duckdb.DuckDBPyConnection) -> None:
    """What is yellow in the summary above it."""
    for (code,) in samples.sql("SELECT DISTINCT code FROM findings WHERE severity <> 'info'").fetchall():
        assert code in demo


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
