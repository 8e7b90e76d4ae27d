"""NUL, which some readers take for an end, comes through wherever a file can hold it."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import ExportFormat
from perftable_etl.load.warehouse import Warehouse
from tests.load.export.test_read_back import NEWEST, ask
from tests.old_duckdb import OLD
from tests.outcomes import outcome_of

TITLE = "a\x00b,\n\x00"


def exported(folder: Path, form: ExportFormat) -> Path:
    db = folder / "a.duckdb"
    with Warehouse(db) as warehouse:
        warehouse.store(outcome_of(b"a"))
    with duckdb.connect(db) as connection:
        connection.execute("UPDATE documents SET title = ?", [TITLE])
    return export(db, Order(folder / "out", form, ("documents",)), lambda _name, _rows: None).to


@pytest.mark.parametrize("version", [*OLD, NEWEST])
def test_nul_in_every_duckdb(version: str, tmp_path: Path) -> None:
    for form, reader in (
        (ExportFormat.PARQUET, "read_parquet('{}/documents/*.parquet')"),
        (ExportFormat.JSONL, "read_json('{}/documents.jsonl', columns = {{title: 'VARCHAR'}})"),
        (ExportFormat.CSV, "read_csv('{}/documents.csv', header = true, all_varchar = true)"),
    ):
        folder = tmp_path / form
        folder.mkdir()
        query = f"SELECT title FROM {reader.format(exported(folder, form))}"
        assert ask(version, query) == [[TITLE]], form


def test_nul_in_python(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    path = exported(tmp_path / "csv", ExportFormat.CSV) / "documents.csv"
    assert pd.read_csv(path)["title"].to_list() == [TITLE]
    assert pl.read_csv(path)["title"].to_list() == [TITLE]
    (tmp_path / "jsonl").mkdir()
    (line,) = (exported(tmp_path / "jsonl", ExportFormat.JSONL) / "documents.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["title"] == TITLE
