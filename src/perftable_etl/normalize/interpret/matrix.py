"""Matrices of money: rows say where the money comes from, columns whose money it is (年初预算数, 全年执行数).

A row heads one where two or more of its cells that touch are heads and amounts stand below them: in pairs, a value
stands between two labels. The head may have two rows, and the rows below may have no label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from perftable_etl.fields import Money, MoneySource, Phase
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.printed import Entry, FieldText, Key, Rows
from perftable_etl.normalize.interpret.sides import heads_money
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary
from perftable_etl.normalize.values.money import is_blank, is_figure

_FEWEST_HEADS = 2
_YEAR: Phase = "year"


class _Head(NamedTuple):
    """A column: the cell that heads it, and the one above that where the head has two rows.

    `is_sum` says that it sums up all others (合计), `is_unknown` that no word tells what stands in it.
    """

    cell: LabelledCell
    above: LabelledCell | None = None
    is_sum: bool = False
    is_unknown: bool = False

    @property
    def money(self) -> Sequence[Money]:
        """The money that it may be."""
        return self.cell.meaning.money or (self.above.meaning.money if self.above else ())

    @property
    def text(self) -> str:
        """What is printed over the column."""
        return self.cell.text or (self.above.text if self.above else "")


class Matrix(NamedTuple):
    """A matrix: its heads, and its rows, each with its label, if it has one, and a cell for each head.

    `sums` are the labels of the rows that sum up the others (合计), `notes` the texts below a last head of words, each
    with that head.
    """

    heads: tuple[_Head, ...]
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

    def entries(self) -> Iterator[Entry]:
        """What its cells are printed for, row by row."""
        beside = {money for head in self.heads for money in head.money}
        for label, cells in self.rows:
            for head, cell in zip(self.heads, cells, strict=True):
                text = f"{label.text}\t{head.text}" if label else head.text
                key = _key(self.source(label), label, head, beside)
                yield Entry(key, FieldText(cell.text, (cell.cell,), text))

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

    def source(self, label: LabelledCell | None) -> MoneySource | None:
        """Where the money of a row comes from; None where no word tells."""
        if label is None or label in self.sums:
            return "all"
        return label.meaning.money[0].source if label.meaning.money else None


def find_matrices(rows: Rows, numbers: Sequence[int], vocabulary: Vocabulary) -> Iterator[Matrix]:
    """The matrices in the rows of these numbers."""
    end = -1
    for row in numbers:
        if row < end:
            continue
        for heads, first in (*_headed(rows, row, numbers), *_single(rows, row, vocabulary)):
            below = _starting(rows, first) if first < len(rows) else []
            matrix = _matrix(_of_figures(heads, below), first, rows, numbers)
            if matrix:
                matrix = _told(matrix, vocabulary)
                end = max(cell.end_row for cell in matrix.cells)
                yield matrix


def _single(rows: Rows, row: int, vocabulary: Vocabulary) -> Iterator[tuple[list[_Head], int]]:
    """The one head of amounts at the end of a row, where most labels with an amount below it are of money."""
    starting = _starting(rows, row)
    head = starting[-1] if len(starting) > 1 else None
    if head is None or not heads_money(head, rows) or all(money.source != "all" for money in head.meaning.money):
        return
    labels = list(_labels_beside(head, rows))
    known = [label for label in labels if label.meaning.money or vocabulary.is_total(label.text)]
    if any(label.meaning.money for label in known) and len(known) * 2 > len(labels):
        yield [_Head(head)], row + 1


def _labels_beside(head: LabelledCell, rows: Rows) -> Iterator[LabelledCell]:
    """The labels of the rows below a head that have an amount; a row of something else ends them."""
    for row in range(head.end_row, len(rows)):
        starting = _starting(rows, row)
        amount = starting[-1] if len(starting) > 1 else None
        if amount is None or not _stands_below(amount, head) or not _is_value(amount) or not _may_lead(starting[-2]):
            return
        if not is_blank(amount.text):
            yield starting[-2]


def _told(matrix: Matrix, vocabulary: Vocabulary) -> Matrix:
    """A matrix with the rows and the column that sum up others, and what nobody knows: a sum in a group is of that."""
    labels = [label for label, _ in matrix.rows if label]
    totals = [head for head in matrix.heads if head.above is None and vocabulary.is_total(head.cell.text)]
    unknown = [head for head in matrix.heads if _is_unknown(head.cell, vocabulary) and totals != [head]]
    heads = tuple(head._replace(is_sum=totals == [head], is_unknown=head in unknown) for head in matrix.heads)
    return matrix._replace(heads=heads, sums=tuple(label for label in labels if vocabulary.is_total(label.text)))


def _is_unknown(head: LabelledCell, vocabulary: Vocabulary) -> bool:
    return bool(head.text) and head.meaning is UNKNOWN and vocabulary.head(head.text) is None


def _headed(rows: Rows, row: int, numbers: Sequence[int]) -> Iterator[tuple[list[_Head], int]]:
    """The heads in a row, and the row below them: those of the next row too, where it has heads only."""
    for run in _runs(_starting(rows, row)):
        first = row + 1
        below = _under(rows, first, run) if first in numbers else []
        parts = [cell for cell in below if cell.text]
        known = sum(map(_is_head, parts))
        if known >= _FEWEST_HEADS and known * 2 > len(parts) and all(map(_may_be_head, parts)):
            yield [_Head(cell, _over(cell, run)) for cell in below], first + 1
        else:
            yield [_Head(cell) for cell in run], first


def _starting(rows: Rows, row: int) -> list[LabelledCell]:
    return [cell for cell in rows[row] if cell.cell.row == row]


def _of_figures(heads: Sequence[_Head], below: Sequence[LabelledCell]) -> Sequence[_Head]:
    """The heads of figures: without the first one if labels stand below it, and unknown ones at the end over words."""
    said = {cell.column for cell in below if not _is_value(cell)}
    first = 1 if heads[0].cell.column in said else 0
    known = [index for index, head in enumerate(heads) if _is_head(head.cell) or head.cell.column not in said]
    of_figures = heads[first : known[-1] + 1] if known else ()
    return of_figures if len(of_figures) >= _FEWEST_HEADS else heads


def _runs(cells: Sequence[LabelledCell]) -> Iterator[list[LabelledCell]]:
    """The cells that touch, may head columns, and are heads for the most part."""
    if not any(cell.meaning.money for cell in cells) or sum(map(_is_head, cells)) < _FEWEST_HEADS:
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


_FIGURES = ("execution_rate", "score", "received", "own_level")
_POINTS = ("weight", "score")


def _under(rows: Rows, row: int, run: Sequence[LabelledCell]) -> list[LabelledCell]:
    """The cells that begin in a row below some heads."""
    return [
        cell for cell in _starting(rows, row) if run[0].column <= cell.column and cell.end_column <= run[-1].end_column
    ]


def _over(cell: LabelledCell, heads: Sequence[LabelledCell]) -> LabelledCell | None:
    return next((head for head in heads if head.column <= cell.column < head.end_column), None)


def _matrix(heads: Sequence[_Head], first: int, rows: Rows, numbers: Sequence[int]) -> Matrix | None:
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
    return Matrix(tuple(heads), found, tuple(words.values()), notes=notes)


def _notes(last: _Head, below: range, rows: Rows) -> Iterator[tuple[LabelledCell, LabelledCell]]:
    """The texts below a head of words at the right of all others, each with that head."""
    for head in _starting(rows, (last.above or last.cell).row):
        if head.column < last.cell.end_column or not (head.meaning is UNKNOWN and may_be_label(head.text)):
            continue
        under = (cell for row in below for cell in _starting(rows, row) if _stands_below(cell, head) and cell.text)
        yield from ((head, cell) for cell in under if cell.meaning is UNKNOWN)


def _corners(head: _Head, labels: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledCell]:
    """The cell beside the first head that heads the labels of the rows, in their column."""
    columns = {label.column for label in labels}
    for cell in _starting(rows, (head.above or head.cell).row):
        is_worded = (cell.meaning is UNKNOWN or cell.meaning.money) and may_be_label(cell.text)
        if is_worded and cell.column in columns and cell.column < head.cell.column:
            yield cell


def _row(heads: Sequence[_Head], rows: Rows, row: int) -> tuple[LabelledCell | None, tuple[LabelledCell, ...]] | None:
    """The label and the cells of a row; None for one that has no figure below each head."""
    starting = _starting(rows, row)
    cells = [next((cell for cell in starting if _stands_below(cell, head.cell)), None) for head in heads]
    left = heads[0].cell.column
    labels = [cell for cell in starting if cell.column < left and cell.text and not cell.meaning.is_side]
    if not all(cell and _is_value(cell) for cell in cells) or not all(map(_may_lead, labels)):
        return None
    return (labels[-1] if labels else None), tuple(cell for cell in cells if cell)


def _stands_below(cell: LabelledCell, head: LabelledCell) -> bool:
    return cell.column == head.column and cell.end_column == head.end_column


def _is_value(cell: LabelledCell) -> bool:
    return not cell.meaning.is_label and (is_blank(cell.text) or is_figure(cell.text))


def _may_lead(label: LabelledCell) -> bool:
    """Whether the label of a row may be one of money."""
    return not label.inline and (bool(label.meaning.money) or (not label.meaning.is_label and may_be_label(label.text)))


def _key(source: MoneySource | None, label: LabelledCell | None, head: _Head, beside: Collection[Money]) -> Key | None:
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
