"""How a text leaves out what merged cells cover: a blank field for each column and row, or no field at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width
from perftable_etl.normalize.rebuild.tabbed.tables import Table

Style = Literal["blank", "missing"]


def style_of(tables: Iterable[Table], vocabulary: Vocabulary) -> Style:
    """How most rows that go on beside a label show it: they begin with a blank, or they lack a field."""
    beginnings = [one for table in tables for one in _beginnings(table, vocabulary)]
    return "missing" if beginnings.count("missing") > beginnings.count("blank") else "blank"


def _beginnings(table: Table, vocabulary: Vocabulary) -> Iterator[Style]:
    """What each row says that must stand beside a label: one of an indicator table, or one of money."""
    if not table.heads:
        yield from _by_count(table)
        return
    first = min(table.heads)
    yield from _beside_money(table.rows[:first], vocabulary)
    body = table.rows[first + table.heads[first] :]
    width = max(len(table.rows[first].fields), full_width(body))
    for row in body:
        if row.is_tabbed and row.first:
            yield "blank"
        elif row.is_tabbed and len(row.fields) < width:
            yield "missing"


def _beside_money(rows: Iterable[Row], vocabulary: Vocabulary) -> Iterator[Style]:
    """What rows of money say below one that begins with a label for all of them."""
    is_beside = False
    for row in rows:
        texts = row.texts[:2]
        if texts and row.is_tabbed and vocabulary.meaning(texts[0]).money:
            if is_beside:
                yield "blank" if row.first else "missing"
        else:
            is_beside = len(texts) > 1 and row.first == 0 and bool(vocabulary.meaning(texts[1]).money)


def _by_count(table: Table) -> Iterator[Style]:
    """What the rows of a table without a head say by their counts of fields."""
    rows = [row for row in table.rows if row.is_tabbed]
    for row in rows:
        if row.first:
            yield "blank"
        elif len(row.fields) != len(rows[0].fields):
            yield "missing"
