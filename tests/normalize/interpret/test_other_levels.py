"""Names of levels that the catalogue does not have: those that surely are names, and those that may be none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.normalize.grids import UP, form, whole_form
from tests.normalize.reader import read_form

FIRST = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]


def warned(*rows: Sequence[str]) -> list[str]:
    findings = read_form(form(whole_form(*rows), "财政项目支出绩效目标申报表", "（2025年度）")).findings
    return [finding.code for finding in findings if finding.severity != "info"]


@pytest.mark.parametrize(
    "rows",
    [
        [FIRST, [UP, "产出指标", "制度指标", "规章制度", "健全"]],
        [FIRST, [UP, "投入指标", "资金使用", "投入资金", "≤20(万元)"]],
        [FIRST, [UP, "项目决策（10分）", "项目立项", "立项依据", "充分"]],
        [FIRST, [UP, "管理类指标", "", "制度健全性", "健全"]],
        [FIRST, [UP, "决策", "立项", "立项依据", "充分"], [UP, UP, "目标", "目标合理性", "合理"]],
        [FIRST, [UP, "项目决策", "时效指标", "完成时间", "2025年12月"]],
        [FIRST, [UP, "……", "……", "……", "……"]],
    ],
    ids=["worded", "below another", "points", "level 1", "merged", "another beside a known one", "more may follow"],
)
def test_what_is_surely_a_name_is_not_told(rows: Sequence[Sequence[str]]) -> None:
    assert warned(*rows) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([UP, "产出指标", "社会放益指标", "知晓率", "≥90(%)"], "level2_unknown"),
        ([UP, "产出指标", "巡查天数", "≥12(天)", ""], "level2_unknown"),
        ([UP, "20", "", "知晓率", "≥90(%)"], "level1_unknown"),
        ([UP, "效益指标", "质量指标", "知晓率", "≥90(%)"], "level1_differs"),
    ],
    ids=["misread", "a name in its place", "a number", "a known one"],
)
def test_what_may_be_none_is_told(row: Sequence[str], code: str) -> None:
    assert code in warned(FIRST, row)
