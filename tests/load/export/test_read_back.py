"""What was exported reads back equal, in every tool and every DuckDB."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest

from perftable_etl import connect
from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import Encoding, ExportFormat
from tests.load.export.awkward import awkward_database
from tests.old_duckdb import OLD, answers

TABLES = ("documents", "projects", "indicators", "findings")
NEWEST = "newest"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awkward_database(tmp_path_factory.mktemp("awkward") / "a.duckdb")


@pytest.fixture(scope="module")
def exported(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes an export once in each form."""
    made: dict[tuple[ExportFormat, Encoding], Path] = {}

    def make(form: ExportFormat, encoding: Encoding = Encoding.WITH_MARK) -> Path:
        if (form, encoding) not in made:
            to = tmp_path_factory.mktemp("export") / form.value
            export(db, Order(to, form, TABLES, encoding), lambda _name, _rows: None)
            made[form, encoding] = to
        return made[form, encoding]

    return make


def rows_of(db: Path, table: str) -> list[tuple[Any, ...]]:
    with connect(db) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def columns_of(db: Path, table: str) -> dict[str, str]:
    with connect(db) as connection:
        return {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}


def plain(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows in an order of their own, as `answers` has them: decimals and times as texts."""
    texts: list[list[Any]] = json.loads(json.dumps([list(row) for row in rows], default=str))
    return sorted(texts, key=str)


def ask(version: str, query: str) -> list[list[Any]]:
    if version != NEWEST:
        return plain(answers(version, None, [query])[0])
    with connect() as connection:
        return plain(connection.execute(query).fetchall())


@pytest.mark.parametrize("version", [*OLD, NEWEST])
@pytest.mark.parametrize("encoding", Encoding)
def test_csv_in_duckdb(version: str, encoding: Encoding, db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        path = exported(ExportFormat.CSV, encoding) / f"{table}.csv"
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns_of(db, table).items())
        query = (
            f"FROM read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
            f" nullstr = '', allow_quoted_nulls = false, columns = {{{types}}})"
        )
        assert ask(version, query) == plain(rows_of(db, table)), table


@pytest.mark.parametrize("version", [*OLD, NEWEST])
def test_jsonl_in_duckdb(version: str, db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns_of(db, table).items())
        path = exported(ExportFormat.JSONL) / f"{table}.jsonl"
        query = f"FROM read_json('{path}', format = 'newline_delimited', columns = {{{types}}})"
        assert ask(version, query) == plain(rows_of(db, table)), table


@pytest.mark.parametrize("version", [*OLD, NEWEST])
def test_parquet_in_duckdb(version: str, db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        query = f"FROM read_parquet('{exported(ExportFormat.PARQUET) / table}/*.parquet')"
        assert ask(version, query) == plain(rows_of(db, table)), table


def test_parquet_has_a_file_a_year(exported: Callable[..., Path]) -> None:
    folder = exported(ExportFormat.PARQUET)
    years = ["2024.parquet", "2025.parquet", "no_year.parquet"]
    assert sorted(path.name for path in (folder / "projects").iterdir()) == years
    of_document = ["2024.parquet", "2025.parquet"]
    assert sorted(path.name for path in (folder / "indicators").iterdir()) == of_document
    assert set(pl.read_parquet(folder / "projects" / "2024.parquet")["fiscal_year"]) == {2024}


def test_parquet_in_pandas(db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        frame = pd.read_parquet(exported(ExportFormat.PARQUET) / table, dtype_backend="pyarrow")
        assert plain(values_of(frame)) == plain(rows_of(db, table)), table


def test_parquet_in_polars(db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        frame = pl.read_parquet(exported(ExportFormat.PARQUET) / table / "*.parquet")
        assert plain(frame.rows()) == plain(rows_of(db, table)), table


def values_of(frame: pd.DataFrame) -> list[list[Any]]:
    """The values of a frame with Arrow types as Python has them."""
    return [[None if value is pd.NA else plain_time(value) for value in row] for row in frame.itertuples(index=False)]


def plain_time(value: Any) -> Any:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def test_csv_in_polars(db: Path, exported: Callable[..., Path]) -> None:
    for table in TABLES:
        frame = pl.read_csv(exported(ExportFormat.CSV) / f"{table}.csv", infer_schema=False)
        assert plain(frame.rows()) == plain(as_texts(db, table)), table


def test_csv_in_pandas(db: Path, exported: Callable[..., Path]) -> None:
    """Alone, pandas cannot tell nothing from an empty text; with Arrow's reader it can."""
    for table in TABLES:
        path = exported(ExportFormat.CSV) / f"{table}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert plain(values_of(frame)) == plain([[value or "" for value in row] for row in as_texts(db, table)]), table
        options = pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(frame.columns, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        )
        parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
        arrow = pyarrow.csv.read_csv(path, convert_options=options, parse_options=parsing).to_pylist()
        assert plain([list(row.values()) for row in arrow]) == plain(as_texts(db, table)), table


def as_texts(db: Path, table: str) -> list[tuple[str | None, ...]]:
    """The values as texts, as they are written in delimited text."""
    shown = [
        f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%f')" if kind == "TIMESTAMP" else f"CAST({name} AS VARCHAR)"
        for name, kind in ((f'"{name}"', kind) for name, kind in columns_of(db, table).items())
    ]
    with connect(db) as connection:
        return connection.execute(f"SELECT {', '.join(shown)} FROM {table}").fetchall()


def test_jsonl_in_python_and_polars(db: Path, exported: Callable[..., Path]) -> None:
    """Decimals are strings, since most readers make a number of JSON a float."""
    for table in TABLES:
        lines = (exported(ExportFormat.JSONL) / f"{table}.jsonl").read_text("utf-8").split("\n")
        kinds = columns_of(db, table)
        rows = [_typed(json.loads(line), kinds) for line in lines if line]
        truth = [dict(zip(kinds, map(_jsonable, row), strict=True)) for row in rows_of(db, table)]
        assert sorted(rows, key=str) == sorted((_typed(row, kinds) for row in truth), key=str), table
    names = pl.read_ndjson(exported(ExportFormat.JSONL) / "projects.jsonl", infer_schema_length=None)["name"]
    with connect(db) as connection:
        truths = connection.execute("SELECT name FROM projects").fetchall()
    assert sorted(names, key=str) == sorted((name for (name,) in truths), key=str)


def _jsonable(value: Any) -> Any:
    if hasattr(value, "hour"):
        return f"{value:%Y-%m-%dT%H:%M:%S.%f}"
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _typed(row: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    def typed(name: str, value: Any) -> Any:
        if value is not None and kinds[name].startswith("DECIMAL"):
            assert isinstance(value, str)
            return Decimal(value)
        return json.loads(value) if kinds[name] == "JSON" and isinstance(value, str) else value

    return {name: typed(name, value) for name, value in row.items()}


@pytest.mark.parametrize(("encoding", "start"), [(Encoding.WITH_MARK, b"\xef\xbb\xbfd"), (Encoding.PLAIN, b"docu")])
def test_csv_has_the_mark_by_which_excel_knows_utf_8_or_not(
    encoding: Encoding, start: bytes, exported: Callable[..., Path]
) -> None:
    path = exported(ExportFormat.CSV, encoding) / "documents.csv"
    assert path.read_bytes().startswith(start)
    with path.open(encoding=encoding.value, newline="") as file:
        assert next(csv.reader(file))[0] == "document_id"
