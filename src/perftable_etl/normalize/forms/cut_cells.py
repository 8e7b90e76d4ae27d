"""Which cells that face each other across a page break are one cell that the break cut.

What belongs together is told by the rules that are missing at the break and by what a row must have: a name and a
target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.document import Cell, least_confidence
from perftable_etl.normalize.forms.labelling import LabelledCell, label
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import fold, open_brackets


class TableColumns(NamedTuple):
    """Columns of the grid below the header of an indicator table: those that hold one thing a row, and of them those
    that every row has something in: those of each table that stands beside others. None above such a table.
    """

    leaves: frozenset[int]
    needed: tuple[frozenset[int], ...]


class FacingCells(NamedTuple):
    """Two cells that face each other across a page break, and the words to tell what they are together."""

    high: LabelledCell
    low: LabelledCell
    vocabulary: Vocabulary

    @property
    def is_open(self) -> bool:
        """Whether no rule closes them at the break."""
        return self.high.cell.cut_below and self.low.cell.cut_above

    @property
    def has_label(self) -> bool:
        """Whether one of them is a label by itself."""
        return self.high.is_label or self.low.is_label

    @property
    def is_drawn_twice(self) -> bool:
        """Whether both print one text: the same, or a part of it where the page's edge clips a label."""
        if self.high.text == self.low.text:
            return True
        short, long = sorted((self.high, self.low), key=lambda cell: len(cell.text))
        return self.is_open and short.text in long.text and (long.is_label or long.meaning.is_level)

    @property
    def is_cut_label(self) -> bool:
        """Whether they are a label together, and not each by itself."""
        whole = self.vocabulary.meaning(self.high.text + self.low.text)
        is_level = whole.is_level and (not self.high.meaning.is_level or _is_bracket(self.low.text))
        return is_level or whole.is_side or (whole.concept is not None and self.low.concept is None)

    @property
    def is_same_cell(self) -> bool:
        """Whether they are one merged cell, its label printed on one side only, on both, or cut in two."""
        return not self.high.text or not self.low.text or self.is_drawn_twice or self.is_cut_label

    @property
    def is_same_label(self) -> bool:
        """Whether they are one merged label above the indicator table; a blank amount is no label.

        A field's label below a blank is a row of its own, unless no rule parts the two.
        """
        if not self.high.text and self.low.concept:
            return self.is_open
        return (self.has_label or self.is_cut_label) and self.is_same_cell

    @property
    def is_same_value(self) -> bool:
        """Whether they are one value beside a merged label: printed twice, or on one side where no rule parts them."""
        return self.high.text == self.low.text or (self.is_open and not (self.high.text and self.low.text))

    def joined_cell(self) -> LabelledCell:
        """One cell from the two parts of it that the page break left."""
        high, low = self.high.cell, self.low.cell
        twice = bool(high.text and low.text) and self.is_drawn_twice
        texts = [max(high.text, low.text, key=len)] if twice else [text for text in (high.text, low.text) if text]
        cell = Cell(
            "\n".join(texts),
            high.row,
            high.column,
            high.row_span + low.row_span,
            high.column_span,
            high.place if high.text or not low.text else low.place,
            high.cut_above,
            low.cut_below,
            tuple((text, place) for text, place in (*high.printed, *low.printed) if text),
            least_confidence((high.confidence, low.confidence)),
        )
        return label(cell, self.vocabulary)


def cells_to_join(pairs: Sequence[FacingCells], columns: TableColumns) -> list[FacingCells]:
    """Of the cells that face each other across a break, those that are one cell."""
    if not columns.leaves:
        return _cells_to_join_above_indicators(pairs)
    is_cut = _row_is_cut([pair for pair in pairs if pair.low.column in columns.leaves], columns.needed)
    return [pair for pair in pairs if (is_cut if pair.low.column in columns.leaves else pair.is_same_cell)]


def _cells_to_join_above_indicators(pairs: Sequence[FacingCells]) -> list[FacingCells]:
    """The joins among labels and their values: merged labels, the parts of a cut row, and values of merged labels."""
    is_cut = _labelled_row_is_cut(pairs)
    joins: list[FacingCells] = []
    label_is_joined = False
    for pair in sorted(pairs, key=lambda pair: pair.low.column):
        if pair.has_label:
            label_is_joined = pair.is_same_label
            is_same = label_is_joined
        else:
            is_same = is_cut or pair.is_same_label or (label_is_joined and pair.is_same_value)
        if is_same:
            joins.append(pair)
    return joins


def _labelled_row_is_cut(pairs: Sequence[FacingCells]) -> bool:
    """Whether the row above goes on below, above the indicator table: a row of its own would bring a label."""
    return any(pair.low.text for pair in pairs) and not any(pair.low.is_label for pair in pairs)


def _row_is_cut(pairs: Sequence[FacingCells], tables: Sequence[frozenset[int]]) -> bool:
    """Whether the row above the break goes on below it, in the indicator table.

    Either no rule closes it on both sides, or the row below lacks what every row has while the one above does not, or
    the one above breaks off within a bracket, or right before one: no text is a bracket alone. Units, reasons and
    remarks are blank in many a row that is whole. A row that sums up is one of its own, and so is one of other columns.
    Of tables side by side one may have all of its row below the break, and the other have ended above it.
    """
    needed = frozenset().union(*tables)
    if not any(pair.low.text for pair in pairs) or not needed <= {pair.low.column for pair in pairs}:
        return False
    if any(pair.vocabulary.is_total(pair.low.text) for pair in pairs):
        return False
    if all(pair.is_open for pair in pairs):
        return True
    printed = {pair.low.column for pair in pairs if pair.low.text}
    has_row = len(tables) > 1 and any(table <= printed for table in tables)
    lacking = any(pair.high.text and not pair.low.text for pair in pairs if pair.low.column in needed)
    return (lacking and not has_row) or any(_parts_bracket(pair.high.text, pair.low.text) for pair in pairs)


def _parts_bracket(high: str, low: str) -> bool:
    """Whether a bracket that ends a text is parted, or parted from what it is about."""
    if open_brackets(high) > 0 > open_brackets(low):
        return True
    return bool(high) and _is_bracket(low)


def _is_bracket(text: str) -> bool:
    """Whether a text is a bracket alone, as the weight below the name of a level."""
    folded = fold(text)
    return folded[:1] == "(" and folded.find(")") == len(folded) - 1
