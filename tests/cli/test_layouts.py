"""`--layouts DIR`: forms of a family that the package does not know, from the command line into the database."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from tests.drawing.mupdf import Pen, draw_forms
from tests.drawing.province import Province, province_form
from tests.drawing.sources import source

FAMILIES = Path(__file__).parents[1] / "families"


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    drawn = source("cac-2025")
    forms = [province_form(project, drawn.fiscal_year, Province()) for project in drawn.projects[:1]]
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "province.pdf").write_bytes(draw_forms(drawn.title, forms, Pen()))
    return folder


def counts(db: Path) -> tuple[int, int]:
    """Projects, and runs of the reader that the document's row tells of."""
    with duckdb.connect(db, read_only=True) as connection:
        projects = connection.execute("SELECT count(*) FROM projects WHERE layout = 'invented-province'").fetchone()
        readers = connection.execute("SELECT count(DISTINCT fingerprint) FROM documents").fetchone()
    assert projects
    assert readers
    return projects[0], readers[0]


def test_what_was_read_without_them_is_read_again(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "work.duckdb"
    assert invoke("ingest", folder, "--db", db).exit_code == 0
    assert counts(db) == (0, 1)
    added = invoke("ingest", folder, "--db", db, "--layouts", FAMILIES, "--json")
    assert added.exit_code == 0, added.output
    assert counts(db) == (1, 1)
    again = invoke("ingest", folder, "--db", db, "--layouts", FAMILIES)
    assert "1 read before." in again.output


def test_the_config_may_name_them(folder: Path, tmp_path: Path) -> None:
    """For sync and for ingest; a call that names a folder comes first."""
    config, db = tmp_path / "sources.toml", tmp_path / "work.duckdb"
    lines = ['db = "work.duckdb"', "[[source]]", 'kind = "local"', 'name = "inbox"', 'folders = ["files"]']
    config.write_text("\n".join(lines), "utf-8")
    assert invoke("sync", "--config", config).exit_code == 0
    assert counts(db) == (0, 1)
    config.write_text("\n".join([f'layouts = "{FAMILIES.as_posix()}"', *lines]), "utf-8")
    planned = json.loads(invoke("sync", "--config", config, "--dry-run", "--json").stdout)
    assert [offer["errand"] for offer in planned["files"]] == ["read"]
    assert invoke("sync", "--config", config).exit_code == 0
    assert counts(db) == (1, 1)
    assert "1 read before." in invoke("ingest", folder, "--config", config).output
    other = tmp_path / "none"
    other.mkdir()
    refused = invoke("sync", "--config", config, "--layouts", other)
    assert "no layouts there" in str(refused.exception)


def test_inspect_takes_them_too(folder: Path) -> None:
    file = folder / "province.pdf"
    without, told = (
        json.loads(invoke("inspect", file, "--json", *extra).stdout) for extra in ((), ("--layouts", FAMILIES))
    )
    assert (without["declarations"], [form["layout"] for form in told["declarations"]]) == ([], ["invented-province"])
    assert without["fingerprint"] != told["fingerprint"]


def test_a_wrong_file_ends_the_command_with_2(folder: Path, tmp_path: Path) -> None:
    families = tmp_path / "families"
    families.mkdir()
    (families / "mine.toml").write_text('[fields]\nnom = ["x"]\n', "utf-8")
    result = invoke("inspect", folder / "province.pdf", "--layouts", families)
    assert "mine.toml" in str(result.exception)
    assert getattr(result.exception, "exit_code", None) == 2
