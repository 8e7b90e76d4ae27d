"""The tasks of a whole department: a list in its form's head, with a name, a content and money in each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.printed import Rows
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.layouts.words import TaskColumn
from perftable_etl.normalize.values.money import is_blank, is_figure, money_unit, parse_money
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import Task

_MOST_ROWS = 3
"""Rows that a head may be high. What is higher stands beside the rows of the list."""


class _TaskColumn(NamedTuple):
    """A column of a list of tasks: what it is for, None where no word tells, and the text of its head."""

    name: TaskColumn | None
    first: int
    text: str


class TaskList(NamedTuple):
    """A list of tasks: the cells of its head, its columns, its rows, and the cells of those that sum them up."""

    heads: tuple[LabelledCell, ...]
    columns: tuple[_TaskColumn, ...]
    rows: tuple[tuple[LabelledCell, ...], ...]
    sums: tuple[LabelledCell, ...] = ()

    @property
    def cells(self) -> Iterator[LabelledCell]:
        """All its cells."""
        yield from (*self.heads, *self.sums)
        for row in self.rows:
            yield from row

    @property
    def unknown(self) -> list[LabelledCell]:
        """The figures below heads that nobody knows, with those heads: amounts of something."""
        heads = [head for head in self.heads if head.meaning is UNKNOWN and head.text]
        columns = {column.first for column in self.columns if column.name is None} & {head.column for head in heads}
        figures = [
            cell
            for row in self.rows
            for cell in row
            if cell.column in columns and is_figure(cell.text) and not is_blank(cell.text)
        ]
        below = {cell.column for cell in figures}
        return [*(head for head in heads if head.column in below), *figures]

    def tasks(self, scale: Decimal) -> Iterator[Task]:
        """The tasks, with money in units of `scale` yuan where the head of a column names no other."""
        for row in self.rows:
            texts = {column.name: cell.text for column in self.columns if column.name for cell in _in(row, column)}
            if texts.get("name") or texts.get("content"):
                yield Task(
                    name=clean(texts.get("name", "")) or None,
                    content=clean(texts.get("content", "")) or None,
                    **self._money(texts, scale),
                    raw="\t".join(cell.text for cell in row),
                    place=_place(row),
                )

    def _money(self, texts: Mapping[TaskColumn, str], scale: Decimal) -> dict[str, Decimal | None]:
        units = {column.name: money_unit(column.text) or scale for column in self.columns}
        money: Sequence[TaskColumn] = ("amount", "basic_amount", "project_amount")
        return {name: parse_money(texts[name], units[name]) for name in money if name in texts}


def _in(row: Sequence[LabelledCell], column: _TaskColumn) -> Iterator[LabelledCell]:
    return (cell for cell in row if cell.column == column.first)


def _place(row: Sequence[LabelledCell]) -> Place:
    page = row[0].cell.place.page
    return Place(page, Box.around(cell.cell.place.box for cell in row if cell.cell.place.page == page))


def find_task_lists(rows: Rows, numbers: Sequence[int], vocabulary: Vocabulary) -> Iterator[TaskList]:
    """The lists of tasks in the rows of these numbers."""
    contents = {row for row in numbers for cell in rows[row] if vocabulary.task_column(cell.text) == "content"}
    for row in sorted(contents):
        heads = [cell for cell in rows[row] if cell.text and _may_be_head(cell.cell, row)]
        names = {vocabulary.task_column(cell.text) for cell in heads} if len(heads) > 1 else ()
        if "name" in names and "content" in names:
            yield _list(heads, rows, numbers, vocabulary)


def _may_be_head(cell: Cell, row: int) -> bool:
    return cell.row == row and cell.row_span <= _MOST_ROWS


def _list(heads: Sequence[LabelledCell], rows: Rows, numbers: Sequence[int], vocabulary: Vocabulary) -> TaskList:
    first = next(index for index, cell in enumerate(heads) if vocabulary.task_column(cell.text))
    own = heads[first:]
    beside = [cell for cell in rows[own[0].row] if cell.end_column <= own[0].column and cell.text]
    end = max(cell.end_row for cell in own)
    under = [cell for row in range(own[0].row + 1, end) for cell in rows[row] if cell.row == row]
    columns = tuple(_columns(own, under, vocabulary))
    last = beside[-1].end_row if beside and beside[-1].end_row > end else len(rows)
    below = takewhile(lambda row: row in numbers and _goes_on(rows[row], columns), range(end, last))
    found = (tuple(cell for cell in rows[row] if cell.row == row and cell.column >= own[0].column) for row in below)
    filled = [row for row in found if row]
    sums = [row for row in filled if vocabulary.ends_in_total(row[0].text)]
    return TaskList(
        (*beside, *own, *under),
        columns,
        tuple(row for row in filled if row not in sums),
        tuple(cell for row in sums for cell in row),
    )


def _columns(
    heads: Sequence[LabelledCell], under: Sequence[LabelledCell], vocabulary: Vocabulary
) -> Iterator[_TaskColumn]:
    """The columns below some heads. A head over others says what those are about that say nothing themselves."""
    for head in heads:
        parts = [cell for cell in under if head.column <= cell.column < head.end_column and cell.text]
        for cell in parts or [head]:
            yield _TaskColumn(vocabulary.task_column(cell.text), cell.column, f"{head.text}\n{cell.text}")


def _goes_on(cells: Sequence[LabelledCell], columns: Sequence[_TaskColumn]) -> bool:
    """Whether a row is one of the list: it has a cell for the first column, and none is the label of a field."""
    own = [cell for cell in cells if cell.column >= columns[0].first]
    return bool(own) and own[0].column == columns[0].first and not any(cell.meaning.label for cell in own)
