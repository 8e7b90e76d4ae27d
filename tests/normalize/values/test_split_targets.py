"""Targets whose sign, number and unit are printed in columns of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perftable_etl.normalize.values.split_targets import direction_of, is_nature, is_sign, parse_split_target
from perftable_etl.normalize.values.weights import parse_weight


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("≥", "95", "%"), (">=", "95", "%")),
        (("大于等于", "12", "次"), (">=", "12", "次")),
        (("＝", "1.10", "万元/次"), ("=", "1.10", "万元/次")),
        (("", "985", "米"), (None, "985", "米")),
        (("≤", "3", "无"), ("<=", "3", None)),
        (("定性", "完成", "无"), (None, None, None)),
        (("定性", "优良", ""), (None, None, None)),
        (("正向", "95", "%"), (None, "95", "%")),
        (("≥", "≥95", "%"), (">=", "95", "%")),
        (("≥", "95%", "%"), (">=", "95", "%")),
        (("", ">=24500人", "人"), (">=", "24500", "人")),
        ((">=", "98", "%（百分比）"), (">=", "98", "%")),
        (("═", "100", "%"), ("=", "100", "%")),
    ],
)
def test_the_pieces_make_one_target(
    pieces: tuple[str, str, str], expected: tuple[str | None, str | None, str | None]
) -> None:
    target = parse_split_target(*pieces)
    value = None if target.value is None else str(target.value)
    assert (target.operator, value, target.unit) == expected
    assert target.raw == "".join(pieces)


@pytest.mark.parametrize("text", ["≥", "＞＝", "大于等于", "小于 等于", "等于", "═"])
def test_a_sign_is_known_as_a_character_and_in_words(text: str) -> None:
    assert is_sign(text)
    assert not is_nature(text)


@pytest.mark.parametrize(
    ("text", "direction"), [("正向", "higher"), ("反向指标", "lower"), ("定性", None), ("定量指标", None)]
)
def test_what_is_said_of_a_target_is_no_sign(text: str, direction: str | None) -> None:
    assert is_nature(text)
    assert not is_sign(text)
    assert direction_of(text) == direction


@pytest.mark.parametrize(("text", "weight"), [("10", "10"), ("12.5分", "12.5"), ("（20分）", None), ("", None)])
def test_a_weight_is_its_number(text: str, weight: str | None) -> None:
    assert (parse_weight(text) or None) == (None if weight is None else Decimal(weight))
