"""How a table leaves out what merged cells cover: a blank field for each column and row, or no field at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.rebuild.tabbed.tables import Table

Style = Literal["blank", "missing"]


def style_of(table: Table) -> Style:
    """How most rows of a table show that labels beside them are merged down."""
    rows = [row for row in table.rows if row.is_tabbed]
    full = _width(table)
    blank = sum(row.first > 0 for row in rows)
    missing = sum(row.first == 0 and len(row.fields) < full for row in _below_heads(table))
    if not table.heads:
        missing = sum(row.first == 0 and len(row.fields) != len(rows[0].fields) for row in rows)
    return "missing" if missing > blank else "blank"


def _width(table: Table) -> int:
    """How many fields the widest head has."""
    return max((len(row.fields) for at in table.heads for row in table.rows[at : at + 1]), default=0)


def _below_heads(table: Table) -> Iterator[Row]:
    first = min(table.heads, default=len(table.rows))
    yield from (row for row in _after(table.rows, first) if row.is_tabbed)


def _after(rows: Sequence[Row], index: int) -> Sequence[Row]:
    return rows[index + 1 :]
