"""The labelled part of a form: header fields, money and goals, each found by its label.

A label's value stands to its right; a goal's (项目总目标, 年度总体目标) stands below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.document import Cell, Place
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.layouts.layout import FieldLabels, Layout
from perftable_etl.normalize.layouts.vocabulary import GOALS
from perftable_etl.normalize.values.dates import is_open, names_day, parse_date
from perftable_etl.normalize.values.look_alikes import look_alikes
from perftable_etl.normalize.values.money import is_blank, money_unit, parse_money
from perftable_etl.normalize.values.text import clean, unquote
from perftable_etl.records import FieldName, Source

_COLON = regex.compile(f"[{look_alikes(':')}]")


class PrintedLabel(NamedTuple):
    """A label on the form, and the rest of its cell where the value is printed in the same one."""

    cell: Cell
    field: FieldName
    inline: str = ""

    @property
    def text(self) -> str:
        """The label itself."""
        return self.cell.text.removesuffix(self.inline)


class FieldText(NamedTuple):
    """What stands for one field on the paper: its text with line breaks, the cells it comes from, and its label."""

    raw: str
    cells: tuple[Cell, ...]
    label: str

    @property
    def place(self) -> Place:
        """Where the first of its cells stands."""
        return self.cells[0].place


Values = Mapping[FieldName, FieldText]


def find_labels(cells: Sequence[Cell], layout: Layout) -> list[PrintedLabel]:
    """The labels among `cells` (those above the indicator table), in reading order.

    A money label belongs to the block whose leading label (项目资金总额, 年度资金申请总额) is nearest above or
    beside it.
    """
    leading = [(cell, block) for cell in cells for block in layout.funds if _is_leading(block, cell)]
    labels = []
    for cell in cells:
        found = _whole_cell_label(cell, layout, leading) or _label_with_value(cell, layout, leading)
        if found:
            labels.append(found)
    return labels


def _is_leading(block: FieldLabels, cell: Cell) -> bool:
    return block.find(_before_colon(cell.text)) == next(iter(block.meanings.values()))


@lru_cache(maxsize=4096)
def _before_colon(text: str) -> str:
    """A text up to its first colon."""
    return _COLON.split(text, maxsplit=1)[0]


def _whole_cell_label(cell: Cell, layout: Layout, leading: Sequence[tuple[Cell, FieldLabels]]) -> PrintedLabel | None:
    """The label that the whole cell is."""
    field = _field(cell.text, cell, layout, leading)
    return PrintedLabel(cell, field) if field else None


def _label_with_value(cell: Cell, layout: Layout, leading: Sequence[tuple[Cell, FieldLabels]]) -> PrintedLabel | None:
    """The label at the head of a cell that goes on with the value: 项目名称：网络宣传工作."""
    head = _before_colon(cell.text)
    value = cell.text[len(head) + 1 :].strip()
    field = _field(head, cell, layout, leading) if value else None
    return PrintedLabel(cell, field, value) if field else None


def _field(text: str, cell: Cell, layout: Layout, leading: Sequence[tuple[Cell, FieldLabels]]) -> FieldName | None:
    field = layout.labels.find(text)
    if field:
        return field
    near = [
        (leading_cell.column, leading_cell.row, found)
        for leading_cell, block in leading
        if leading_cell.column <= cell.column and leading_cell.row <= cell.row and (found := block.find(text))
    ]
    return max(near)[2] if near else None


def read_values(
    labels: Sequence[PrintedLabel], rows: Sequence[Sequence[Cell]], last_row: int, coverage: Coverage
) -> Values:
    """What is printed for every labelled field; a blank too. Only the first of two equal labels counts.

    `rows` are the form's cells by grid row, `last_row` the first row of the indicator table.
    """
    names = {id(label.cell) for label in labels}
    values: dict[FieldName, FieldText] = {}
    for label in labels:
        coverage.cover(label.cell)
        printed = _printed(label, labels, rows[:last_row], names)
        if label.field not in values:
            values[label.field] = printed
        elif printed.raw:
            coverage.report("label_twice", "warning", f"the form repeats {label.field}", printed.raw, printed.place)
    return values


def _printed(
    label: PrintedLabel, labels: Sequence[PrintedLabel], rows: Sequence[Sequence[Cell]], names: set[int]
) -> FieldText:
    if label.inline:
        return FieldText(label.inline, (label.cell,), label.text)
    beside = [cell for cell in _cells_beside(label.cell, rows, names) if cell.text]
    if label.field not in GOALS:
        return FieldText(beside[0].text if beside else "", tuple(beside[:1]), label.text)
    cells = tuple(beside or _cells_below(label, labels, rows))
    return FieldText("\n".join(cell.text for cell in cells), cells, label.text)


def _cells_beside(label: Cell, rows: Sequence[Sequence[Cell]], names: set[int]) -> Iterator[Cell]:
    """The cells to the right of a label, up to the next label."""
    for cell in rows[label.row]:
        if cell.column >= label.end_column:
            if id(cell) in names:
                return
            yield cell


def _cells_below(label: PrintedLabel, labels: Sequence[PrintedLabel], rows: Sequence[Sequence[Cell]]) -> Iterator[Cell]:
    """The cells under a goal's label, in the row below it and in more of the same columns (after a page break).

    A cell that reaches under two goals goes to the one it is under most.
    """
    rivals = [other for other in labels if other.field in GOALS and other.cell.row == label.cell.row]
    first = label.cell.end_row
    for row in range(first, len(rows)):
        if _columns_of(rows[row]) != _columns_of(rows[first]):
            return
        for cell in rows[row]:
            if cell.row == row and cell.text and _overlap(cell, label.cell) > 0 and _owner(cell, rivals) is label:
                yield cell


def _columns_of(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """The columns of the cells that cover a row, labels beside it left out."""
    return [(cell.column, cell.end_column) for cell in cells if cell.column > 0]


def _owner(cell: Cell, goals: Sequence[PrintedLabel]) -> PrintedLabel:
    """The goal that a cell is under most."""
    return max(goals, key=lambda goal: _overlap(cell, goal.cell))


def _overlap(one: Cell, other: Cell) -> int:
    """How many grid columns two cells share."""
    return min(one.end_column, other.end_column) - max(one.column, other.column)


def read_text(values: Values, field: FieldName, coverage: Coverage) -> str | None:
    """A field's clean text; None where it is blank."""
    printed = values.get(field)
    if printed is None or not printed.raw:
        return None
    coverage.cover(*printed.cells)
    return clean(printed.raw) or None


