"""Rows that sum up the points of an indicator table, whatever their label: they have the sums, and nothing to reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perftable_etl.normalize.forms.table_heads import IndicatorColumn
from perftable_etl.normalize.interpret.target_columns import Rows
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.weights import parse_weight

_POINTS: frozenset[ColumnName | None] = frozenset({"weight", "score"})
_REACHED: frozenset[ColumnName | None] = frozenset({"target", "actual", "sign", "unit"})
_FEWEST = 2
"""Rows that are summed up."""


def rows_of_sums(columns: Sequence[IndicatorColumn], body: Sequence[int], rows: Rows) -> Iterator[int]:
    """The rows whose points are the sums of those above, in a table of targets; they have none."""
    names = {column.name for column in columns}
    if names.isdisjoint(_POINTS) or "target" not in names:
        return
    by_place = {place: column.name for column in columns for place in range(column.first, column.end)}
    sums: dict[ColumnName, Decimal] = {}
    count = 0
    for row in body:
        printed = _printed(row, by_place, rows)
        points = {name: points for name, text in printed.items() if name in _POINTS and (points := parse_weight(text))}
        if count >= _FEWEST and points and points == sums and printed.keys().isdisjoint(_REACHED):
            yield row
            continue
        count += bool(points)
        for name, own in points.items():
            sums[name] = sums.get(name, Decimal()) + own


def _printed(row: int, by_place: Mapping[int, ColumnName | None], rows: Rows) -> dict[ColumnName, str]:
    """The texts that begin in a row, by the column they stand in."""
    own = (cell for cell in rows[row] if cell.row == row and cell.text)
    return {name: cell.text for cell in own if (name := by_place.get(cell.column))}
