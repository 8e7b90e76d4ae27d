"""Labels that name a block and have no value of their own, known by their shape.

A cell that is merged down beside several others says what these rows are about (二、预算执行情况). Cells side by side
that are merged across over labels say it of the columns below (预算安排情况). The head of a column of money stands
where values stand, with an amount right below (金额（万元）).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import Rows
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN
from perftable_etl.normalize.values.money import is_figure

_FEWEST = 2


def find_sides(cells: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    """The cells among those of a form's head that name blocks of rows, or groups of columns."""
    for _, in_row in groupby(cells, key=row_of):
        printed = [cell for cell in in_row if cell.cell.text]
        beside = [cell for cell in printed if stands_beside(cell, rows)]
        yield from beside
        yield from _groups([cell for cell in printed if cell not in beside] if beside else printed, rows)
        yield from (cell for cell in printed if _heads_money(cell, rows))


def stands_beside(cell: LabelledCell, rows: Rows) -> bool:
    """Whether a cell is merged down beside several others, and is neither the label of a field nor a value."""
    meaning = cell.meaning
    if cell.cell.row_span < _FEWEST or not (meaning.is_side or (meaning is UNKNOWN and may_be_label(cell.text))):
        return False
    rows_of = range(cell.row, cell.end_row)
    beside = {id(other) for row in rows_of for other in rows[row] if other.column == cell.end_column}
    return len(beside) >= _FEWEST and not any(
        _is_label(other) for other in rows[cell.row] if other.column < cell.column
    )


def _is_label(cell: LabelledCell) -> bool:
    return cell.meaning.label is not None or bool(cell.meaning.money)


def _groups(printed: Sequence[LabelledCell], rows: Rows) -> Sequence[LabelledCell]:
    """The cells of a row that are merged across over labels, where nothing in the row is a value."""
    wide = [cell for cell in printed if cell.meaning is UNKNOWN and cell.cell.column_span >= _FEWEST]
    if len(wide) < _FEWEST or not all(_is_label(cell) or may_be_label(cell.text) for cell in printed):
        return ()
    groups = [cell for cell in wide if _stands_over(cell, rows)]
    return groups if len(groups) >= _FEWEST else ()


def _stands_over(cell: LabelledCell, rows: Rows) -> bool:
    if cell.end_row >= len(rows):
        return False
    below = [other for other in rows[cell.end_row] if _is_under(other, cell)]
    return len(below) >= _FEWEST and _is_label(below[0])


def _is_under(cell: LabelledCell, head: LabelledCell) -> bool:
    return cell.row == head.end_row and head.column <= cell.column and cell.end_column <= head.end_column


def _at(column: int, cells: Sequence[LabelledCell]) -> LabelledCell | None:
    """The cell of a row that begins in a column."""
    return next((cell for cell in cells if cell.cell.column == column), None)


def _heads_money(cell: LabelledCell, rows: Rows) -> bool:
    """Whether the label of an amount heads a column: an amount or a blank stands below it, and no value beside it."""
    if not cell.meaning.money or cell.inline or cell.end_row >= len(rows):
        return False
    beside, below = _at(cell.end_column, rows[cell.row]), _at(cell.column, rows[cell.end_row])
    if below is None or below.end_column != cell.end_column or (beside is not None and not beside.text):
        return False
    is_label = beside is None or _is_label(beside) or may_be_label(beside.text)
    return is_label and (is_figure(below.text) or not below.text)
