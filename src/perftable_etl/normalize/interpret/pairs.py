"""Pairs: a label and the value to its right, or in the same cell after a colon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from perftable_etl.document import Cell, Place
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.goals import cells_below, is_goal
from perftable_etl.normalize.values.dates import is_open, names_day, parse_date
from perftable_etl.normalize.values.text import clean, unquote
from perftable_etl.records import FieldName, Source

Rows = Sequence[Sequence[LabelledCell]]
"""A form's cells by grid row, those that cover several in each of them, from left to right."""


class PrintedLabel(NamedTuple):
    """A label on the form, and the field it names there."""

    cell: LabelledCell
    field: FieldName

    @property
    def text(self) -> str:
        """The label itself."""
        return self.cell.text.removesuffix(self.cell.inline)


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
"""What is printed for each field; a blank too."""


def find_labels(
    cells: Sequence[LabelledCell], amount: Callable[[LabelledCell], FieldName | None]
) -> list[PrintedLabel]:
    """The labels among `cells` (those above the indicator table), in reading order.

    `amount` tells which amount a label of money names where it stands.
    """
    return [PrintedLabel(cell, field) for cell in cells if (field := cell.meaning.label or amount(cell))]


def read_values(labels: Sequence[PrintedLabel], rows: Rows, coverage: Coverage) -> Values:
    """What is printed for every labelled field. Only the first of two equal labels counts.

    `rows` are those above the indicator table.
    """
    names = [label.cell for label in labels]
    values: dict[FieldName, FieldText] = {}
    for label in labels:
        coverage.cover(label.cell.cell)
        printed = _printed(label, names, rows)
        if label.field not in values:
            values[label.field] = printed
        elif printed.raw:
            coverage.report("label_twice", "warning", f"the form repeats {label.field}", printed.raw, printed.place)
    return values


def _printed(label: PrintedLabel, names: Sequence[LabelledCell], rows: Rows) -> FieldText:
    cell = label.cell
    if cell.inline:
        return FieldText(cell.inline, (cell.cell,), label.text)
    beside = [value.cell for value in _cells_beside(cell, rows, names) if value.text]
    if not is_goal(cell):
        return FieldText(beside[0].text if beside else "", tuple(beside[:1]), label.text)
    cells = tuple(beside or (value.cell for value in cells_below(cell, names, rows)))
    return FieldText("\n".join(cell.text for cell in cells), cells, label.text)


def _cells_beside(label: LabelledCell, rows: Rows, names: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The cells to the right of a label, up to the next label."""
    others, end = set(map(id, names)), label.end_column
    for cell in rows[label.row]:
        if cell.cell.column >= end:
            if id(cell) in others:
                return
            yield cell


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


def sources(values: Values) -> Iterator[Source]:
    """Where each field that is not blank stands: one source for every cell, or part of one, it is printed in."""
    for field, printed in values.items():
        parts = [part for cell in printed.cells for part in cell.printed]
        if len(parts) == 1:
            yield Source(field=field, raw=printed.raw, place=printed.place)
        else:
            yield from (Source(field=field, raw=text, place=place) for text, place in parts)
