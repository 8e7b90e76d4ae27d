"""Columns that grades head: what it takes to get each. The best one is what an indicator is to reach."""

from __future__ import annotations

from tests.normalize.grids import LEFT, UP, document, grid, line
from tests.normalize.interpret.tables import read_table
from tests.normalize.reader import understand

ROW = ["产出指标", "救助覆盖率", "应救尽救的比例", "≥98%", "≥95%", "<95%"]


def test_the_first_grade_has_the_targets() -> None:
    heads = ["绩效指标分类", "绩效指标", "绩效指标描述", "评价标准", LEFT, LEFT]
    read = read_table([heads, [UP, UP, UP, "优", "良", "差"], ROW])
    assert read.leaves == [("救助覆盖率", "≥98%")]
    assert read.indicators[0].level1 == "产出指标"
    assert read.indicators[0].remark == "应救尽救的比例；评价标准良：≥95%；评价标准差：<95%"
    assert read.warnings == []


def test_grades_beside_targets_are_remarks() -> None:
    read = read_table(
        [["一级指标", "三级指标", "指标值", "优", "良", "差"], ["产出指标", "救助覆盖率", "≥98%", "4", "3", "2"]]
    )
    assert read.leaves == [("救助覆盖率", "≥98%")]
    assert read.indicators[0].remark == "优：4；良：3；差：2"


def test_grades_of_persons_are_no_targets() -> None:
    rows = [["考核指标", "考核内容", "优", "良", "差"], ["纪律", "出勤", "3", "2", "1"]]
    assert understand(document([line("干部考核表"), grid(rows)])).forms == ()
