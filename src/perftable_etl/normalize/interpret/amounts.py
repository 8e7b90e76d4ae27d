"""Amounts: blocks of money, each a leading label, the labels of its parts, and the sum that they give.

Blocks may have labels in common (其他资金); where one stands tells which block it belongs to. Where no label heads a
block, the money is the year's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from perftable_etl.fields import Money, Phase
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.printed import FieldText, Key
from perftable_etl.normalize.layouts.vocabulary import FIELD_OF_MONEY, UNKNOWN, field_of
from perftable_etl.normalize.values.money import is_blank, is_formula, money_unit, parse_money, says_no_amount
from perftable_etl.records import Amount, FieldName

_BUDGETS: Mapping[Phase, tuple[Phase, ...]] = {"total": ("total",), "year": ("adjusted", "initial", "year")}
"""The amounts that the fields of the whole life and of the year are taken from: the first that is printed."""


class PrintedAmount(NamedTuple):
    """An amount in yuan, None where it is blank or unreadable; which money it is, and what it is read from."""

    money: Money
    printed: FieldText
    amount: Decimal | None


class BlockLabel(NamedTuple):
    """The label of a block of money, of all of it (项目资金总额, 年度资金申请总额).

    `opens_row` says that nothing but labels beside blocks stands to its left: its parts may begin further left, where a
    text leaves out what is merged down. `phases` are those of the money it heads.
    """

    cell: LabelledCell
    opens_row: bool
    phases: frozenset[Phase]

    def stands_before(self, part: LabelledCell) -> bool:
        """Whether a label stands beside it, or below."""
        own, other = self.cell.cell, part.cell
        return own.row <= other.row and own.column <= other.column

    def stands_above(self, part: LabelledCell) -> bool:
        """Whether a label may begin further left in a row below it."""
        return self.opens_row and self.cell.row < part.row

    def keys(self, part: LabelledCell) -> list[Key]:
        """What a label may name in the block."""
        received: list[Key] = ["received"] if self.cell.meaning.label == "received" else []
        return received + [money for money in part.meaning.money if money.phase in self.phases]


def find_block_labels(cells: Sequence[LabelledCell]) -> list[BlockLabel]:
    """The labels that lead a block of money among the cells of a form's head.

    One that may head several (资金总额) heads the whole life's beside one that is the year's only, else the year's.
    """
    leading = [cell for cell in cells if (cell.meaning.money or cell.meaning.label) and is_block_label(cell)]
    return [_block_label(_of_one_phase(cell, leading, cells), cells) for cell in leading]


def _block_label(cell: LabelledCell, cells: Sequence[LabelledCell]) -> BlockLabel:
    phases = frozenset(money.phase for money in cell.meaning.money if money.source == "all")
    return BlockLabel(cell, _opens_row(cell, cells), phases)


def sides_of_one_amount(cells: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The cells that name a block (项目资金) with one amount alone beside them, as high, at the end of a row."""
    for _, in_row in groupby(cells, key=attrgetter("row")):
        *_, side, amount = (None, *in_row)
        if side and side.meaning.kind == "side" and _is_amount_beside(amount, side):
            yield side


def _is_amount_beside(amount: LabelledCell, side: LabelledCell) -> bool:
    is_free = amount.meaning is UNKNOWN and amount.end_row == side.end_row
    return is_free and not is_blank(amount.text) and parse_money(amount.text) is not None


def _of_one_phase(cell: LabelledCell, leading: Sequence[LabelledCell], cells: Sequence[LabelledCell]) -> LabelledCell:
    money = [one for one in cell.meaning.money if one.source == "all"]
    if len(money) < 2:
        return cell
    beside = (other for other in leading if other.row == cell.row and other is not cell)
    is_beside_year = any(map(_is_of_year_alone, beside)) or _stands_beside_block_of_year(cell, cells)
    phase = "total" if is_beside_year else "year"
    own = tuple(one for one in money if one.phase == phase)
    return cell._replace(meaning=cell.meaning._replace(money=own)) if own else cell


