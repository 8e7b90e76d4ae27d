"""What a draft takes for a label, a head or a side of a form that nobody knows."""

from __future__ import annotations

from perftable_etl.drafting.gaps import unknown_heads, words_of
from tests.normalize.grids import form
from tests.normalize.reader import VOCABULARY

HEAD = ["一级指标", "二级指标", "三级指标", "权数", "目标值"]
ROW = ["产出指标", "数量指标", "巡查次数", "10", "≥12次"]


def test_a_label_with_a_value_beside_it_is_a_gap_and_the_value_an_example() -> None:
    words = words_of(form([["事业名称", "河道养护", "主管部门", "水务局"], HEAD[:4], ROW[:4]]).grid, VOCABULARY)
    assert [(gap.section, gap.text, gap.examples) for gap in words.gaps if gap.section == "fields"] == [
        ("fields", "事业名称", ("河道养护",))
    ]
    assert ("主管部门", "competent_department") in words.known


def test_an_amount_is_money_and_a_long_text_a_goal() -> None:
    goal = "完成全区河道的日常养护，保持河道整洁，水质稳定达标，设施完好，群众满意度进一步提高，投诉处置及时。"
    words = words_of(form([["财力合计", "1,200.00"], ["预期总目标", goal]]).grid, VOCABULARY)
    assert [(gap.section, gap.text) for gap in words.gaps] == [("money", "财力合计"), ("goals", "预期总目标")]


def test_an_unknown_head_of_an_indicator_table_is_a_gap_with_what_is_below_it() -> None:
    words = words_of(form([["项目名称", "河道养护", "", "", ""], HEAD, ROW]).grid, VOCABULARY)
    assert [(gap.section, gap.text, gap.examples) for gap in words.gaps] == [("columns", "权数", ("10",))]
    assert ("目标值", "target") in words.known


def test_a_label_that_is_like_a_known_one_says_so() -> None:
    words = words_of(form([["项目的名称", "河道养护"]]).grid, VOCABULARY)
    assert words.gaps[0].like == "项目名称 (name)"


def test_values_are_no_labels() -> None:
    words = words_of(form([["项目名称", "河道养护", "2025-01-01", "12"]]).grid, VOCABULARY)
    assert words.gaps == []


def test_where_no_head_is_known_the_first_row_of_many_texts_is_one() -> None:
    rows = [
        ["甲方面", "乙方面", "考核内容", "要求"],
        ["产出", "数量", "巡查次数", "12次"],
        ["产出", "质量", "完好率", "95%"],
    ]
    heads = unknown_heads(form(rows).grid, VOCABULARY)
    assert [(gap.text, gap.examples) for gap in heads][2:] == [
        ("考核内容", ("巡查次数", "完好率")),
        ("要求", ("12次", "95%")),
    ]
