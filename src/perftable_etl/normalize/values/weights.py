"""Weights and points (分值, 权重) as printed beside an indicator: 10, 10分, 10%."""

from __future__ import annotations

from decimal import Decimal

import regex

from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold

_WEIGHT = regex.compile(r"[0-9]+(?:\.[0-9]+)?(?=[分%]?$)")


@remembered(4096)
def parse_weight(text: str) -> Decimal | None:
    """The number of a weight; None where there is none."""
    match = _WEIGHT.search(fold(text))
    return Decimal(match[0]) if match else None
