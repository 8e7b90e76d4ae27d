"""Goals: labels whose text stands beside them or, where several goals stand side by side, below."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import LabelledValue, Rows
from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS

_SIDE_AND_TEXT = 2


def is_goal(label: LabelledCell) -> bool:
    """Whether a label is that of a goal."""
    return label.meaning.label in GOALS


def stands_beside_goals(label: LabelledCell, labels: Sequence[LabelledCell]) -> bool:
    """Whether a goal's label only says what the goals beside it are (总体目标 beside 长期目标 and 年度目标).

    It goes on down beside their texts, and they are labels of their own.
    """
    return (
        is_goal(label)
        and not label.inline
        and label.cell.row_span > 1
        and any(other.row == label.row and other.column >= label.end_column and is_goal(other) for other in labels)
    )


def sides_of_one_text(cells: Sequence[LabelledCell], sides: Collection[str]) -> Iterator[LabelledCell]:
    """The cells that print one of `sides` with one text alone beside them, of their height and longer than they are."""
    for _, in_row in groupby(cells, key=attrgetter("row")):
        row = list(in_row)
        if len(row) == _SIDE_AND_TEXT and label_key(row[0].text) in sides and _is_text_beside(row[1], row[0]):
            yield row[0]


def _is_text_beside(text: LabelledCell, side: LabelledCell) -> bool:
    is_free = text.meaning is UNKNOWN and not text.inline and text.end_row == side.end_row
    return is_free and len(text.text) > len(side.text)


def with_whole(entries: Sequence[LabelledValue], vocabulary: Vocabulary) -> Iterator[LabelledValue]:
    """Entries, where a goal that names no time stands beside the year's: that is the goal of all years."""
    periods = {vocabulary.period(printed.label) for key, printed in entries if key == "annual_goal"}
    is_beside = {None, "year"} <= periods and all(key != "overall_goal" for key, _ in entries)
    for key, printed in entries:
        is_whole = is_beside and key == "annual_goal" and vocabulary.period(printed.label) is None
        yield LabelledValue("overall_goal" if is_whole else key, printed)


def unknown_heads(goal: LabelledCell, rows: Rows) -> list[LabelledCell]:
    """The cells beside a goal's label that nobody knows and that head texts below as it does: not its value.

    Each text has the columns of its head and is no shorter, and one label goes on down beside both rows.
    """
    column, end_row = goal.column, goal.row + 2
    if goal.inline or not any(cell.end_column == column and cell.end_row == end_row for cell in rows[goal.row]):
        return []
    heads = [goal, *_starting_right_of(goal.end_column, goal.row, rows)]
    texts = _starting_right_of(goal.column, goal.row + 1, rows)
    if _columns_of(heads) != _columns_of(texts) or not texts[0].text:
        return []
    are_heads = all(cell.meaning is UNKNOWN and may_be_label(cell.text) for cell in heads[1:])
    return heads[1:] if are_heads and all(map(_may_be_below, texts, heads)) else []


def _starting_right_of(column: int, row: int, rows: Rows) -> list[LabelledCell]:
    return [cell for cell in rows[row] if cell.row == row and cell.column >= column] if row < len(rows) else []


def _may_be_below(text: LabelledCell, head: LabelledCell) -> bool:
    return not text.text or (not text.is_label and len(text.text) >= len(head.text))


def cells_below(label: LabelledCell, labels: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    """The cells under the label of a goal, or of what stands beside one: in the row below, and in more of its columns.

    A cell that reaches under two goals goes to the one it is under most. Where a label stands, another thing begins.
    """
    own = label.cell.row
    others = set(map(id, labels))
    rivals = [other for other in labels if other.cell.row == own and (is_goal(other) or other is label)]
    first = label.end_row
    columns = _columns_of(rows[first]) if first < len(rows) else []
    for row in range(first, len(rows)):
        begun = [cell for cell in rows[row] if cell.row == row]
        if (row > first and _columns_of(rows[row]) != columns) or not others.isdisjoint(map(id, begun)):
            return
        for cell in begun:
            if cell.text and _overlap(cell, label) > 0 and _owner(cell, rivals) is label:
                yield cell


def _columns_of(cells: Sequence[LabelledCell]) -> list[tuple[int, int]]:
    """The columns of the cells that cover a row, labels beside it left out."""
    shapes = (labelled.cell for labelled in cells)
    return [(cell.column, cell.column_span) for cell in shapes if cell.column > 0]


def _owner(cell: LabelledCell, goals: Sequence[LabelledCell]) -> LabelledCell:
    """The goal that a cell is under most."""
    return max(goals, key=lambda goal: _overlap(cell, goal))


def _overlap(one: LabelledCell, other: LabelledCell) -> int:
    """How many grid columns two cells share."""
    return min(one.end_column, other.end_column) - max(one.column, other.column)
