"""Pairs: a label and the value to its right, or in the same cell after a colon. Labels may be known, or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.goals import cells_below, is_goal, stands_beside_goals, unknown_heads
from perftable_etl.normalize.interpret.printed import Entry, FieldText, Key, Rows, joined
from perftable_etl.normalize.interpret.unknown_labels import take_turns


class PrintedLabel(NamedTuple):
    """A label on the form, and what it names there; None where no word tells.

    `is_above` says that its text may stand below it.
    """

    cell: LabelledCell
    key: Key | None
    is_above: bool = False

    @property
    def text(self) -> str:
        """The label itself."""
        return self.cell.text.removesuffix(self.cell.inline)


class FoundLabels(NamedTuple):
    """The labels of a form that are known, in reading order, and those that only say what the goals beside them are."""

    known: list[PrintedLabel]
    sides: list[LabelledCell]


def find_labels(cells: Sequence[LabelledCell], amount: Callable[[LabelledCell], Key | None]) -> FoundLabels:
    """The known labels among cells. `amount` tells which money a label of money names where it stands."""
    goals = [cell for cell in cells if is_goal(cell)]
    sides = [goal for goal in goals if stands_beside_goals(goal, goals)]
    known = [
        PrintedLabel(cell, cell.meaning.label or amount(cell), is_goal(cell))
        for cell in cells
        if (cell.meaning.label or cell.meaning.money) and cell not in sides
    ]
    return FoundLabels([label for label in known if label.key], sides)


def read_pairs(
    known: Sequence[PrintedLabel], cells: Sequence[LabelledCell], rows: Rows, coverage: Coverage
) -> list[Entry]:
    """What is printed for each label among the cells of a form's head, known or not, in reading order."""
    known = [*known, *(head for label in known if label.is_above for head in _unknown_heads(label, rows))]
    names = [label.cell for label in known]
    ids = frozenset(map(id, names))
    below = {id(cell) for label in known if label.is_above for cell in _below(label.cell, names, rows, ids)}
    free = [cell for cell in cells if id(cell) not in below and _is_free(cell)]
    unknown = list(_unknown(known, free, ids, coverage))
    labels = sorted((*known, *unknown), key=_position)
    names = [label.cell for label in labels]
    ids = frozenset(map(id, names))
    coverage.cover(*(cell.cell for cell in names))
    return [Entry(label.key, _printed(label, names, rows, ids)) for label in labels]


def _unknown_heads(goal: PrintedLabel, rows: Rows) -> Iterator[PrintedLabel]:
    return (PrintedLabel(head, None, is_above=True) for head in unknown_heads(goal.cell, rows))


def _position(label: PrintedLabel) -> tuple[int, int]:
    return label.cell.row, label.cell.column


def _below(
    goal: LabelledCell, names: Sequence[LabelledCell], rows: Rows, ids: Collection[int]
) -> Iterator[LabelledCell]:
    if not goal.inline and not any(cell.text for cell in _cells_beside(goal, rows, ids)):
        yield from cells_below(goal, names, rows)


def _unknown(
    known: Sequence[PrintedLabel], cells: Sequence[LabelledCell], ids: Collection[int], coverage: Coverage
) -> Iterator[PrintedLabel]:
    """The labels that nobody knows. What stands before a row's labels is settled."""
    columns = {label.cell.column for label in known}
    for _, in_row in groupby(cells, key=_row_of):
        turns = take_turns(list(in_row), ids, columns)
        coverage.cover(*(side.cell for side in turns.sides))
        yield from (PrintedLabel(label, None) for label in turns.labels)


def _row_of(cell: LabelledCell) -> int:
    return cell.cell.row


def _is_free(cell: LabelledCell) -> bool:
    """Whether a cell may be a label of a pair, or its value: no heading, and nothing that stands beside a block."""
    meaning = cell.meaning
    return not cell.is_heading and not (meaning.is_side and not meaning.label and not meaning.money)


def _printed(label: PrintedLabel, names: Sequence[LabelledCell], rows: Rows, ids: Collection[int]) -> FieldText:
    cell = label.cell
    if cell.inline:
        return FieldText(cell.inline, (cell.cell,), label.text)
    beside = [value for value in _cells_beside(cell, rows, ids) if value.text]
    values = (beside or list(cells_below(cell, names, rows))) if label.is_above else beside[:1]
    return FieldText(joined(values), _cells(values), label.text)


def _cells(values: Sequence[LabelledCell]) -> tuple[Cell, ...]:
    return tuple(value.cell for value in values)


def _cells_beside(label: LabelledCell, rows: Rows, ids: Collection[int]) -> Iterator[LabelledCell]:
    """The cells to the right of a label, up to the next label; `ids` are those of the labels."""
    end = label.end_column
    for cell in rows[label.cell.row]:
        if cell.cell.column >= end:
            if id(cell) in ids:
                return
            yield cell
