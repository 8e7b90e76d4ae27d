"""How a text leaves out what merged cells cover: a blank field for each column and row, or no field at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width
from perftable_etl.normalize.rebuild.tabbed.tables import Table

Style = Literal["blank", "missing"]


def style_of(tables: Sequence[Table], vocabulary: Vocabulary) -> Style:
    """How most rows that go on beside a label show it: they begin with a blank, or they lack a field.

    Where no row shows it, rows of unequal counts of fields do.
    """
    beginnings = [one for table in tables for one in _beginnings(table, vocabulary)]
    missing, blank = beginnings.count("missing"), beginnings.count("blank")
    if missing == blank == 0:
        return "blank" if all(map(_is_even, tables)) else "missing"
    return "missing" if missing > blank else "blank"


def _is_even(table: Table) -> bool:
    return len({len(row.fields) for row in table.rows if row.is_tabbed}) == 1


def _beginnings(table: Table, vocabulary: Vocabulary) -> Iterator[Style]:
    """What each row says that must stand beside a label: one of an indicator table, or one of money."""
    if not table.heads:
        yield from _by_count(table)
        return
    first = min(table.heads)
    yield from _beside_money(table.rows[:first], vocabulary)
    start = first + table.heads[first]
    body = table.rows[start:]
    width = len(table.rows[first].fields)
    yield from (_beginning(row) for row in table.rows[first + 1 : start] if row.first or len(row.fields) < width)
    width = max(width, full_width(body))
    yield from (_beginning(row) for row in body if row.is_tabbed and (row.first or len(row.fields) < width))


def _beginning(row: Row) -> Style:
    return "blank" if row.first else "missing"


def _beside_money(rows: Iterable[Row], vocabulary: Vocabulary) -> Iterator[Style]:
    """What rows of money say below one that begins with a label for all of them."""
    is_beside = False
    for row in rows:
        texts = row.texts[:1]
        if texts and row.is_tabbed and vocabulary.meaning(texts[0]).money:
            if is_beside:
                yield _beginning(row)
        else:
            is_beside = row.first == 0 and any(vocabulary.meaning(text).money for text in row.texts[1:])


def _by_count(table: Table) -> Iterator[Style]:
    """What the rows of a table without a head say by their counts of fields."""
    rows = [row for row in table.rows if row.is_tabbed]
    for row in rows:
        if row.first:
            yield "blank"
        elif len(row.fields) != len(rows[0].fields):
            yield "missing"
