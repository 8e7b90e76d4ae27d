"""Rows that a line break in a cell has broken, in tables whose rows all have the same count of fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.heads import head_rows
from perftable_etl.normalize.rebuild.tabbed.rows import Row, together
from perftable_etl.normalize.rebuild.tabbed.tables import Table

_EVEN = 0.7
"""The share of rows with one count of fields from which on that is the count of all: the others are broken."""

_MOST_LINES = 8
"""Lines that one row is broken into at most."""


def with_whole_rows(table: Table, vocabulary: Vocabulary) -> Table:
    """A table with its broken rows put together: of lines that give the count together, each is one row."""
    counts = Counter(len(row.fields) for row in table.rows if row.is_tabbed)
    ((count, often),) = counts.most_common(1)
    if often < _EVEN * sum(counts.values()) or often == len(table.rows):
        return table
    rows = tuple(_whole(table.rows, count))
    return Table(rows, head_rows(rows, vocabulary))


def _whole(rows: Sequence[Row], count: int) -> Iterator[Row]:
    index = 0
    while index < len(rows):
        lines = _lines_of_row(rows[index : index + _MOST_LINES], count)
        yield together(rows[index : index + lines])
        index += lines


def _lines_of_row(rows: Sequence[Row], count: int) -> int:
    """How many of these lines give a row of so many fields together; 1 where none do."""
    fields = len(rows[0].fields)
    for number, (before, row) in enumerate(pairwise(rows), start=2):
        if not rows[0].is_tabbed or fields >= count or not (before.fields[-1].text and row.fields[0].text):
            return 1
        fields += len(row.fields) - 1
        if fields == count:
            return number
    return 1
