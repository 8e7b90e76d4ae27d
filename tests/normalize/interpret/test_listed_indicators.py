"""Indicators that stand in one cell of a project, as in 【产出指标-数量指标】指标1：机柜数量(≥77台)."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.values.indicator_lists import Listed, read_list
from tests.normalize.grids import document, grid, line
from tests.normalize.reader import understand

LIST = """【总体目标】
保障机房运转
【产出指标-数量指标】
指标1：机柜数量(≥77台)
指标2：备用机柜（含
线缆）数量(≥5台)
【效益指标-社会效益指标】
指标1：服务保障民生(有力保障)"""
READ = [
    ("产出指标", "数量指标", "机柜数量", "≥77台"),
    ("产出指标", "数量指标", "备用机柜（含线缆）数量", "≥5台"),
    ("效益指标", "社会效益指标", "服务保障民生", "有力保障"),
]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("【产出指标—质量指标】在线率：≥97%；完好率：100%", [("在线率", "≥97%"), ("完好率", "100%")]),
        (
            "【产出-数量】指标1：机柜(≥7台)；指\n标2：备用(≥5台)；指标1\n2：线(≥1条)",
            [("机柜", "≥7台"), ("备用", "≥5台"), ("线", "≥1条")],
        ),
        ("【产出-时效】指标1.维护及时性（<24小时）", [("维护及时性", "<24小时")]),
        ("【产出指标-数量指标】指标1：机柜数量", [("机柜数量", "")]),
        ("【项目概况】：租赁服务，共计77个机柜", []),
    ],
)
def test_a_list_has_a_name_and_a_target_in_each_entry(text: str, listed: list[tuple[str, str]]) -> None:
    assert [(entry.name, entry.target) for entry in read_list(text)] == listed
    assert all(isinstance(entry, Listed) for entry in read_list(text))


def test_each_row_of_a_list_is_a_project() -> None:
    rows = [
        ["单位编码", "项目名称", "年度预算安排", "项目内容", "绩效目标"],
        ["037001", "机房租赁", "1681680", "租赁机柜", LIST],
        ["037001", "线路维护", "20000", "维护线路", "【产出指标-质量指标】指标1：在线率(≥97%)"],
    ]
    reading = understand(document([line("公安局2025年项目绩效目标和指标"), line("单位：元"), grid(rows)]))
    first, second = reading.declarations
    assert [form.name for form in reading.declarations] == ["机房租赁", "线路维护"]
    assert [(row.level1, row.level2, row.level3, row.target.raw) for row in first.indicators] == READ
    assert [(row.level3, str(row.target.value)) for row in second.indicators] == [("在线率", "97")]
    assert [finding.code for finding in reading.all_findings if finding.severity == "error"] == []
    assert reading.coverage == 1.0
