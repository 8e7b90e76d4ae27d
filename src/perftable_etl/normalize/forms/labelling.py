"""What each cell of a grid is, told once: every later stage reads kinds, not texts.

A cell is a word of the form's frame (the label of a field or an amount, the head of a column, a label beside a block of
rows, the name of a level), a heading, or a value. A label may hold its value too, after a colon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.document import Cell, Grid
from perftable_etl.normalize.layouts.headings import is_coded_organization, is_heading
from perftable_etl.normalize.layouts.labels import LONGEST_LABEL
from perftable_etl.normalize.layouts.vocabulary import SEVERAL, UNKNOWN, Concept, Meaning, Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName, Label
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.quick_tuples import maker

_COLONS = frozenset(look_alikes(":"))
_COLON = regex.compile(f"[{''.join(_COLONS)}]")

_NO_HEADS: frozenset[Label | None] = frozenset({"name", "overall_goal"})
"""What labels name that head no column of what is measured."""


class LabelledCell(NamedTuple):
    """A cell and what it may be by its text. `inline` is the value that a label holds (项目名称：网络宣传工作).

    `heads` is the column of an indicator table that it may head, by its spelling or by how it is worded. `is_heading`
    is told of those cells only that may head a form: no word of its frame stands above them, or beside. `text` and
    what follows are those of the cell: all stages ask for them, of each cell many times.
    """

    cell: Cell
    meaning: Meaning
    inline: str
    heads: ColumnName | None
    is_heading: bool
    text: str
    row: int
    column: int
    end_row: int
    end_column: int

    @classmethod
    def of(
        cls,
        cell: Cell,
        meaning: Meaning,
        inline: str = "",
        heads: ColumnName | None = None,
        is_heading: bool = False,
    ) -> LabelledCell:
        """A cell with what it may be."""
        text, row, column, row_span, column_span = cell[:5]
        shape = text, row, column, row + row_span, column + column_span
        return _labelled((cell, meaning, inline, heads, is_heading, *shape))

    def with_cell(self, cell: Cell) -> LabelledCell:
        """The same for this cell, which stands elsewhere and prints the same."""
        return LabelledCell.of(cell, *self[1:5])

    @property
    def concept(self) -> Concept | None:
        """The field or column that all of its text names; None for a label that holds its value."""
        return self.meaning.concept

    @property
    def ends_with_colon(self) -> bool:
        """Whether a colon says that a value follows."""
        return self.text[-1:] in _COLONS

    @property
    def is_label(self) -> bool:
        """Whether all of it is a word of the frame."""
        return self.meaning.is_label


row_of: Callable[[LabelledCell], int] = attrgetter("row")
"""The first row of a cell: the key by which cells are grouped and searched."""

position_of: Callable[[LabelledCell], tuple[int, int]] = attrgetter("row", "column")
"""The first row and column of a cell: the key that puts cells in reading order."""

_labelled = maker(LabelledCell)


class _Told(NamedTuple):
    """What a text tells of a cell by itself; see LabelledCell."""

    meaning: Meaning
    inline: str = ""
    heads: ColumnName | None = None


_BLANK = _Told(UNKNOWN)


def label(cell: Cell, vocabulary: Vocabulary) -> LabelledCell:
    """What a cell is by its text alone."""
    text, row, column, row_span, column_span = cell[:5]
    meaning, inline, heads = _told((text, vocabulary)) if text else _BLANK
    return _labelled((cell, meaning, inline, heads, False, text, row, column, row + row_span, column + column_span))


@remembered(16384)
def _told(asked: tuple[str, Vocabulary]) -> _Told:
    """What a text tells by some words; remembered, as most texts of a form's frame stand on each form of a family."""
    text, vocabulary = asked
    meaning = vocabulary.meaning(text)
    if meaning is UNKNOWN and "\n" in text and _holds_labels(text, vocabulary):
        meaning = SEVERAL
    if meaning is UNKNOWN and not _COLONS.isdisjoint(text):
        label, value = _COLON.split(text, maxsplit=1)
        before = vocabulary.meaning(label)
        if (before.label or before.money) and value.strip():
            return _Told(before.with_value, value.strip())
    return _Told(meaning, heads=_column(text, meaning, vocabulary))


def _column(text: str, meaning: Meaning, vocabulary: Vocabulary) -> ColumnName | None:
    """The column that a text may head; what is another word of the frame heads none by its wording."""
    is_told = meaning.column or meaning.is_level or meaning.is_side or meaning.label in _NO_HEADS
    return meaning.column if is_told or len(text) > LONGEST_LABEL else vocabulary.head(text)


def _holds_labels(text: str, vocabulary: Vocabulary) -> bool:
    """Whether each line of a text is a label: the rule between them is missing."""
    return all(vocabulary.meaning(line).label for line in text.split("\n"))


def label_grid(grid: Grid, vocabulary: Vocabulary) -> tuple[LabelledCell, ...]:
    """The cells of a grid, each with what it is."""
    return label_cells(grid.cells, vocabulary)


def label_cells(cells: Iterable[Cell], vocabulary: Vocabulary) -> tuple[LabelledCell, ...]:
    """Cells in their order, each with what it is."""
    labelled = [label(cell, vocabulary) for cell in cells]
    for index in _above_words(labelled):
        text = labelled[index].text
        if is_heading(text) or is_coded_organization(text):
            labelled[index] = labelled[index]._replace(is_heading=True)
    return tuple(labelled)


def _above_words(cells: Sequence[LabelledCell]) -> Iterator[int]:
    """Which cells may be headings: those in rows of no words, on top or right above a project's name."""
    words = [index for index, cell in enumerate(cells) if cell.meaning.is_label or cell.inline]
    for before, index in pairwise((-1, *words)):
        if before < 0 or cells[index].meaning.label == "name":
            yield from (at for at in range(before + 1, index) if cells[at].row < cells[index].row)
