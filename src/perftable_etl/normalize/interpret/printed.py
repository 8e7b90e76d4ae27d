"""What a form prints for one thing: the label, what the label names, and the text beside or below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perftable_etl.document import Cell, Place
from perftable_etl.fields import Money
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.words import FormLabel
from perftable_etl.records import FieldName, Source

Key = FieldName | FormLabel | Money
"""What a label names: a field, what is a field together with others, or which money an amount is."""

Rows = Sequence[Sequence[LabelledCell]]
"""A form's cells by grid row, those that cover several in each of them, from left to right."""


class FieldText(NamedTuple):
    """What stands for one field on the paper: its text with line breaks, the cells it comes from, and its label."""

    raw: str
    cells: tuple[Cell, ...]
    label: str

    @property
    def place(self) -> Place:
        """Where the first of its cells stands."""
        return self.cells[0].place


class LabelledValue(NamedTuple):
    """A label with what is printed for it, a blank too; `key` is None where no word says what the label names."""

    key: Key | None
    printed: FieldText


Values = Mapping[FieldName, FieldText]
"""What is printed for each field; a blank too."""


def sources(values: Values) -> Iterator[Source]:
    """Where each field that is not blank stands: one source for every cell, or part of one, it is printed in."""
    for field, printed in values.items():
        parts = [part for cell in printed.cells for part in cell.printed]
        if len(parts) == 1:
            yield Source(field=field, raw=printed.raw, place=printed.place)
        else:
            yield from (Source(field=field, raw=text, place=place) for text, place in parts)


def joined(cells: Iterable[LabelledCell]) -> str:
    """The texts of some cells, one a line."""
    return "\n".join([cell.text for cell in cells])
