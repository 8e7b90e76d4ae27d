"""Units: spelling, scale, and what is no unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.normalize.values.units import is_bare_unit, read_unit, split_unit


@pytest.mark.parametrize(
    ("printed", "symbol", "scale"),
    [
        ("次", "次", "1"),
        ("人次", "人次", "1"),
        ("周次", "周次", "1"),
        ("万元", "元", "10000"),
        ("亿人次", "人次", "100000000"),
        ("百万元", "元", "1000000"),
        ("千人", "人", "1000"),
        ("万元/次", "元/次", "10000"),
        ("万元/案件", "元/案件", "10000"),
        ("元/人.天", "元/(人·天)", "1"),
        ("元/人·天", "元/(人·天)", "1"),
        ("元/(人·天)", "元/(人·天)", "1"),
        ("元/人/天", "元/(人·天)", "1"),
        ("元每人每月", "元/(人·月)", "1"),
        ("元/千字", "元/千字", "1"),
        ("元/100公里", "元/100公里", "1"),
        ("㎡", "平方米", "1"),
        ("m²", "平方米", "1"),
        ("万平米", "平方米", "10000"),
        ("㎥", "立方米", "1"),
        ("km", "公里", "1"),
        ("千米", "公里", "1"),
        ("KG", "公斤", "1"),
        ("千瓦时", "千瓦时", "1"),
        ("厘米", "厘米", "1"),
        ("百分比", "%", "1"),
        ("‰", "%", "0.1"),
        ("成", "%", "10"),
        ("个百分点", "个百分点", "1"),
        ("μg/m³", "微克/立方米", "1"),
        ("万", "", "10000"),
    ],
)
def test_known_units(printed: str, symbol: str, scale: str) -> None:
    unit = read_unit(printed)
    assert unit is not None
    assert unit.is_known
    assert (unit.symbol, unit.scale) == (symbol, Decimal(scale))


@pytest.mark.parametrize(
    ("printed", "symbol", "scale"), [("馆", "馆", "1"), ("万馆", "馆", "10000"), ("元/馆", "元/馆", "1")]
)
def test_unknown_nouns_stay_as_printed(printed: str, symbol: str, scale: str) -> None:
    unit = read_unit(printed)
    assert unit is not None
    assert not unit.is_known
    assert (unit.symbol, unit.scale) == (symbol, Decimal(scale))


@pytest.mark.parametrize("text", ["", "含", "3", "元/", "不含税", "预计完成的", "，", "元//"])
def test_no_units(text: str) -> None:
    unit = read_unit(text)
    assert unit is None or not unit.is_known


def test_a_percentage_point_is_no_percent() -> None:
    percent, points = read_unit("%"), read_unit("个百分点")
    assert percent is not None and points is not None
    assert (percent.dimension, points.dimension) == ("ratio", "points")


@pytest.mark.parametrize(
    ("text", "expected"), [("公里", True), ("元/人", True), ("百分点", True), ("十万元", False), ("项目", False)]
)
def test_bare_units(text: str, expected: bool) -> None:
    assert is_bare_unit(text) is expected


def test_the_unit_is_parted_from_what_it_counts() -> None:
    assert split_unit("场培训") == ("场", "培训")
    assert split_unit("个工作日答复") == ("个工作日", "答复")


@given(st.text(max_size=20))
def test_nothing_raises(text: str) -> None:
    read_unit(text)
    split_unit(text)
