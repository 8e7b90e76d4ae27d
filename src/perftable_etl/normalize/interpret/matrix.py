"""Matrices of money: rows say where the money comes from, columns whose money it is (年初预算数, 全年执行数).

A row heads one where two or more of its cells that touch are heads and amounts stand below them: in pairs, a value
stands between two labels. The head may have two rows, and the rows below may have no label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from perftable_etl.fields import Money, Phase, PrintedSource
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.matrix_heads import (
    SORTS,
    MoneyHead,
    find_money_heads,
    is_value,
    may_lead,
    of_figures,
    stands_below,
    starting_cells,
)
from perftable_etl.normalize.interpret.printed import FieldText, Key, LabelledValue, Rows
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary

_YEAR: Phase = "year"


class MoneyMatrix(NamedTuple):
    """A matrix: its heads, and its rows, each with its label, if it has one, and a cell for each head.

    `sums` are the labels of the rows that sum up the others (合计), `notes` the texts below a last head of words, each
    with that head.
    """

    heads: tuple[MoneyHead, ...]
    rows: tuple[tuple[LabelledCell | None, tuple[LabelledCell, ...]], ...]
    words: tuple[LabelledCell, ...]
    sums: tuple[LabelledCell, ...] = ()
    notes: tuple[tuple[LabelledCell, LabelledCell], ...] = ()

    @property
    def cells(self) -> Iterator[LabelledCell]:
        """All its cells."""
        yield from self.words
        yield from (note for _, note in self.notes)
        for label, cells in self.rows:
            yield from (label, *cells) if label else cells

    def entries(self) -> Iterator[LabelledValue]:
        """What its cells are printed for, row by row."""
        beside = {money for head in self.heads for money in head.money}
        for label, cells in self.rows:
            for head, cell in zip(self.heads, cells, strict=True):
                text = f"{label.text}\t{head.text}" if label else head.text
                key = _key(self.source(label), label, head, beside)
                yield LabelledValue(key, FieldText(cell.text, (cell.cell,), text))

    def unknown(self) -> Iterator[tuple[LabelledCell, ...]]:
        """The rows and columns of which nothing says what they are, each with its label.

        Below a single head, a row is a label with a value.
        """
        for label, cells in self.rows if len(self.heads) > 1 else ():
            if label and self.source(label) is None:
                yield (label, *cells)
        for head, cells in zip(self.heads, zip(*(cells for _, cells in self.rows), strict=True), strict=True):
            if head.is_unknown:
                yield (head.cell, *cells)

    def source(self, label: LabelledCell | None) -> PrintedSource | None:
        """Where the money of a row comes from; None where no word tells."""
        if label is None or label in self.sums:
            return "all"
        return label.meaning.money[0].source if label.meaning.money else None


def find_matrices(rows: Rows, numbers: Sequence[int], vocabulary: Vocabulary) -> Iterator[MoneyMatrix]:
    """The matrices in the rows of these numbers."""
    end = -1
    for row in numbers:
        if row < end:
            continue
        for heads, first in find_money_heads(rows, row, numbers, vocabulary):
            below = starting_cells(rows, first) if first < len(rows) else []
            matrix = _matrix(of_figures(heads, below), first, rows, numbers)
            if matrix:
                matrix = _told(matrix, vocabulary)
                end = max(cell.end_row for cell in matrix.cells)
                yield matrix


def _told(matrix: MoneyMatrix, vocabulary: Vocabulary) -> MoneyMatrix:
    """A matrix with the rows and the column that sum up others, and what nobody knows: a sum in a group is of that."""
    labels = [label for label, _ in matrix.rows if label]
    totals = [head for head in matrix.heads if head.above is None and vocabulary.is_total(head.cell.text)]
    unknown = [head for head in matrix.heads if _is_unknown(head, vocabulary) and totals != [head]]
    heads = tuple(head._replace(is_sum=totals == [head], is_unknown=head in unknown) for head in matrix.heads)
    return matrix._replace(heads=heads, sums=tuple(label for label in labels if vocabulary.is_total(label.text)))


def _is_unknown(head: MoneyHead, vocabulary: Vocabulary) -> bool:
    cell = head.cell
    is_part = head.above is not None and (
        vocabulary.task_column(head.above.text) in SORTS or vocabulary.is_total(cell.text)
    )
    return bool(cell.text) and cell.meaning is UNKNOWN and vocabulary.head(cell.text) is None and not is_part


def _matrix(heads: Sequence[MoneyHead], first: int, rows: Rows, numbers: Sequence[int]) -> MoneyMatrix | None:
    """The matrix below some heads; None where something else stands there."""
    below = list(takewhile(lambda row: row in numbers, range(first, len(rows))))
    values = list(takewhile(lambda found: found is not None, (_row(heads, rows, row) for row in below)))
    found = tuple(row for row in values if row)
    if not any(cell.text for _, cells in found for cell in cells):
        return None
    words = {id(cell): cell for head in heads for cell in (head.cell, head.above) if cell}
    words |= {id(cell): cell for cell in _corners(heads[0], [label for label, _ in found if label], rows)}
    notes = tuple(_notes(heads[-1], range(first, first + len(found)), rows))
    words |= {id(head): head for head, _ in notes}
    return MoneyMatrix(tuple(heads), found, tuple(words.values()), notes=notes)


def _notes(last: MoneyHead, below: range, rows: Rows) -> Iterator[tuple[LabelledCell, LabelledCell]]:
    """The texts below a head of words at the right of all others, each with that head."""
    for head in starting_cells(rows, (last.above or last.cell).row):
        if head.column < last.cell.end_column or not (head.meaning is UNKNOWN and may_be_label(head.text)):
            continue
        under = (cell for row in below for cell in starting_cells(rows, row) if stands_below(cell, head) and cell.text)
        yield from ((head, cell) for cell in under if cell.meaning is UNKNOWN)


def _corners(head: MoneyHead, labels: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    """The cell beside the first head that heads the labels of the rows, in their column."""
    columns = {label.column for label in labels}
    for cell in starting_cells(rows, (head.above or head.cell).row):
        is_worded = (cell.meaning is UNKNOWN or cell.meaning.money) and may_be_label(cell.text)
        if is_worded and cell.column in columns and cell.column < head.cell.column:
            yield cell


def _row(
    heads: Sequence[MoneyHead], rows: Rows, row: int
) -> tuple[LabelledCell | None, tuple[LabelledCell, ...]] | None:
    """The label and the cells of a row; None for one that has no figure below each head."""
    starting = starting_cells(rows, row)
    cells = [next((cell for cell in starting if stands_below(cell, head.cell)), None) for head in heads]
    left = heads[0].cell.column
    labels = [cell for cell in starting if cell.column < left and cell.text and not cell.meaning.is_side]
    if not all(cell and is_value(cell) for cell in cells) or not all(map(may_lead, labels)):
        return None
    return (labels[-1] if labels else None), tuple(cell for cell in cells if cell)


def _key(
    source: PrintedSource | None, label: LabelledCell | None, head: MoneyHead, beside: Collection[Money]
) -> Key | None:
    """What a cell is printed for: the money of its row and its column together.

    `beside` is the money of all columns. Beside what was spent, a budget without a name is the adjusted one (预算数,
    执行数). One's own level of government is the one below a city's, if that is printed too.
    """
    if source is None:
        return None
    if head.cell.meaning.label == "execution_rate":
        return "execution_rate" if source == "all" else None
    if head.cell.meaning.label == "own_level":
        return Money(_phase_of(label), "county") if Money(_YEAR, "municipal") in beside else None
    if not head.is_sum and (not head.money or (head.cell.text and not head.cell.meaning.money)):
        return None
    own = "all" if head.is_sum else head.money[0].source
    phases = {money.phase for money in head.money}
    phase = phases.pop() if len(phases) == 1 else _phase_of(label)
    adjusted = phase == _YEAR and own == "all" and Money("executed", "all") in beside
    return Money("adjusted" if adjusted else phase, source if own == "all" else own)


def _phase_of(label: LabelledCell | None) -> Phase:
    """Whose money a row has where its columns do not say it."""
    phases = {money.phase for money in label.meaning.money} if label else set()
    return phases.pop() if len(phases) == 1 else _YEAR