def read_goal(values: Values, field: FieldName, coverage: Coverage) -> str | None:
    """A goal's clean text, without the quotation marks that a spreadsheet left around it."""
    text = read_text(values, field, coverage)
    return unquote(text) or None if text else None


def read_date(values: Values, field: FieldName, coverage: Coverage) -> date | None:
    """A date field; None where it is blank, open (长期) or unreadable.

    What is unreadable is reported, and a day that is not printed: of a period it is the first or last.
    """
    printed = values.get(field)
    if printed is None or not printed.raw:
        return None
    is_end = field == "end_date"
    day = parse_date(printed.raw, end=is_end)
    if day is None and not is_open(printed.raw):
        coverage.report("not_a_date", "error", f"{field} is not a date", printed.raw, printed.place)
        return None
    coverage.cover(*printed.cells)
    if day is not None and not names_day(printed.raw, end=is_end):
        message = f"{field} prints no day; {day} is the {'last' if is_end else 'first'} day of its period"
        coverage.report("day_inferred", "warning", message, printed.raw, printed.place)
    return day


def labels_of(values: Values) -> Iterator[tuple[str, Place | None]]:
    """The labels of the fields, each with the place of its value, if that is not blank."""
    return ((printed.label, printed.place if printed.cells else None) for printed in values.values())


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


def sources(values: Values) -> Iterator[Source]:
    """Where each field that is not blank stands: one source for every cell, or part of one, it is printed in."""
    for field, printed in values.items():
        parts = [part for cell in printed.cells for part in cell.printed]
        if len(parts) == 1:
            yield Source(field=field, raw=printed.raw, place=printed.place)
        else:
            yield from (Source(field=field, raw=text, place=place) for text, place in parts)
