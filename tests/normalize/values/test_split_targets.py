"""Targets whose sign, number and unit are printed in columns of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perftable_etl.normalize.values.split_targets import parse_split_target
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
    ],
)
def test_the_pieces_make_one_target(
    pieces: tuple[str, str, str], expected: tuple[str | None, str | None, str | None]
) -> None:
    target = parse_split_target(*pieces)
    value = None if target.value is None else str(target.value)
    assert (target.operator, value, target.unit) == expected
    assert target.raw == "".join(pieces)


@pytest.mark.parametrize(("text", "weight"), [("10", "10"), ("12.5分", "12.5"), ("（20分）", None), ("", None)])
def test_a_weight_is_its_number(text: str, weight: str | None) -> None:
    assert (parse_weight(text) or None) == (None if weight is None else Decimal(weight))
