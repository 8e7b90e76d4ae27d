"""Targets that are one amount: ≥90.00(%), 满意度达到90%以上, 每人每月500元, 较上年增长10%以上."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perftable_etl.normalize.values.amounts import NumberWithUnit, read_bound
from perftable_etl.normalize.values.damage import remarks_of
from perftable_etl.normalize.values.numerals import multiply
from perftable_etl.normalize.values.polarity import polarity
from perftable_etl.normalize.values.prefixes import PLAIN, Prefix, read_prefix, split_prefix
from perftable_etl.normalize.values.units import per, read_unit
from perftable_etl.normalize.values.wording import CHANGES, SIGNS
from perftable_etl.records import Polarity, Remark, Target


class TargetText(NamedTuple):
    """A value on its way through the rules: as printed, folded, and the form's year."""

    raw: str
    text: str
    year: int | None


def bound_target(printed: TargetText) -> Target | None:
    """≥90.00(%), =1.00(台): the rule that most cells end in."""
    amount = read_bound(printed.text) if printed.text[:1] in SIGNS else None
    return _quantity(printed, amount) if amount else None


def _quantity(printed: TargetText, amount: NumberWithUnit) -> Target:
    """A quantitative target; a change where the words after the number say so (10%增长)."""
    goes = CHANGES.get(amount.rest)
    if goes is not None:
        return amount_target(printed, amount, "change", goes=goes)
    return amount_target(printed, amount, "quantitative")


def amount_target(
    printed: TargetText, amount: NumberWithUnit, kind: str, *, goes: Polarity | None = None, baseline: str | None = None
) -> Target:
    """A target of one amount, with its value and unit as printed and scaled."""
    unit = amount.unit
    scale = unit.scale if unit else Decimal(1)
    upper = amount.upper
    lacks_unit = kind == "change" and unit is None and amount.value != 0  # 提升2 does not say by 2 of what
    # Validated: the constructor is pydantic's compiled one and cheaper than model_construct.
    return Target(
        raw=printed.raw,
        kind=kind,  # type: ignore[arg-type]
        operator=amount.operator,
        value=amount.value,
        value_upper=upper,
        unit=amount.printed or None,
        base_value=multiply(amount.value, scale),
        base_value_upper=None if upper is None else multiply(upper, scale),
        base_unit=(unit.symbol or None) if unit else None,
        baseline=baseline,
        polarity=goes,
        remarks=(*remarks_of(amount), *_UNIT_MISSING) if lacks_unit else remarks_of(amount),
    )


_UNIT_MISSING: tuple[Remark, ...] = ("unit_missing",)


def prefixed_target(printed: TargetText) -> Target | None:
    """满意度达到90%以上, 每人每月500元, 较上年增长10%以上, 城区≥95%: words, then one amount."""
    found = split_prefix(printed.text)
    if found is None:
        return None
    words, amount = found
    prefix = read_prefix(words) if words else PLAIN
    if prefix is None:
        return None
    if prefix == PLAIN:
        return _quantity(printed, amount)
    return _with_prefix(printed, words, prefix, amount)


def _with_prefix(printed: TargetText, words: str, prefix: Prefix, amount: NumberWithUnit) -> Target:
    is_bound = amount.operator is not None or (amount.unit is not None and amount.unit.is_known)
    if prefix.role in {"condition", "conditional change"} or (prefix.role == "scope" and not is_bound):
        part = _part(printed)
        kind = "change" if prefix.role == "conditional change" else "quantitative"
        return compound_of(printed, (amount_target(part, amount, kind, goes=prefix.goes, baseline=prefix.baseline),))
    kind = "change" if prefix.role == "change" else "quantitative"
    target = amount_target(printed, _divided(amount, prefix.per), kind, goes=prefix.goes, baseline=prefix.baseline)
    if prefix.role == "scope" and amount.is_signed and polarity(words):  # 有效保障≤30(天): two targets in one cell
        return target.model_copy(update={"remarks": (*target.remarks, "unread")})
    return target


def _part(printed: TargetText) -> TargetText:
    """A part of a compound has its own clause as raw text."""
    return printed._replace(raw=printed.text)


def _divided(amount: NumberWithUnit, words: tuple[str, ...]) -> NumberWithUnit:
    """每人每月500元 is 500 元/人·月, and so is 每人500元/月."""
    if not words or not amount.unit or amount.unit.dimension == "ratio" or amount.unit.symbol == "":
        return amount
    printed = per(amount.printed, words)
    unit = read_unit(printed)
    return amount if unit is None else amount._replace(printed=printed, unit=unit)


def compound_of(printed: TargetText, parts: tuple[Target, ...]) -> Target:
    """Several targets in one cell."""
    return Target(raw=printed.raw, kind="compound", parts=parts)
