"""What a form prints as often as it likes, beside its fields: amounts, tasks, other labels, unread cells."""

from __future__ import annotations

from decimal import Decimal

from perftable_etl import fields
from perftable_etl.target import Place, Record


class Amount(Record):
    """One printed amount of money in yuan, exact: whose money and where it comes from, with the label it has.

    `amount` is None where it has more digits than a database keeps.
    """

    phase: fields.Phase
    source: fields.MoneySource
    amount: Decimal | None
    raw: str
    label_raw: str
    place: Place


class Task(Record):
    """One task of a whole department (任务), with its money in yuan.

    `amount` is all of it; parts are the basic expenditure (基本支出) and that on projects (项目支出).
    """

    name: str | None
    content: str | None = None
    amount: Decimal | None = None
    basic_amount: Decimal | None = None
    project_amount: Decimal | None = None
    raw: str
    place: Place


class OtherField(Record):
    """A label and its value that no field of ours stands for, as printed."""

    label: str
    value: str
    place: Place


class UnreadCell(Record):
    """A cell that was not understood: its printed text and where it is in the form's grid, rows and columns from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place