def _is_of_year_alone(label: LabelledCell) -> bool:
    return {one.phase for one in label.meaning.money} == {"year"}


def _stands_beside_block_of_year(label: LabelledCell, cells: Sequence[LabelledCell]) -> bool:
    """Whether the part right below a leading label names one source twice, the second time as the year's.

    Two blocks stand side by side there, whatever heads the other.
    """
    parts = [cell for cell in cells if cell.row == label.end_row and cell.meaning.money]
    own = next((cell for cell in parts if cell.column == label.column), None)
    sources = {one.source for one in own.meaning.money} if own else set()
    return any(
        _is_of_year_alone(part) and sources & {one.source for one in part.meaning.money}
        for part in parts
        if part is not own
    )


def is_block_label(cell: LabelledCell) -> bool:
    """Whether a label heads a block of money."""
    label, money = cell.meaning[:2]
    return label == "received" or (bool(money) and any(one.source == "all" for one in money))


def _opens_row(cell: LabelledCell, cells: Sequence[LabelledCell]) -> bool:
    row, column = cell.row, cell.column
    return all(other.meaning.is_side for other in cells if other.cell.row == row and other.cell.column < column)


def money_of(cell: LabelledCell, labels: Sequence[BlockLabel]) -> Key | None:
    """The money that a label names: that of the block whose leading label is nearest above or beside it.

    None where all blocks stand elsewhere: its own has lost its leading label.
    """
    if not labels or not cell.meaning.money:
        return _of_year(cell)
    before = [label for label in labels if label.stands_before(cell)]
    before = before or [label for label in labels if label.stands_above(cell)]
    near = [(label.cell.column, label.cell.row, key) for label in before for key in label.keys(cell)]
    return max(near, key=_place)[2] if near else None


def _place(near: tuple[int, int, Key]) -> tuple[int, int]:
    return near[:2]


def _of_year(cell: LabelledCell) -> Key | None:
    """The money of a label that no block has."""
    money = cell.meaning.money
    return next((one for one in money if one.phase == "year"), money[0]) if money else None


def read_amount(money: Money, printed: FieldText, scale: Decimal, coverage: Coverage) -> PrintedAmount:
    """An amount. It counts in units of `scale` yuan unless its own label, or the amount itself, names another.

    What is unreadable is reported.
    """
    amount = parse_money(printed.raw, money_unit(printed.label) or scale)
    if is_formula(printed.raw):
        message = Message("{field} is the formula of a worksheet, and no amount is printed", field=field_of(money))
        coverage.report("not_money", "info", message, printed.raw, printed.place)
        coverage.cover(*printed.cells)
    elif amount is None and printed.raw and not is_blank(printed.raw):
        message = Message("{field} is not an amount", field=field_of(money))
        coverage.report("not_money", "error", message, printed.raw, printed.place)
    else:
        coverage.cover(*printed.cells)
    return PrintedAmount(money, printed, amount)


def is_remark(printed: FieldText) -> bool:
    """Whether words stand where an amount would (参见附件): they are kept, and are no amount that was misread."""
    return says_no_amount(printed.raw)


def funding_fields(amounts: Sequence[PrintedAmount]) -> dict[FieldName, PrintedAmount]:
    """The amounts that a record has fields for: of a self-evaluation the adjusted budget, else the initial one."""
    found: dict[FieldName, PrintedAmount] = {}
    for money, field in FIELD_OF_MONEY.items():
        of_source = [amount for amount in amounts if amount.money.source == money.source]
        phases = _BUDGETS[money.phase]
        candidates = [amount for phase in phases for amount in of_source if amount.money.phase == phase]
        if candidates:
            found[field] = next((amount for amount in candidates if amount.amount is not None), candidates[0])
    return found


def amount_records(amounts: Sequence[PrintedAmount]) -> Iterator[Amount]:
    """The amounts one by one, in the order that the form prints them, each with its label."""
    for money, printed, amount in amounts:
        if amount is not None:
            yield Amount(
                phase=money.phase,
                source=money.recorded,
                amount=amount,
                raw=printed.raw,
                label_raw=printed.label,
                place=printed.place,
            )
