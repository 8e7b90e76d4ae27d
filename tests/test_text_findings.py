"""What a text file is besides plain text is told with its line and what to do, and never in words of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perftable_etl import parse
from perftable_etl.extract.delimited import DELIMITED
from perftable_etl.extract.markup import MarkupKind
from perftable_etl.records import Finding, FindingCode, Outcome
from tests.drawing.redraw import SAMPLES
from tests.extract.test_markup import FILES

FORM = (SAMPLES / "cac-2025.txt").read_text("utf-8-sig")


def outcome(data: bytes, folder: Path) -> Outcome:
    path = folder / "text.txt"
    path.write_bytes(data)
    return parse(path)


def told(outcome: Outcome, code: FindingCode) -> Iterator[Finding]:
    return (finding for finding in outcome.findings if finding.code == code and finding.severity != "info")


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind not in DELIMITED])
def test_other_files_are_named_with_what_to_do(kind: MarkupKind, tmp_path: Path) -> None:
    text = f"复制的网页\n{FILES[kind]}" if kind == "html" else FILES[kind]  # a whole page is read as one
    (finding,) = told(outcome(text.encode(), tmp_path), "not_plain_text")
    assert finding.place
    assert "from line " in finding.message
    assert ";" in finding.message


@pytest.mark.parametrize("kind", DELIMITED)
def test_tables_that_print_their_cells_are_named(kind: MarkupKind, tmp_path: Path) -> None:
    (finding,) = (one for one in outcome(FILES[kind].encode(), tmp_path).findings if one.code == "not_plain_text")
    assert finding.severity == "info"


def test_a_bad_byte_is_told_with_line_and_column_and_the_rest_is_read(tmp_path: Path) -> None:
    before, after = FORM[:2000], FORM[2000:]
    damaged = outcome(before.encode() + b"\x94" + after.encode(), tmp_path)
    (finding,) = told(damaged, "bad_bytes")
    assert f"0x94 in line {before.count(chr(10)) + 1}, column" in finding.message
    assert len(damaged.declarations) == len(outcome(FORM.encode(), tmp_path).declarations)


def test_mojibake_is_turned_back_and_told(tmp_path: Path) -> None:
    right = outcome(FORM.encode(), tmp_path)
    mended = outcome(FORM.encode("gb18030").decode("latin-1").encode(), tmp_path)
    assert mended.declarations == right.declarations
    assert [finding.severity for finding in told(mended, "mojibake")] == ["warning"]


def test_mojibake_that_lost_bytes_is_an_error(tmp_path: Path) -> None:
    lossy = outcome(FORM.encode().decode("gb18030", "replace").encode(), tmp_path)
    assert [finding.severity for finding in told(lossy, "mojibake")] == ["error"]


def test_no_finding_on_a_text_speaks_of_rules(tmp_path: Path) -> None:
    """The labels of a form, but none of its rows."""
    labels = "项目名称 主管部门 实施单位 计划开始日期 计划完成日期 年度总体目标 项目总目标 项目性质"
    (finding,) = told(outcome(labels.encode(), tmp_path), "form_not_rebuilt")
    assert "rules" not in finding.message
    assert "line 1" in finding.message


TITLED = """2024年度项目绩效目标表
项目名称
年度总体目标
三级指标
指标值
桥梁养护
保持桥梁完好
检查次数
12
"""


def test_few_labels_below_a_title_are_a_form_that_is_not_read(tmp_path: Path) -> None:
    """A long table has few labels, and each of its projects none."""
    (finding,) = told(outcome(TITLED.encode(), tmp_path), "form_not_rebuilt")
    assert "line 2" in finding.message


def test_few_labels_without_a_title_are_none(tmp_path: Path) -> None:
    _, _, labels = TITLED.partition("\n")
    assert not list(told(outcome(labels.encode(), tmp_path), "form_not_rebuilt"))
