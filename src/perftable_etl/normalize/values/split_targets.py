"""Targets in several columns: sign (≥, 大于等于, 定性), number or words, and unit, each in a cell of its own."""

from __future__ import annotations

from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.wording import BEFORE
from perftable_etl.records import Target


def parse_split_target(sign: str, number: str, unit: str, *, year: int | None = None) -> Target:
    """The meaning of a target whose sign, number and unit are printed apart; `raw` is all three in this order.

    What says nothing in a column of its own (定性 for a sign, 无 for a unit) is in `raw` and nowhere else.
    """
    told_sign = sign if fold(sign) in BEFORE else ""
    told_unit = "" if is_placeholder(unit) else unit
    target = parse_target(f"{told_sign}{number}{told_unit}", year=year)
    return target.model_copy(update={"raw": f"{sign}{number}{unit}"})
