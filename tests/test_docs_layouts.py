"""docs/layouts.md: a made-up province, step by step, as the page says."""

from __future__ import annotations

import re
import shlex
import tomllib
from contextlib import chdir
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from perftable_etl.cli import app
from tests.drawing.mupdf import Pen, draw_forms
from tests.drawing.province import Province, province_form
from tests.drawing.sources import source

PAGE = (Path(__file__).parents[1] / "docs" / "layouts.md").read_text("utf-8")
CALLS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
DRAFT, LAYOUT = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
(TRIAL,) = re.findall(r"```\n(File .*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the province's form and the layout of the page."""
    folder = tmp_path_factory.mktemp("layouts")
    drawn = source("cac-2025")
    forms = [province_form(project, drawn.fiscal_year, Province()) for project in drawn.projects[:1]]
    (folder / "province.pdf").write_bytes(draw_forms(drawn.title, forms, Pen()))
    (folder / "layouts").mkdir()
    (folder / "layouts" / "province.toml").write_text(LAYOUT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def outputs(folder: Path) -> dict[str, str]:
    """What each call of the page prints, by its command."""
    printed = {}
    with chdir(folder):
        for call in CALLS:
            _, *words = shlex.split(call)
            result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
            assert result.exit_code == 0, (call, result.output)
            printed[" ".join(word for word in words[:2] if word.isalpha())] = result.stdout
    return printed


def test_without_a_layout_the_page_says_what_is_missing(outputs: dict[str, str]) -> None:
    told = {code for code in re.findall(r"`(\w+)`", PAGE.partition("## 2")[0]) if code in outputs["inspect"]}
    assert told == {"layout_unclaimed"}


def test_the_draft_has_the_gaps_that_are_shown(outputs: dict[str, str]) -> None:
    draft = outputs["layout draft"].splitlines()
    assert [line for line in DRAFT.splitlines() if line not in draft] == []
    assert "# known: 三级指标 = level3" in draft


def test_the_draft_is_a_layout_that_can_be_read(outputs: dict[str, str], folder: Path) -> None:
    """Also before anything is filled in."""
    path = folder / "draft.toml"
    path.write_text(outputs["layout draft"], "utf-8")
    result = CliRunner().invoke(app, ["layout", "test", str(path), str(folder / "province.pdf")])
    assert result.exit_code == 0, result.output
    assert "layout new-form" in result.stdout


def test_the_layout_fills_the_gaps_of_the_draft_in_less_than_30_lines(outputs: dict[str, str]) -> None:
    spellings = re.findall(r'^# \?\?\? = \["(.*?)"\]', outputs["layout draft"], re.MULTILINE)
    layout = tomllib.loads(LAYOUT)
    groups = (layout["fields"], layout["goals"], layout["money"]["year"], layout["columns"])
    assert {spelling for group in groups for words in group.values() for spelling in words} == set(spellings)
    assert len([line for line in LAYOUT.splitlines() if line]) < 30


def test_the_trial_ends_as_it_is_shown(outputs: dict[str, str]) -> None:
    shown = [line.split() for line in TRIAL.splitlines()]
    assert [line.split() for line in outputs["layout test"].splitlines() if line.split() in shown] == shown


def test_everything_is_in_the_database(outputs: dict[str, str], folder: Path) -> None:
    assert "1 new" in outputs["ingest"]
    with duckdb.connect(folder / "work.duckdb", read_only=True) as connection:
        projects = connection.execute("SELECT layout, name, annual_funds::BIGINT FROM projects").fetchall()
        weights = connection.execute("SELECT count(*), count(weight) FROM indicators").fetchall()
        assert connection.execute("SELECT count(*) FROM other_fields").fetchall() == [(0,)]
    assert (projects, weights) == ([("province", "网络宣传工作", 2_810_000)], [(25, 25)])
