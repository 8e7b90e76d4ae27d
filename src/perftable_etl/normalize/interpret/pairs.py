"""Pairs: a label and the value to its right, or in the same cell after a colon. Labels may be known, or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.goals import cells_below, is_goal, stands_beside_goals
from perftable_etl.normalize.interpret.printed import Entry, FieldText, Key, Rows, joined
from perftable_etl.normalize.interpret.unknown_labels import take_turns


class PrintedLabel(NamedTuple):
    """A label on the form, and what it names there; None where no word tells."""

    cell: LabelledCell
    key: Key | None

    @property
    def text(self) -> str:
        """The label itself."""
        return self.cell.text.removesuffix(self.cell.inline)


def find_labels(cells: Sequence[LabelledCell], amount: Callable[[LabelledCell], Key | None]) -> list[PrintedLabel]:
    """The known labels among cells, in reading order; those that only stand beside goals are none.

    `amount` tells which money a label of money names where it stands.
    """
    goals = [cell for cell in cells if is_goal(cell)]
    known = [PrintedLabel(cell, cell.meaning.label or amount(cell)) for cell in cells if cell.meaning.has_value]
    return [label for label in known if label.key and not stands_beside_goals(label.cell, goals)]


def read_pairs(
    known: Sequence[PrintedLabel], rows: Rows, numbers: Sequence[int], taken: Collection[int], coverage: Coverage
) -> list[Entry]:
    """What is printed for each label in the rows of these numbers, known or not, in reading order.

    `taken` are the ids of the cells that have been read as something else.
    """
    names = [label.cell for label in known]
    below = {id(cell) for label in names if is_goal(label) for cell in _below(label, names, rows)}
    unknown = list(_unknown(known, rows, numbers, {*taken, *below}, coverage))
    labels = sorted((*known, *unknown), key=lambda label: (label.cell.row, label.cell.column))
    names = [label.cell for label in labels]
    coverage.cover(*(label.cell.cell for label in labels))
    return [Entry(label.key, _printed(label, names, rows)) for label in labels]


def _below(label: LabelledCell, names: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    if not label.inline and not any(cell.text for cell in _cells_beside(label, rows, names)):
        yield from cells_below(label, names, rows)


def _unknown(
    known: Sequence[PrintedLabel], rows: Rows, numbers: Sequence[int], taken: Collection[int], coverage: Coverage
) -> Iterator[PrintedLabel]:
    """The labels that nobody knows. What stands before a row's labels is settled."""
    ids = {id(label.cell) for label in known}
    columns = {label.cell.column for label in known}
    for row in numbers:
        cells = [cell for cell in rows[row] if cell.row == row and id(cell) not in taken and _is_free(cell)]
        turns = take_turns(cells, ids, columns)
        coverage.cover(*(side.cell for side in turns.sides))
        yield from (PrintedLabel(label, None) for label in turns.labels)


def _is_free(cell: LabelledCell) -> bool:
    """Whether a cell may be a label of a pair, or its value: no heading, and nothing that stands beside a block."""
    return not cell.is_heading and not (cell.meaning.is_side and not cell.meaning.has_value)


def _printed(label: PrintedLabel, names: Sequence[LabelledCell], rows: Rows) -> FieldText:
    cell = label.cell
    if cell.inline:
        return FieldText(cell.inline, (cell.cell,), label.text)
    beside = [value for value in _cells_beside(cell, rows, names) if value.text]
    values = (beside or list(cells_below(cell, names, rows))) if is_goal(cell) else beside[:1]
    return FieldText(joined(values), _cells(values), label.text)


def _cells(values: Sequence[LabelledCell]) -> tuple[Cell, ...]:
    return tuple(value.cell for value in values)


def _cells_beside(label: LabelledCell, rows: Rows, names: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The cells to the right of a label, up to the next label."""
    others, end = set(map(id, names)), label.end_column
    for cell in rows[label.row]:
        if cell.cell.column >= end:
            if id(cell) in others:
                return
            yield cell
