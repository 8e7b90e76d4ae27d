"""Documents that a person takes out: what goes with them, what comes back, and who can bring them back."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from perftable_etl.ingest.files import FoundFiles, find_files
from perftable_etl.ingest.job import ingest, plan
from perftable_etl.ingest.loading import Summary
from perftable_etl.load.forgetting import Forgotten
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.tables import OF_DOCUMENTS
from perftable_etl.load.warehouse import Warehouse
from tests.outcomes import DECLARATION, fake_parse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two publications of one project: b.pdf comes later and replaces a.pdf."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_text(f"content of {name}", encoding="utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def parse_publications(files: Iterable[Path]) -> Generator[FileRows]:
    for file in files:
        form = DECLARATION.model_copy(update={"annual_goal": file.read_text("utf-8"), "name": "项目"})
        outcome = fake_parse(file).model_copy(update={"organization": "局", "fiscal_year": DECLARATION.fiscal_year})
        yield reading_of(outcome.model_copy(update={"declarations": (form,)}))


def run(db: Path, found: FoundFiles) -> Summary:
    with Warehouse(db) as warehouse:
        return ingest(plan(found, warehouse), warehouse, None, parse_publications, lambda _: None)


def forget(db: Path, name: str) -> Forgotten:
    ((document_id,),) = ask(db, f"SELECT document_id FROM documents WHERE file_name = '{name}'")
    with Warehouse(db) as warehouse:
        return warehouse.forget(document_id)


def ask(db: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(query).fetchall()


CURRENT = "SELECT file_name FROM current_projects JOIN documents USING (document_id) ORDER BY ALL"


def test_its_rows_go_and_what_it_hid_is_current_again(db: Path, folder: Path) -> None:
    run(db, find_files([folder]))
    (hidden,) = {"a.pdf", "b.pdf"} - {name for (name,) in ask(db, CURRENT)}
    (shown,) = {"a.pdf", "b.pdf"} - {hidden}
    forgotten = forget(db, shown)
    assert (forgotten.projects, forgotten.relations.shown_again) == (1, 1)
    assert ask(db, CURRENT) == [(hidden,)]
    for table in OF_DOCUMENTS:
        assert ask(db, f"SELECT count(*) FROM {table.name} WHERE document_id = '{forgotten.document_id}'") == [(0,)]


def test_only_who_names_its_file_brings_it_back(db: Path, folder: Path) -> None:
    run(db, find_files([folder]))
    forget(db, "a.pdf")
    for found in (find_files([folder]), find_files([folder])._replace(all_named=True)):
        summary = run(db, found)
        assert (summary.run.forgotten, ask(db, "SELECT count(*) FROM documents")) == (1, [(1,)])
    assert ask(db, "SELECT state FROM ledger WHERE source_uri LIKE '%a.pdf'") == [("forgotten",)]
    summary = run(db, find_files([folder / "a.pdf"]))
    assert (summary.run.new, summary.run.forgotten) == (1, 0)
    assert run(db, find_files([folder])).run.forgotten == 0


def test_its_bytes_are_left_alone_elsewhere_too(db: Path, folder: Path) -> None:
    run(db, find_files([folder]))
    forget(db, "a.pdf")
    shutil.copy(folder / "a.pdf", folder / "copy.pdf")
    summary = run(db, find_files([folder])._replace(all_named=True))
    assert (summary.run.forgotten, ask(db, "SELECT count(*) FROM documents")) == (2, [(1,)])
    assert ask(db, "SELECT state FROM ledger WHERE source_uri LIKE '%copy.pdf'") == [("forgotten",)]


def test_other_bytes_at_its_place_are_another_document(db: Path, folder: Path) -> None:
    run(db, find_files([folder]))
    forget(db, "a.pdf")
    (folder / "a.pdf").write_text("corrected content", encoding="utf-8")
    assert run(db, find_files([folder])).run.new == 1
