"""What a new value means in its column: read as a printed one is."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from perftable_etl.fields import Field
from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.columns import MONEY, QUANTITY
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.lines import Unfit
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.limits import fitting_target
from perftable_etl.normalize.values.dates import parse_date
from perftable_etl.normalize.values.money import parse_money
from perftable_etl.normalize.values.polarity import direction
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import clean, fold

_REQUIRED = frozenset({"level3"})
"""Columns that are never empty."""


def read_value(correction: CorrectionRow) -> CorrectionValueRow:
    """What the new value of a decision means. Raises Unfit where it means nothing in its column."""
    blank = CorrectionValueRow(correction.correction_id)
    field = _field(correction)
    if field is None:
        return blank
    if field.name in {"target", "actual"}:
        return _target(correction, field)
    if correction.new_value is None:
        if field.name in _REQUIRED:
            raise Unfit(f"{field.name} cannot be empty. Give the name, or the verdict removed.")
        return blank
    return _plain(blank, field, correction.new_value)


def _field(correction: CorrectionRow) -> Field | None:
    """The field that gets the value; of an added row its target."""
    if correction.verdict == "added":
        return INDICATOR_FIELDS["target"]
    if correction.verdict != "corrected":
        return None
    fields = INDICATOR_FIELDS if correction.level3 else FIELDS
    found = next((field for name, field in fields.items() if name == correction.field), None)
    if found is None:
        raise Unfit(f"{correction.field} is no column that can be corrected. Some are target, level2, annual_funds.")
    return found


def _target(correction: CorrectionRow, field: Field) -> CorrectionValueRow:
    text = correction.new_value or ""
    target = parse_target(text, year=correction.fiscal_year)
    fitting = fitting_target(target)
    if fitting != target:
        raise Unfit(f"{text} has a number of more digits than {QUANTITY.sql_type} holds.")
    is_target = field.name == "target"
    return CorrectionValueRow(
        correction.correction_id,
        text=correction.new_value,
        kind=target.kind if is_target or correction.new_value else None,
        operator=target.operator,
        value=target.value,
        value_upper=target.value_upper,
        unit=target.unit,
        base_value=target.base_value,
        base_value_upper=target.base_value_upper,
        base_unit=target.base_unit,
        deadline=target.deadline,
        baseline=target.baseline,
        polarity=target.polarity,
        direction=direction(correction.level3 or "", target) if is_target else None,
    )


def _plain(blank: CorrectionValueRow, field: Field, text: str) -> CorrectionValueRow:
    match field.sort:
        case "date":
            day = parse_date(text, end=field.name == "end_date")
            if day is None:
                raise Unfit(f"{text} is no date. Write 2024-12-31 or 2024年12月31日.")
            return blank._replace(text=text, day=day)
        case "money":
            return blank._replace(text=text, number=_money(text))
        case "number":
            return blank._replace(text=text, number=_number(field, text))
        case _:
            return blank._replace(text=clean(text) or None)


def _money(text: str) -> Decimal:
    amount = parse_money(text)
    if amount is None:
        raise Unfit(f"{text} is no amount. Write yuan (12000), or the unit, too (1.2万元).")
    if not MONEY.holds(amount):
        raise Unfit(f"{text} has more digits than {MONEY.sql_type} holds, in yuan.")
    return amount


def _number(field: Field, text: str) -> Decimal:
    try:
        number = Decimal(fold(text).removesuffix("%").removesuffix("分").replace(",", ""))
    except InvalidOperation as error:
        raise Unfit(f"{text} is no number.") from error
    if not QUANTITY.holds(number) or (field.type is int and number != number.to_integral_value()):
        raise Unfit(f"{text} does not fit into {field.name}.")
    return number
