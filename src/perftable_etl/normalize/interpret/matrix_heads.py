"""What heads the columns of a matrix of money: in one row or two, over one column of amounts or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.fields import Money
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import Rows
from perftable_etl.normalize.interpret.sides import heads_money
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.values.money import is_blank, is_figure

_FEWEST_HEADS = 2


class MoneyHead(NamedTuple):
    """A column: the cell that heads it, and the one above that where the head has two rows.

    `is_sum` says that it sums up all others (合计), `is_unknown` that no word tells what stands in it.
    """

    cell: LabelledCell
    above: LabelledCell | None = None
    is_sum: bool = False
    is_unknown: bool = False

    @property
    def money(self) -> Sequence[Money]:
        """The money that it may be; nothing below a head that says what the money is for."""
        if self.above and self.above.meaning is UNKNOWN:
            return ()
        return self.cell.meaning.money or (self.above.meaning.money if self.above else ())

    @property
    def text(self) -> str:
        """What is printed over the column."""
        if self.above and self.above.meaning is UNKNOWN:
            return f"{self.above.text}\t{self.cell.text}"
        return self.cell.text or (self.above.text if self.above else "")


def find_money_heads(
    rows: Rows, row: int, numbers: Sequence[int], vocabulary: Vocabulary
) -> Iterator[tuple[list[MoneyHead], int]]:
    """The heads of money that a row may begin, and the row below them."""
    starting = starting_cells(rows, row)
    if any(cell.meaning.money for cell in starting):
        yield from _headed(starting, rows, row + 1, numbers)
        yield from _single(starting, rows, vocabulary)
    wide = [cell for cell in starting if cell.cell.column_span > 1 and cell.cell.row_span == 1 and cell.text]
    if wide and row + 2 < len(rows) and all(vocabulary.task_column(cell.text) in SORTS for cell in wide):
        yield from _by_sort(starting, rows, row + 2)


def _headed(
    starting: Sequence[LabelledCell], rows: Rows, first: int, numbers: Sequence[int]
) -> Iterator[tuple[list[MoneyHead], int]]:
    """The heads among the cells of a row, and the row below them: those of the next row too, where it has heads only.

    `first` is the row below.
    """
    for run in _runs(starting):
        below = _under(rows, first, run) if first in numbers else []
        parts = [cell for cell in below if cell.text]
        known = sum(map(_is_head, parts))
        if known >= _FEWEST_HEADS and known * 2 > len(parts) and all(map(_may_be_head, parts)):
            yield _in_two_rows(run, below), first + 1
        else:
            yield [MoneyHead(cell) for cell in run], first


def _in_two_rows(heads: Sequence[LabelledCell], below: Sequence[LabelledCell]) -> list[MoneyHead]:
    """The columns of a head of two rows: the cells of the second row, and those of the first that go on into it."""
    high = [MoneyHead(cell) for cell in heads if cell.cell.row_span > 1]
    return sorted((*high, *(MoneyHead(cell, _over(cell, heads)) for cell in below)), key=_column_of)


def _column_of(head: MoneyHead) -> int:
    return head.cell.column


def _runs(cells: Sequence[LabelledCell]) -> Iterator[list[LabelledCell]]:
    """The cells that touch, may head columns, and are heads for the most part."""
    if sum(map(_is_head, cells)) < _FEWEST_HEADS:
        return
    for may_be, group in groupby(cells, key=_may_be_head):
        run = list(group)
        known = sum(map(_is_head, run))
        if may_be and known >= _FEWEST_HEADS and known * 2 >= len(run) and any(cell.meaning.money for cell in run):
            yield run


def _may_be_head(cell: LabelledCell) -> bool:
    stands_beside = cell.meaning.is_side or (cell.cell.row_span > 1 and not cell.meaning.money)
    return not cell.inline and not stands_beside and (_is_head(cell) or may_be_label(cell.text))


def _is_head(cell: LabelledCell) -> bool:
    meaning = cell.meaning
    figure = meaning.label in _FIGURES or meaning.column in _POINTS
    return not cell.inline and bool(meaning.money or figure)


_FIGURES = ("execution_rate", "score", "received", "expected", "own_level")

_POINTS = ("weight", "score")


def _under(rows: Rows, row: int, run: Sequence[LabelledCell]) -> list[LabelledCell]:
    """The cells that begin in a row below some heads."""
    return [
        cell
        for cell in starting_cells(rows, row)
        if run[0].column <= cell.column and cell.end_column <= run[-1].end_column
    ]


def _over(cell: LabelledCell, heads: Sequence[LabelledCell]) -> LabelledCell | None:
    return next((head for head in heads if head.column <= cell.column < head.end_column), None)


def _single(
    starting: Sequence[LabelledCell], rows: Rows, vocabulary: Vocabulary
) -> Iterator[tuple[list[MoneyHead], int]]:
    """The one head of amounts at the end of a row, where most labels with an amount below it are of money."""
    head = starting[-1] if len(starting) > 1 else None
    if head is None or not heads_money(head, rows) or all(money.source != "all" for money in head.meaning.money):
        return
    labels = list(_labels_beside(head, rows))
    known = [label for label in labels if label.meaning.money or vocabulary.is_total(label.text)]
    if any(label.meaning.money for label in known) and len(known) * 2 > len(labels):
        yield [MoneyHead(head)], head.row + 1


def _labels_beside(head: LabelledCell, rows: Rows) -> Iterator[LabelledCell]:
    """The labels of the rows below a head that have an amount; a row of something else ends them."""
    for row in range(head.end_row, len(rows)):
        starting = starting_cells(rows, row)
        amount = starting[-1] if len(starting) > 1 else None
        if amount is None or not stands_below(amount, head) or not is_value(amount) or not may_lead(starting[-2]):
            return
        if not is_blank(amount.text):
            yield starting[-2]


def _by_sort(starting: Sequence[LabelledCell], rows: Rows, first: int) -> Iterator[tuple[list[MoneyHead], int]]:
    """The heads of two rows that part the money by what it is for: 基本支出 and 项目支出, each over its columns.

    `first` is the row below both.
    """
    starting = [cell for cell in starting if cell.text and cell.cell.row_span <= _FEWEST_HEADS]
    below = [cell for cell in starting_cells(rows, first - 1) if cell.column >= starting[0].column]
    if any(cell.meaning.money for cell in below) and all(_may_be_head(cell) for cell in below):
        yield _in_two_rows(starting, below), first


SORTS = ("basic_amount", "project_amount")
"""What a head may say of the money below it that no amount of a record tells."""


def of_figures(heads: Sequence[MoneyHead], below: Sequence[LabelledCell]) -> Sequence[MoneyHead]:
    """The heads of figures: without the first one if labels stand below it, and unknown ones at the end over words."""
    said = {cell.column for cell in below if not is_value(cell)}
    first = 1 if heads[0].cell.column in said else 0
    known = [index for index, head in enumerate(heads) if _is_head(head.cell) or head.cell.column not in said]
    of_figures = heads[first : known[-1] + 1] if known else ()
    return of_figures if len(of_figures) >= _FEWEST_HEADS else heads


def starting_cells(rows: Rows, row: int) -> list[LabelledCell]:
    """The cells that begin in a row."""
    return [cell for cell in rows[row] if cell.row == row]


def stands_below(cell: LabelledCell, head: LabelledCell) -> bool:
    """Whether a cell has the columns of a head."""
    return cell.column == head.column and cell.end_column == head.end_column


def is_value(cell: LabelledCell) -> bool:
    """Whether a cell holds a figure, or says that there is none."""
    return not cell.meaning.is_label and (is_blank(cell.text) or is_figure(cell.text))


def may_lead(label: LabelledCell) -> bool:
    """Whether the label of a row may be one of money."""
    return not label.inline and (bool(label.meaning.money) or (not label.meaning.is_label and may_be_label(label.text)))
