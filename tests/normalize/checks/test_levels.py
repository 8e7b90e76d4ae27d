"""Rows under labels that are not theirs, and the near cases that are in order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perftable_etl.normalize.checks.consistency import check
from perftable_etl.normalize.interpret.declaration import Interpretation
from tests.normalize.grids import LEFT, UP, form, whole_form
from tests.normalize.reader import read_form

FIRST = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
QUALITY = [UP, UP, "质量指标", "巡查合格率", "=100(%)"]


def read(*rows: Sequence[str]) -> Interpretation:
    heading = ("财政项目支出绩效目标申报表", "（2025年度）")
    return read_form(form(whole_form(*rows), *heading))


def codes(*rows: Sequence[str]) -> list[str]:
    result = read(*rows)
    return [finding.code for finding in (*result.findings, *check(result.declaration))]


@pytest.mark.parametrize(
    "rows",
    [
        [FIRST, QUALITY],
        [FIRST, [UP, UP, UP, "巡查天数", "≥12(天)"], QUALITY],
        [FIRST, [UP, "", "", "巡查天数", "≥12(天)"]],
        [FIRST, QUALITY, ["", "产出指标", "质量指标", "设备完好率", "≥90(%)"]],
    ],
    ids=["groups", "rows of a group", "no labels", "a label printed again"],
)
def test_a_tree_in_order_has_no_findings(rows: Sequence[Sequence[str]]) -> None:
    assert codes(*rows) == []


def test_two_labels_beside_one_row_contradict_it() -> None:
    """The rule between two rows is missing, but not between their labels."""
    rows = [[*FIRST[:3], "巡查次数\n巡查合格率", "≥12(次)\n=100(%)"], [UP, UP, "质量指标", UP, UP]]
    (finding,) = (finding for finding in read(*rows).findings if finding.code == "row_in_two_groups")
    assert finding.severity == "warning"
    assert finding.place is not None
    assert "数量指标 and 质量指标" in finding.message


def test_a_label_over_both_columns_has_the_only_level_2_below_it() -> None:
    result = read(FIRST, [UP, "满意度指标", LEFT, "居民满意度", "≥90(%)"])
    assert [(one.level1, one.level2) for one in result.declaration.indicators][1] == (
        "满意度指标",
        "服务对象满意度指标",
    )
    assert [(finding.code, finding.severity) for finding in result.findings] == [("level2_missing", "info")]


def test_a_label_over_both_columns_leaves_level_2_open_where_there_are_several() -> None:
    result = read(FIRST, [UP, "效益指标", LEFT, "居民就业率", "≥90(%)"])
    assert [(one.level1, one.level2) for one in result.declaration.indicators][1] == ("效益指标", None)
    assert [(finding.code, finding.severity) for finding in result.findings] == [("level2_missing", "warning")]


def test_two_names_of_level_2_in_one_cell_are_told() -> None:
    (finding,) = read([*FIRST[:2], "数量指标\n质量指标", *FIRST[3:]]).findings
    assert (finding.code, finding.severity) == ("level2_unknown", "warning")


def test_a_level_1_label_that_is_printed_again_keeps_its_group() -> None:
    result = read(FIRST, ["", "产出指标", "", "巡查天数", "≥12(天)"])
    assert [one.level2 for one in result.declaration.indicators] == ["数量指标", "数量指标"]
    assert result.findings == ()


def test_a_unit_without_a_number_is_no_target() -> None:
    (finding,) = read(FIRST, [UP, UP, UP, "巡查天数", "(天)"]).findings
    assert (finding.code, finding.raw) == ("no_target", "(天)")


def test_a_group_that_comes_again_is_told() -> None:
    assert codes(FIRST, QUALITY, [UP, UP, "数量指标", "巡查天数", "≥12(天)"]) == ["group_twice"]


def test_a_form_without_order_has_no_row_astray() -> None:
    again = [[UP, UP, "数量指标", "巡查天数", "≥12(天)"], [UP, UP, "质量指标", "设备完好率", "≥90(%)"]]
    findings = check(read(FIRST, QUALITY, *again).declaration)
    assert [(finding.code, finding.severity) for finding in findings] == [("group_twice", "info")] * 2


@pytest.mark.parametrize("told_apart", [{"phase": "half_year"}, {"area": "青岚区"}])
def test_each_time_and_place_has_the_whole_tree(told_apart: dict[str, str]) -> None:
    declaration = read(FIRST, QUALITY).declaration
    others = (row.model_copy(update=told_apart) for row in declaration.indicators)
    both = declaration.model_copy(update={"indicators": (*declaration.indicators, *others)})
    assert list(check(both)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("满意度指标\n居民满意度", ["level_in_row"]), ("时效指标", ["level_in_row"]), ("满意度指标达标率", [])],
)
def test_a_level_among_the_names_is_told(name: str, expected: list[str]) -> None:
    assert codes([*FIRST[:3], name, "≥90(%)"]) == expected
