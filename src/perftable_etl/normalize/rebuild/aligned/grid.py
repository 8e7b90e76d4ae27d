"""The grid of a form without rules, in columns of its own: one for side labels, then what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from perftable_etl.document import Box, Cell, Grid, Place
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow, GoalRow
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.merged_labels import MergedLabel
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.aligned.table import IndicatorTable
from perftable_etl.records import FieldName

_SIDE = (0, 1)


def make_grid(fields: Sequence[FieldRow], goals: GoalRow | None, table: IndicatorTable, sides: Sequence[Label]) -> Grid:
    """One grid of all parts of a form, its rows from top to bottom."""
    starts = _label_columns(fields)
    width = max([2 * len(starts) + 1, len(table.columns) + 1, 3])
    cells = [cell for row, field in enumerate(fields) for cell in _field_cells(field, row, starts, width)]
    cells += [side.passage.cell(_nearest(side.passage, fields), *_SIDE) for side in sides]
    row = len(fields)
    if goals:
        cells += _goal_cells(goals, row, width)
        row += 2
    strays = [*(stray for field in fields for stray in field.strays), *table.strays]
    cells += [stray.cell(row + index, 1, width) for index, stray in enumerate(strays)]
    cells += _table_cells(table, row + len(strays), width)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    page = min(cell.place.page for cell in cells)
    box = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    boundaries = tuple(float(column) for column in range(width + 1))
    return Grid(tuple(cells), row + len(strays) + 1 + len(table.rows), boundaries, Place(page, box))


def _label_columns(fields: Sequence[FieldRow]) -> list[float]:
    """Where the columns of labels begin: labels that overlap across the page stand in one."""
    starts: list[float] = []
    end = float("-inf")
    for passage in sorted(
        (slot.label.passage for field in fields for slot in field.slots), key=lambda passage: passage.x0
    ):
        if passage.x0 > end:
            starts.append(passage.x0)
        end = max(end, passage.x1)
    return starts


def _field_cells(field: FieldRow, row: int, starts: Sequence[float], width: int) -> Iterator[Cell]:
    columns = [2 * sum(start <= slot.label.passage.x0 for start in starts) - 1 for slot in field.slots]
    for slot, value, (column, following) in zip(field.slots, field.values, pairwise([*columns, width]), strict=True):
        yield slot.label.passage.cell(row, column, column + 1)
        if value:
            yield value.cell(row, column + 1, max(following, column + 2))


def _nearest(side: Passage, fields: Sequence[FieldRow]) -> int:
    return min(range(len(fields)), key=lambda row: abs(fields[row].middle - side.middle), default=0)


def _goal_cells(goals: GoalRow, row: int, width: int) -> Iterator[Cell]:
    share = (width - 1) // len(goals.labels)
    for label, value, start in zip(goals.labels, goals.values, count(1, share), strict=False):
        yield label.passage.cell(row, start, start + share)
        if value:
            yield value.cell(row + 1, start, start + share)


def _has_rows(merged: MergedLabel) -> bool:
    return merged.first < merged.last


_LEVELS: tuple[FieldName, FieldName] = ("level1", "level2")
_LEAVES: tuple[FieldName, FieldName] = ("level3", "target")


def _table_cells(table: IndicatorTable, header: int, width: int) -> Iterator[Cell]:
    """The header, the rows below it, and the merged labels beside them."""
    columns = {column.head.field: index for index, column in enumerate(table.columns, start=1)}
    for index, column in enumerate(table.columns, start=1):
        yield column.head.passage.cell(header, index, index + 1)
    for row, pair in enumerate(table.rows, start=header + 1):
        for field, passage in zip(_LEAVES, (pair.name, pair.target), strict=True):
            if passage:
                yield passage.cell(row, columns[field], columns[field] + 1)
    for field, merged_labels in zip(_LEVELS, (table.level1, table.level2), strict=True):
        for merged in filter(_has_rows, merged_labels):
            yield merged.label.cell(
                header + 1 + merged.first, columns[field], columns[field] + 1, merged.last - merged.first
            )
