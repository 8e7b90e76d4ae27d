"""`layout draft` and `layout test` from the command line; docs/layouts.md shows how they go together."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.normalize.layouts.layout import Family
from tests.drawing.redraw import SAMPLES

FAMILIES = Path(__file__).parents[1] / "families"
SAMPLE = SAMPLES / "district-2026.writer.pdf"


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["layout", *map(str, arguments)])


def test_a_form_whose_words_are_known_needs_no_layout() -> None:
    draft = invoke("draft", SAMPLE).stdout
    assert "# Every word of this form is known. It is read without a layout." in draft
    assert "# known: 项目名称 = name" in draft
    assert "# known: 年度资金申请总额 = money.year.all" in draft
    assert "???" not in draft.partition("\n")[2].partition("\n")[2]


def test_a_file_without_a_table_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("关于报送材料的通知\n各单位：\n", "utf-8")
    result = invoke("draft", path)
    assert getattr(result.exception, "exit_code", None) == 2
    assert "letter.txt: it has no table" in str(result.exception)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    assert "empty.pdf: it is empty" in str(invoke("draft", path).exception)


def test_a_layout_that_claims_nothing_of_a_file_has_failed_its_test() -> None:
    result = invoke("test", FAMILIES / "province.toml", SAMPLE, "--json")
    assert result.exit_code == 1
    (outcome,) = json.loads(result.stdout)
    assert {form["layout"] for form in outcome["declarations"]} == {"shanghai-district-2026"}


def test_a_folder_of_layouts_can_be_tested_too() -> None:
    result = invoke("test", FAMILIES, SAMPLE)
    assert result.exit_code == 1
    assert "By this layout" in result.stdout


def test_a_wrong_layout_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[fields]\nnom = ["x"]\n', "utf-8")
    assert str(invoke("test", path, SAMPLE).exception).startswith("mine.toml: fields.nom")


@pytest.mark.parametrize("path", sorted(FAMILIES.glob("*.toml")), ids=lambda path: path.name)
def test_families_of_the_tests_are_layouts(path: Path) -> None:
    Family.model_validate(tomllib.loads(path.read_text("utf-8")))
