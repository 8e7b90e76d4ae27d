"""What a self-evaluation comes to: the points in all and the grade, in a row that sums up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable
from perftable_etl.normalize.interpret.printed import FieldText, LabelledValue, Rows
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.weights import parse_weight

_LONGEST_GRADE = 4
"""Characters. A longer text beside the points says something else."""


class Result(NamedTuple):
    """A row that sums up: its label, and the cells beside it, each with the column of the table that it stands in."""

    label: LabelledCell
    figures: tuple[tuple[LabelledCell, ColumnName | None], ...]

    @property
    def cells(self) -> Iterator[LabelledCell]:
        """All its cells with something in them."""
        yield self.label
        yield from (cell for cell, _ in self.figures)

    def entries(self) -> Iterator[LabelledValue]:
        """The points, and the grade beside them.

        Points below those given to indicators are the form's; what stands below weights is their sum.
        """
        numbers = [(cell, column) for cell, column in self.figures if parse_weight(cell.text) is not None]
        given = [cell for cell, column in numbers if column == "score"]
        yield from (LabelledValue("score", self._text(cell)) for cell in given[:1])
        others = (cell for cell, _ in self.figures if parse_weight(cell.text) is None)
        words = [cell for cell in others if len(cell.text) <= _LONGEST_GRADE and not is_placeholder(cell.text)]
        yield from (LabelledValue("grade", self._text(cell)) for cell in words[:1])

    def _text(self, cell: LabelledCell) -> FieldText:
        return FieldText(cell.text, (cell.cell,), self.label.text)


def find_results(
    tables: Sequence[IndicatorTable], rows: Rows, outside: Sequence[int], vocabulary: Vocabulary
) -> Iterator[Result]:
    """The rows that sum up, in the tables and below them."""
    if not tables:
        return
    table = tables[-1]
    below = (row for row in outside if row >= table.end_row and _sums_up(rows[row], row, vocabulary))
    for row in (*(row for table in tables for row in table.totals), *below):
        own = [cell for cell in rows[row] if cell.row == row and cell.text]
        if own and (own[0].meaning.label == "score" or vocabulary.is_total(own[0].text)):
            yield Result(own[0], tuple((cell, _column(cell, table)) for cell in own[1:]))


def _sums_up(cells: Sequence[LabelledCell], row: int, vocabulary: Vocabulary) -> bool:
    first = next((cell for cell in cells if cell.row == row and cell.text), None)
    return first is not None and (first.meaning.label == "score" or vocabulary.is_total(first.text))


def _column(cell: LabelledCell, table: IndicatorTable) -> ColumnName | None:
    """The column that a cell stands in: that of points given, if it reaches into that, else its last."""
    names = [column.name for column in table.columns if column.first < cell.end_column and cell.column < column.end]
    return "score" if "score" in names else names[-1] if names else None
