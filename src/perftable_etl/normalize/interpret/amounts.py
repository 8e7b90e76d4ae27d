"""Amounts: blocks of money, each a leading label, the labels of its parts, and the sum that they give.

Blocks may have labels in common (其他资金); which block one belongs to is told by where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.pairs import Values
from perftable_etl.normalize.layouts.vocabulary import FIELD_OF_MONEY
from perftable_etl.normalize.values.money import is_blank, money_unit, parse_money
from perftable_etl.records import FIELDS, Amount, FieldName


def leading_labels(cells: Sequence[LabelledCell]) -> list[LabelledCell]:
    """The labels that lead a block of money (项目资金总额, 年度资金申请总额)."""
    return [cell for cell in cells if any(money.source == "all" for money in cell.meaning.money)]


def amount_of(cell: LabelledCell, leading: Sequence[LabelledCell]) -> FieldName | None:
    """The amount that a label of money names: that of the block whose leading label is nearest above or beside it."""
    if not cell.meaning.money:
        return None
    near = [
        (first.column, first.row, money)
        for first in leading
        if first.column <= cell.column and first.row <= cell.row
        for money in cell.meaning.money
        if money._replace(source="all") in first.meaning.money
    ]
    return FIELD_OF_MONEY[max(near)[2]] if near else None


def read_money(values: Values, field: FieldName, scale: Decimal, coverage: Coverage) -> Decimal | None:
    """An amount in yuan; None where it is blank or unreadable, which is reported.

    It counts in units of `scale` yuan unless its own label, or the amount itself, names another.
    """
    printed = values.get(field)
    if printed is None or not printed.raw:
        return None
    amount = parse_money(printed.raw, money_unit(printed.label) or scale)
    if amount is None and not is_blank(printed.raw):
        coverage.report("not_money", "error", f"{field} is not an amount", printed.raw, printed.place)
        return None
    coverage.cover(*printed.cells)
    return amount


def printed_amounts(values: Values, funds: Mapping[FieldName, Decimal | None]) -> Iterator[Amount]:
    """The amounts of a form one by one, in the order that it prints them, each with its label."""
    for field, printed in values.items():
        money, amount = FIELDS[field].printed.money, funds.get(field)
        if money and amount is not None:
            yield Amount(
                phase=money.phase,
                source=money.source,
                amount=amount,
                raw=printed.raw,
                label_raw=printed.label,
                place=printed.place,
            )
