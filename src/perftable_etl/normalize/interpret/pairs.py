"""Pairs: a label and the value to its right, or in the same cell after a colon. Labels may be known, or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from perftable_etl.fields import Money
from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.interpret.amounts import sides_of_one_amount
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.goals import (
    cells_below,
    is_goal,
    sides_of_one_text,
    stands_beside_goals,
    unknown_heads,
)
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import FieldText, Key, LabelledValue, Rows, joined
from perftable_etl.normalize.interpret.unknown_labels import beside_goals, take_turns
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN
from perftable_etl.quick_tuples import maker

_ALL_OF_YEAR = Money("year", "all")


class PrintedLabel(NamedTuple):
    """A label on the form, and what it names there; None where no word tells."""

    cell: LabelledCell
    key: Key | None

    @property
    def text(self) -> str:
        """The label itself."""
        return self.cell.text.removesuffix(self.cell.inline)


_label, _entry, _text = maker(PrintedLabel), maker(LabelledValue), maker(FieldText)


class FoundLabels(NamedTuple):
    """The labels of a form that are known, in reading order, and those that only say what the goals beside them are."""

    known: list[PrintedLabel]
    sides: list[LabelledCell]


def find_labels(
    cells: Sequence[LabelledCell], amount: Callable[[LabelledCell], Key | None], goal_sides: Collection[str]
) -> FoundLabels:
    """The known labels among cells. `amount` tells which money a label of money names where it stands.

    Where no label is of a goal, one of `goal_sides` with a text beside it is: what it names is the year's goal. So is
    the side with an amount beside it where no label is of money: that is all of the year's.
    """
    words = [cell for cell in cells if cell.meaning.label or cell.meaning.money]
    goals = [cell for cell in words if is_goal(cell)]
    sides = [goal for goal in goals if stands_beside_goals(goal, goals)]
    values = set(map(id, _words_of_money(cells)))
    known = [
        _label((cell, cell.meaning.label or amount(cell)))
        for cell in words
        if cell not in sides and id(cell) not in values
    ]
    led = [] if goals else [PrintedLabel(side, "annual_goal") for side in sides_of_one_text(cells, goal_sides)]
    if not any(label.cell.meaning.money for label in known):
        led += [PrintedLabel(side, _ALL_OF_YEAR) for side in sides_of_one_amount(cells)]
    return FoundLabels([label for label in (*known, *led) if label.key], sides)


def _words_of_money(cells: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The last cells of rows that a label of another pair stands before, and that say whose money a project has.

    资金性质 | 一般公共预算 ends a row of pairs: the words of money have no value beside them there.
    """
    for _, in_row in groupby(cells, key=row_of):
        row = list(in_row)
        if len(row) > 1 and _names_source(row[-1]) and _is_worded(row[-2]) and _ends_in_value(row[:-2]):
            yield row[-1]


def _names_source(cell: LabelledCell) -> bool:
    money = cell.meaning.money
    return bool(money) and not cell.inline and all(one.source != "all" for one in money)


def _ends_in_value(cells: Sequence[LabelledCell]) -> bool:
    """Whether a row may go on with a label: it begins there, or the cell before is no label itself."""
    return not cells or not (_is_worded(cells[-1]) or cells[-1].meaning.is_label) or _is_known(cells[-2:-1])


def _is_known(cells: Sequence[LabelledCell]) -> bool:
    return bool(cells) and cells[0].meaning.label is not None


def _is_worded(cell: LabelledCell) -> bool:
    return cell.meaning is UNKNOWN and may_be_label(cell.text)


def read_pairs(
    known: Sequence[PrintedLabel], cells: Sequence[LabelledCell], rows: Rows, coverage: Coverage
) -> list[LabelledValue]:
    """What is printed for each label among the cells of a form's head, known or not, in reading order.

    No other cell is a value. `rows` are all cells of the form, in the rows they cover.
    """
    goals = [label.cell for label in known if is_goal(label.cell)]
    known = [*known, *(PrintedLabel(head, None) for goal in goals for head in unknown_heads(goal, rows))]
    own = _Pairs(rows, frozenset(map(id, cells)), [label.cell for label in known], goals)
    unknown = list(_unknown(known, goals, own.without_goals(cells), rows, coverage))
    labels = sorted((*known, *unknown), key=_position)
    pairs = _Pairs(rows, own.cells, [label.cell for label in labels], goals) if unknown else own
    coverage.cover(*(label.cell.cell for label in labels))
    return [_entry((label.key, pairs.printed(label))) for label in labels]


_position: Callable[[PrintedLabel], tuple[int, int]] = attrgetter("cell.row", "cell.column")


