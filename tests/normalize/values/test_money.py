"""Money in header fields."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.normalize.values.money import YUAN, is_blank, money_unit, parse_money, says_no_amount

TEN_THOUSAND = Decimal(10_000)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("2,632,000.00", YUAN, "2632000.00"),
        ("2，632，000.00", YUAN, "2632000.00"),
        ("1,200\n.00", YUAN, "1200.00"),
        ("0", YUAN, "0"),
        ("0.00", YUAN, "0"),
        (".5", TEN_THOUSAND, "5000"),
        ("12.3456", TEN_THOUSAND, "123456"),
        ("3万元", YUAN, "30000"),
        ("3万元", TEN_THOUSAND, "30000"),
        ("500元", TEN_THOUSAND, "500"),
        ("1.2亿元", YUAN, "120000000"),
        ("120（万元）", YUAN, "1200000"),
        ("￥1,000", YUAN, "1000"),
        ("1,942,239.94\n其中：5,000.00", YUAN, "1942239.94"),
        ("854万元，其中农田建设400万元", YUAN, "8540000"),
        ("-50.00", YUAN, "-50"),
        ("−50.00", YUAN, "-50"),
        ("(50,000.00)", YUAN, "-50000"),
        ("（50,000.00）", YUAN, "-50000"),
        ("﹙5﹚", TEN_THOUSAND, "-50000"),
        ("(3万元)", YUAN, "-30000"),
        ("(3)万元", YUAN, "-30000"),
        ("￥(1,200.50)", YUAN, "-1200.50"),
        ("(￥1,200.50)", YUAN, "-1200.50"),
        ("1,200·50", YUAN, "1200.50"),
        ("1200。50", YUAN, "1200.50"),
        ("1200․50", YUAN, "1200.50"),
        ("𝟏𝟐", YUAN, "12"),
        ("854万（农田建设400万元，示范建设454万元）", TEN_THOUSAND, "8540000"),
        ("120（含上年结转20）", TEN_THOUSAND, "1200000"),
    ],
)
def test_amounts(text: str, unit: Decimal, yuan: str) -> None:
    assert parse_money(text, unit) == Decimal(yuan)


@pytest.mark.parametrize("text", ["", " ", "\n", "/", "-", "—", "——", "**", "无"])
def test_a_blank_is_not_zero(text: str) -> None:
    assert parse_money(text) is None
    assert is_blank(text)


@pytest.mark.parametrize(
    "text",
    [
        "项目名称",
        "1,20",
        "12.3.4",
        "2024-01-01",
        "元",
        "十万左右",
        "(-5)",
        "((5))",
        "1·2·3",
        "(1)5",
        "50（元/人次）",
        "3（其中2万元）",
    ],
)
def test_garbage_is_refused(text: str) -> None:
    assert parse_money(text) is None
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("项目资金（元）", YUAN),
        ("项目资金\n(元)", YUAN),
        ("项目资金(万元)", TEN_THOUSAND),
        ("单位：万元", TEN_THOUSAND),
        ("单位:元", YUAN),
        ("金额单位：人民币万元", TEN_THOUSAND),
        ("金额（单位：万元）", TEN_THOUSAND),
        ("年度资金总额（万元）：", TEN_THOUSAND),
        ("（万元）", TEN_THOUSAND),
        ("万元", TEN_THOUSAND),
        ("项目资金", None),
        ("实施单位：元和街道", None),
        ("主管单位", None),
        ("培训人均成本(元/人.天)", None),
        ("单位：元/人", None),
    ],
)
def test_the_unit_of_a_label(text: str, unit: Decimal | None) -> None:
    assert money_unit(text) == unit


@given(st.decimals(min_value=0, max_value=10**15, places=6), st.booleans())
def test_scaling_is_exact(amount: Decimal, grouped: bool) -> None:
    yuan = parse_money(f"{amount:,}" if grouped else str(amount), TEN_THOUSAND)
    assert yuan is not None
    assert yuan / TEN_THOUSAND == amount


@given(st.text(max_size=30))
def test_text_is_an_amount_or_refused(text: str) -> None:
    assert parse_money(text) is None or not is_blank(text)


def test_words_name_no_amount_unless_one_stands_in_them() -> None:
    assert says_no_amount("参见附件1具体金额")
    assert not says_no_amount("854万（农田建设400万元，示范建设454万元）")
    assert not says_no_amount("中央衔接资金50万元、县级配套20万元，共两笔")
