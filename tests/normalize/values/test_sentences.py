"""Sentences with figures by the way, and values that only look like them."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.values.sentences import is_closed, states_value
from perftable_etl.normalize.values.targets import parse_target


@pytest.mark.parametrize("text", ["严格按照预算标准1000元/人给补助对象兑付补助", "对学校2400平米体育场馆补贴5万元。"])
def test_a_sentence_is_no_value_that_was_misread(text: str) -> None:
    target = parse_target(text)
    assert (target.kind, target.remarks) == ("qualitative", ())


@pytest.mark.parametrize("text", ["巡查次数12次合格率95%", "2280次；待核实改为1200", "设备12台套验收合格率达9"])
def test_two_values_in_one_cell_are_told(text: str) -> None:
    target = parse_target(text)
    assert target.kind != "qualitative" or target.remarks == ("unread",)


def test_names_may_say_what_is_to_be_reached() -> None:
    assert states_value("年度资金支付完成率100%")
    assert not states_value("全市安全度汛")
    assert is_closed("增加就业机会,提高农民收入。")
    assert not is_closed("显著提高。")