def _unknown(
    known: Sequence[PrintedLabel],
    goals: Sequence[LabelledCell],
    cells: Sequence[LabelledCell],
    printed: Rows,
    coverage: Coverage,
) -> Iterator[PrintedLabel]:
    """The labels that nobody knows. What stands before a row's labels is settled; `printed` are all cells by row."""
    ids = {id(label.cell) for label in known}
    columns = {label.cell.column for label in known}
    goal_counts = Counter(map(row_of, goals))
    rows = [list(in_row) for _, in_row in groupby(cells, key=row_of)]
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        turns = beside_goals(row) if goal_counts[row_of(row[0])] > 1 else take_turns(row, ids, columns, following)
        coverage.cover(*(side.cell for side in turns.sides if _names_block(side, printed)))
        yield from (PrintedLabel(label, None) for label in turns.labels)


def _names_block(side: LabelledCell, rows: Rows) -> bool:
    """Whether what stands before a row's labels names its block: one of that row alone has no other before it."""
    before = (cell for cell in rows[side.row] if cell.end_column <= side.column and cell.text)
    return side.cell.row_span > 1 or next(before, None) is None


class _Pairs:
    """The labels among some cells of a form, and what stands beside or below them."""

    def __init__(
        self, rows: Rows, cells: Collection[int], names: Sequence[LabelledCell], goals: Sequence[LabelledCell]
    ) -> None:
        self.rows = rows
        self.cells = cells
        self._names = names
        self._ids = frozenset(map(id, names))
        self._goals = [goal for goal in goals if not goal.inline]
        self._first_goals = {goal.cell.row: goal for goal in reversed(self._goals)}  # of each row
        self._texts: dict[int, list[LabelledCell]] = {}  # what was found below labels, by their ids

    def without_goals(self, cells: Sequence[LabelledCell]) -> list[LabelledCell]:
        """The cells that may be labels, or their values: no headings, no names of blocks, and not the text of goals."""
        texts = {id(cell) for goal in self._goals if self._is_above(goal) for cell in self._below(goal)}
        return [cell for cell in cells if _is_free(cell) and id(cell) not in texts]

    def printed(self, label: PrintedLabel) -> FieldText:
        """What is printed for a label."""
        cell = label.cell
        if cell.inline:
            return FieldText(cell.inline, (cell.cell,), label.text)
        if self._is_above(cell):
            values = self._below(cell)
        elif self._is_last(cell):
            values = self._right_below(cell)
        else:
            beside = self._beside(cell)
            values = [*beside, *self._going_on(cell, beside)] if is_goal(cell) else beside[:1]
        return _text((joined(values), tuple([value.cell for value in values]), label.text))

    def _going_on(self, label: LabelledCell, beside: Sequence[LabelledCell]) -> list[LabelledCell]:
        """The texts below the one beside a label, one in each further row that the label is merged down over."""
        if len(beside) != 1:
            return []
        span = (beside[0].column, beside[0].end_column)
        below = [cell for row in self.rows[beside[0].end_row : label.end_row] for cell in row if cell.column >= span[0]]
        is_list = all((cell.column, cell.end_column) == span and cell.meaning is UNKNOWN for cell in below)
        return [cell for cell in below if cell.text and id(cell) in self.cells] if is_list else []

    def _is_last(self, label: LabelledCell) -> bool:
        """Whether nothing stands to the right of a label."""
        return self.rows[label.cell.row][-1].end_column <= label.end_column

    def _right_below(self, label: LabelledCell) -> list[LabelledCell]:
        """The cell below a label that nothing stands beside, in its columns."""
        below = self.rows[label.end_row] if label.end_row < len(self.rows) else ()
        own = (cell for cell in below if (cell.column, cell.end_column) == (label.column, label.end_column))
        return [cell for cell in own if cell.text and cell.meaning is UNKNOWN and id(cell) in self.cells]

    def _is_above(self, label: LabelledCell) -> bool:
        """Whether what is printed for a label stands below it: it stands beside a goal, with no text between them."""
        goal = self._first_goals.get(label.cell.row)
        if goal is None or not (is_goal(label) or label.column > goal.column):
            return False
        return not self._beside(goal)

    def _beside(self, label: LabelledCell) -> list[LabelledCell]:
        """The texts to the right of a label, up to the next label."""
        end, texts = label.end_column, []
        for cell in self.rows[label.cell.row]:
            if cell.column >= end:
                if id(cell) in self._ids:
                    break
                if cell.text and id(cell) in self.cells:
                    texts.append(cell)
        return texts

    def _below(self, label: LabelledCell) -> list[LabelledCell]:
        found = self._texts.get(id(label))
        if found is None:
            below = cells_below(label, self._names, self.rows)
            found = self._texts[id(label)] = [cell for cell in below if id(cell) in self.cells]
        return found


def _is_free(cell: LabelledCell) -> bool:
    """Whether a cell may be a label of a pair, or its value: no heading, and nothing that stands beside a block."""
    meaning = cell.meaning
    return not cell.is_heading and not (meaning.is_side and not meaning.label and not meaning.money)
