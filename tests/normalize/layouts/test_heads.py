"""How the heads of columns are understood: by their spelling, else by how they are worded."""

from __future__ import annotations

import pytest

from tests.normalize.reader import VOCABULARY

HEADS = {
    "level1": ["一级指标", "一级", "一级目标", "一级指标\nLevel 1"],
    "level2": ["二级指标", "二级"],
    "level3": ["三级指标内容", "三级", "指标名称", "指标内容", "具体指标", "绩效指标名称"],
    "level": ["指标类型", "指标类别", "类别"],
    "target": [
        "指标值", "年度指标值", "年度数值", "指标值及单位", "指标值（包含数字及文字描述）", "预期指标值",
        "年初目标值(A)",
        "当年预期实现值", "全年(计划)值", "计划指标值", "指标值(或计划水平)", "目标数", "值", "半年", "全年",
    ],
    "sign": ["指标性质", "计算符号", "运算符号", "符号", "指标方向"],
    "unit": ["计量单位", "度量\n单位", "单位", "单位（文字描述）"],
    "nature": ["指标值类型(定量/定性)", "指标值类型"],
    "weight": ["分值", "权重", "指标分值", "分值权重（90）", "权重占比(%)", "标准分"],
    "actual": ["实际完成值", "全年实际值", "完成值", "实际完成值(B)", "单项指标实际完成值", "实际完成情况"],
    "score": ["得分", "自评得分", "单项指标折算得分"],
    "reason": ["偏差原因分析及改进措施", "未完成原因和改进措施", "未达到指标值原因"],
    "remark": ["备注", "指标解释", "指标值说明", "绩效标准", "*评(扣)分标准", "指标描述", "一级指标权重"],
    "number": ["序号"],
    "other_time": ["上年指标值", "前年", "近三年完成情况", "全年预计完成情况", "完成目标可能性", "一季度"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "column"), [(text, column) for column, texts in HEADS.items() for text in texts])
def test_a_head_is_known_by_how_it_is_worded(text: str, column: str) -> None:
    assert VOCABULARY.head(text) == column


@pytest.mark.parametrize(
    "text",
    [
        "",
        "项目名称",
        "年度绩效目标",
        "总体目标",
        "年度绩效目标1（80分）",
        "执行率",
        "完成时间",
        "责任单位",
        "评价内容",
        "适用范围",
        "新增站点8个，达到目标值",
        "≥95%的指标值",
        "按照要求每月及时完成符合条件对象的审批指标值和目标值",
        "长" * 41,
    ],
)
def test_other_words_head_no_column(text: str) -> None:
    assert VOCABULARY.head(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("中期目标（2023年—2023年）", "total"),
        ("实施周期指标值", "total"),
        ("中长期", "total"),
        ("上半年指标值", "half_year"),
        ("年度指标值", "year"),
        ("全年", "year"),
        ("指标值", None),
    ],
)
def test_a_head_may_say_what_time_it_is_about(text: str, period: str | None) -> None:
    assert VOCABULARY.period(text) == period


@pytest.mark.parametrize("text", ["合计", "总 分", "小计：", "总分（100分）"])
def test_a_row_that_sums_up_is_known_by_its_label(text: str) -> None:
    assert VOCABULARY.is_total(text)
    assert not VOCABULARY.is_total("合计发放数")
