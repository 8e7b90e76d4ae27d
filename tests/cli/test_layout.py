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


def test_a_draft_has_the_words_of_all_forms_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "two.html"
    heads, row = "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值", "<tr><td>产出指标<td>数量指标<td>巡查<td>≥1次"
    name = "<p>2025年项目支出绩效目标表</p><table><tr><td>项目名称<td>河道养护<td>{}<td>甲"
    tables = [f"{name.format(label)}{heads}{row}</table>" for label in ("协办人等", "凭据名录")]
    path.write_text(f"<html><body>{''.join(tables)}</body></html>", "utf-8")
    draft = invoke("draft", path).stdout
    assert "drafted from the words of 2 forms" in draft.partition("\n")[0]
    assert '# ??? = ["协办人等"]  # 甲' in draft
    assert '# ??? = ["凭据名录"]  # 甲' in draft


def test_the_heads_of_a_table_that_is_not_found_stand_above_the_first_sign(tmp_path: Path) -> None:
    path = tmp_path / "unknown.html"
    rows = (("事业", "河道养护", "经手", "张三"), ("大类", "中类", "考察点", "水准"), ("甲", "乙", "巡查次数", "≥12次"))
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    path.write_text(f"<html><body><table>{cells}</table></body></html>", "utf-8")
    lines = invoke("draft", path).stdout.splitlines()
    assert "drafted from the largest table" in lines[0]
    columns = lines[next(index for index, line in enumerate(lines) if line.startswith("[columns]")) :]
    assert '# ??? = ["水准"]  # ≥12次' in columns
    assert not any("事业" in line for line in columns[: columns.index("")])


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
