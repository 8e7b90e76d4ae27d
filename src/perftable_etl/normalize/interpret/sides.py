"""Labels that name a block and have no value of their own, known by their shape.

A cell that is merged down beside several others says what these rows are about (二、预算执行情况). Cells side by side
that are merged across over labels say it of the columns below (预算安排情况). The head of a column of money stands
where values stand, with an amount right below (金额（万元）), and beside it the head of the labels (资金来源).
A cell as wide as the table names the section below (基本信息).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import Rows
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN
from perftable_etl.normalize.values.money import is_figure, is_formula

_FEWEST = 2


def find_sides(cells: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    """The cells among those of a form's head that name blocks of rows, or groups of columns."""
    for _, in_row in groupby(cells, key=row_of):
        printed = [cell for cell in in_row if cell.text]
        if len(printed) == 1 and _names_section(printed[0], rows):
            yield printed[0]
            continue
        beside = [cell for cell in printed if cell.cell.row_span >= _FEWEST and stands_beside(cell, rows)]
        yield from beside
        yield from _groups([cell for cell in printed if cell not in beside] if beside else printed, rows)
        over_money = [cell for cell in printed if cell.meaning.money and heads_money(cell, rows)]
        if over_money:
            yield from over_money
            yield from (cell for cell in printed if any(_is_corner(cell, head, rows) for head in over_money))


def _names_section(cell: LabelledCell, rows: Rows) -> bool:
    """Whether a cell as wide as the table, of words alone, stands over a row with known labels."""
    is_worded = cell.meaning is UNKNOWN and not cell.inline and may_be_label(cell.text)
    if not is_worded or cell.cell.row_span > 1 or len(rows[cell.row]) > 1 or cell.end_row >= len(rows):
        return False
    return any(_is_label(other) or other.meaning.column for other in rows[cell.end_row][1:])


def _is_corner(cell: LabelledCell, head: LabelledCell, rows: Rows) -> bool:
    """Whether a cell beside the head of a column of money heads the labels of the rows below."""
    if cell.meaning is not UNKNOWN or cell.end_column != head.column or not may_be_label(cell.text):
        return False
    below = _at(cell.column, rows[cell.end_row]) if cell.end_row < len(rows) else None
    return below is not None and below.end_column == cell.end_column and may_be_label(below.text)


def stands_beside(cell: LabelledCell, rows: Rows) -> bool:
    """Whether a cell is merged down beside several others, and is neither the label of a field nor a value.

    One of these may be such a cell itself, as high as it is.
    """
    meaning = cell.meaning
    if cell.cell.row_span < _FEWEST or not (meaning.is_side or (meaning is UNKNOWN and may_be_label(cell.text))):
        return False
    beside = {id(other): other for row in range(cell.row, cell.end_row) for other in rows[row]}
    nearest = [other for other in beside.values() if other.column == cell.end_column]
    is_block = len(nearest) >= _FEWEST or any(stands_beside(other, rows) for other in nearest)
    return is_block and not any(_is_label(other) for other in rows[cell.row] if other.column < cell.column)


def _is_label(cell: LabelledCell) -> bool:
    return cell.meaning.label is not None or bool(cell.meaning.money)


def _groups(printed: Sequence[LabelledCell], rows: Rows) -> Sequence[LabelledCell]:
    """The cells of a row that are merged across over labels, where nothing in the row is a value.

    So is no row with the label of a field, which has its value beside it.
    """
    wide = [cell for cell in printed if cell.cell.column_span >= _FEWEST and cell.meaning is UNKNOWN]
    if len(wide) < _FEWEST or any(cell.meaning.label for cell in printed):
        return ()
    if not all(_is_label(cell) or may_be_label(cell.text) for cell in printed):
        return ()
    if len(printed) == len(rows[printed[0].row]) == _FEWEST:
        return ()  # they fill the row, and may as well be a label with its value
    groups = [cell for cell in wide if _stands_over(cell, rows)]
    return groups if len(groups) >= _FEWEST else ()


def _stands_over(cell: LabelledCell, rows: Rows) -> bool:
    """Whether a label with its value stands below a cell; where two labels do, they are heads, and it is a value."""
    row, first, end = cell.end_row, cell.column, cell.end_column
    if row >= len(rows):
        return False
    below = [other for other in rows[row] if other.row == row and first <= other.column and other.end_column <= end]
    return len(below) >= _FEWEST and _is_label(below[0]) and not _is_label(below[1])


def _at(column: int, cells: Sequence[LabelledCell]) -> LabelledCell | None:
    """The cell of a row that begins in a column."""
    for cell in cells:
        if cell.column == column:
            return cell
    return None


def heads_money(cell: LabelledCell, rows: Rows) -> bool:
    """Whether the label of an amount heads a column: an amount or a blank stands below it, and no value beside it."""
    if not cell.meaning.money or cell.inline or cell.end_row >= len(rows):
        return False
    beside = _at(cell.end_column, rows[cell.row])
    if beside is not None and not (beside.text and (_is_label(beside) or may_be_label(beside.text))):
        return False
    below = _at(cell.column, rows[cell.end_row])
    if below is None or below.end_column != cell.end_column:
        return False
    return _is_amount(below.text) if below.text else _is_labelled(below, rows)


def _is_amount(text: str) -> bool:
    return is_figure(text) or is_formula(text)


def _is_labelled(blank: LabelledCell, rows: Rows) -> bool:
    """Whether a text stands right before a blank: the label of the amount that it has not."""
    before = (cell for cell in rows[blank.row] if cell.end_column == blank.column)
    return any(cell.text for cell in before)
