"""Labels that are spelled nowhere in the vocabulary, told by their words; and texts that are none."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.layouts.vocabulary import UNKNOWN
from tests.normalize.reader import VOCABULARY


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("支出项目名称", "name"),
        ("州级业务主管部门", "competent_department"),
        ("项目责任单位名称", "implementing_unit"),
        ("预算项目编码", "project_code"),
        ("支出类型", "category"),
        ("项目启动\n时间", "start_date"),
        ("计划竣工时间：", "end_date"),
        ("项目执行年限", "period"),
        ("自评结果等级", "grade"),
        ("三年绩效目标", "overall_goal"),
        ("区域年度绩效目标（2025年）", "annual_goal"),
        ("部门整体目标完成情况说明", "actual_goal"),
    ],
)
def test_a_label_is_known_by_its_words(text: str, label: str) -> None:
    assert VOCABULARY.meaning(text).label == label


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("预算支出总额", "year all"),
        ("项目计划总投资（万元）", "total all"),
        ("年初批复预算数", "initial all"),
        ("实际支出金额", "executed all"),
        ("上年度预算安排数", "previous all"),
        ("其中：州级财政配套", "total municipal"),
        ("旗财政补助资金", "total county"),
        ("（2）单位自筹资金", "total own"),
        ("争取上级财政补助", "total higher"),
        ("地方财政配套资金", "total local"),
        ("以前年度结转资金", "year carryover"),
    ],
)
def test_a_label_of_money_is_known_by_its_words(text: str, money: str) -> None:
    first = VOCABULARY.meaning(text).money[0]
    assert f"{first.phase} {first.source}" == money


@pytest.mark.parametrize(
    "text",
    [
        "省级水利发展资金", "项目实施内容", "资金管理部门", "地方水利资金", "开始时间", "市级统一口径", "目标",
        "项目绩效目标表", "完成情况良好", "县级储备粮", "市区道路", "上级单位",
    ],
)  # fmt: skip
def test_words_that_name_nothing_by_themselves_are_no_label(text: str) -> None:
    assert VOCABULARY.meaning(text) is UNKNOWN
