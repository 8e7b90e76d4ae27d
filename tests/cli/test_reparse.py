"""`reparse`: documents of a database are read again, from the archive or from their place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.cli.options import Parser
from tests.outcomes import fake_parse, outcome_of


def invoke(*arguments: str | Path, parser: Parser = fake_parse) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), obj=parser)


def otherwise(path: Path, *, layouts: object = None, on_page: object = None, max_bytes: object = None) -> Any:
    """A parser that has learned something: the title."""
    return outcome_of(path.read_bytes(), path.name, title="读得更好")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three documents that were read into a database: two under review, and one that failed.

    The last two are in the archive too.
    """
    place = tmp_path_factory.mktemp("reparse")
    folder = place / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF a")
    assert invoke("ingest", folder, "--db", place / "work.duckdb").exit_code == 0
    (folder / "b.pdf").write_bytes(b"%PDF b")
    (folder / "c.pdf").write_bytes(b"bad c")
    invoke("ingest", folder, "--db", place / "work.duckdb", "--archive", place / "archive")
    return place


@pytest.fixture
def db(begun: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the database. The files, whose places it names, are as before after each test."""
    shutil.copytree(begun / "files", tmp_path / "kept")
    yield Path(shutil.copy(begun / "work.duckdb", tmp_path))
    shutil.rmtree(begun / "files", ignore_errors=True)
    shutil.copytree(tmp_path / "kept", begun / "files")


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(db, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def titles(db: Path) -> dict[str, str | None]:
    return dict(query(db, "SELECT file_name, title FROM documents"))


def test_all_documents_are_read_again_though_the_ledger_would_leave_them_alone(db: Path) -> None:
    ledger = query(db, "SELECT source_uri, origin, state FROM ledger ORDER BY ALL")
    result = invoke("reparse", "--db", db, "--json", parser=otherwise)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["run"]["documents"] == 3
    assert set(titles(db).values()) == {"读得更好"}
    assert [row[:2] for row in query(db, "SELECT source_uri, origin, state FROM ledger ORDER BY ALL")] == [
        row[:2] for row in ledger
    ]


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (["--status", "failed"], {"c.pdf"}),
        (["--status", "review"], {"a.pdf", "b.pdf"}),
        (["--code", "damaged_file"], {"c.pdf"}),
        (["--code", "unit_contradicts_name"], {"a.pdf", "b.pdf"}),
        (["a.pdf"], {"a.pdf"}),
        (["a.pdf", "c.pdf"], {"a.pdf", "c.pdf"}),
        (["--status", "review", "b.pdf"], {"b.pdf"}),
        (["--status", "no_forms"], set()),
    ],
)
def test_documents_are_chosen_by_status_code_or_name(chosen: list[str], names: set[str], db: Path) -> None:
    assert invoke("reparse", *chosen, "--db", db, parser=otherwise).exit_code == 0
    assert {name for name, title in titles(db).items() if title == "读得更好"} == names


def test_a_document_is_chosen_by_its_id_too(db: Path) -> None:
    ((document_id,),) = query(db, "SELECT document_id FROM documents WHERE file_name = 'b.pdf'")
    assert invoke("reparse", document_id[:8], "--db", db, parser=otherwise).exit_code == 0
    assert titles(db)["b.pdf"] == "读得更好"


def test_a_file_that_is_gone_is_read_from_the_archive(db: Path, begun: Path) -> None:
    shutil.rmtree(begun / "files")
    result = invoke("reparse", "b.pdf", "--db", db, "--archive", begun / "archive", parser=otherwise)
    assert result.exit_code == 0, result.output
    assert titles(db)["b.pdf"] == "读得更好"


def test_a_document_that_cannot_be_found_is_named_and_costs_only_itself(db: Path, begun: Path) -> None:
    (begun / "files" / "a.pdf").unlink()
    result = invoke("reparse", "--db", db, parser=otherwise)
    assert result.exit_code == 1
    assert "a.pdf: it was not read again, because its bytes are neither in an archive nor" in result.stderr
    assert {name for name, title in titles(db).items() if title == "读得更好"} == {"b.pdf", "c.pdf"}


def test_what_now_lies_at_its_place_is_not_taken_for_it(db: Path, begun: Path) -> None:
    """The ledger goes on telling of what is there."""
    (begun / "files" / "b.pdf").write_bytes(b"%PDF another b")
    assert invoke("ingest", begun / "files", "--db", db).exit_code == 0
    before = query(db, "SELECT * FROM ledger WHERE source_uri LIKE '%b.pdf'")
    ((old,),) = query(
        db, "SELECT document_id FROM documents WHERE file_name = 'b.pdf' AND document_id NOT IN"
        " (SELECT document_id FROM ledger WHERE document_id IS NOT NULL)"
    )  # fmt: skip
    assert invoke("reparse", old[:10], "--db", db, parser=otherwise).exit_code == 1
    archived = invoke("reparse", old[:10], "--db", db, "--archive", begun / "archive", parser=otherwise)
    assert archived.exit_code == 0, archived.output
    assert query(db, f"SELECT title FROM documents WHERE document_id = '{old}'") == [("读得更好",)]
    assert query(db, "SELECT * FROM ledger WHERE source_uri LIKE '%b.pdf'") == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["d.pdf"], "d.pdf is none of the documents"),
        (["--code", "level2_unkown"], "level2_unknown"),
        (["--status", "fine"], "no_forms"),
    ],
)
def test_what_means_no_document_is_wrong_usage(wrong: list[str], said: str, db: Path) -> None:
    result = invoke("reparse", *wrong, "--db", db)
    assert getattr(result.exception, "exit_code", result.exit_code) == 2
    assert said in result.output + str(result.exception)


def test_a_name_that_several_documents_have_is_not_enough(db: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.pdf").write_bytes(b"%PDF other a")
    assert invoke("ingest", tmp_path / "more", "--db", db).exit_code == 0
    result = invoke("reparse", "a.pdf", "--db", db)
    assert "a.pdf matches several documents" in str(result.exception)
