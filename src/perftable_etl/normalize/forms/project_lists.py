"""Lists of projects whose indicators stand in one cell each: one row a project, under the heads of its columns.

Each row becomes a form of its own, as if it were printed alone: the heads are labels with their values beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftable_etl.document import Form, Grid, Line
from perftable_etl.normalize.forms.labelled_form import LabelledForm, labelled_form
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.vocabulary import NAME, Vocabulary
from perftable_etl.normalize.values.indicator_lists import BEGINS, may_list

_FEWEST_COLUMNS = 3
"""Texts in a row of a list. With fewer, the indicators stand beside their label in a form of one project."""


def holds_list(cells: Iterable[LabelledCell]) -> bool:
    """Whether some cell lists indicators."""
    texts = [cell.text for cell in cells]
    return BEGINS in "".join(texts) and any(map(may_list, texts))


def part_list(labelled: LabelledForm, vocabulary: Vocabulary) -> list[LabelledForm]:
    """The forms of a list's projects; the form itself where it is no list."""
    rows = sorted({cell.row for cell in labelled.cells if may_list(cell.text)})
    printed = {row: [cell for cell in labelled.cells if cell.row == row and cell.text] for row in range(rows[0] + 1)}
    head = next((row for row in reversed(range(rows[0])) if len(printed[row]) >= _FEWEST_COLUMNS), None)
    if head is None or len(printed[rows[0]]) < _FEWEST_COLUMNS:
        return [labelled]
    labels = _labels(printed[head], vocabulary)
    return [_form(labelled, labels, head, row, is_first=row == rows[0]) for row in rows]


def _labels(heads: Sequence[LabelledCell], vocabulary: Vocabulary) -> list[LabelledCell]:
    """The heads of a list; one of them at most is the label of the project's name, the first one that has it in it."""
    label = next((head for head in heads if head.meaning.label == "name"), None)
    label = label or next((head for head in heads if vocabulary.names_project(head.text)), None)
    return [head._replace(meaning=NAME) if head is label else head for head in heads]


def _form(
    labelled: LabelledForm, labels: Sequence[LabelledCell], head: int, row: int, *, is_first: bool
) -> LabelledForm:
    """The form of the project in a row. What stands above the list is the first one's, and a heading of the others."""
    top = [cell for cell in labelled.cells if cell.row < head]
    values = [cell for cell in labelled.cells if cell.row <= row < cell.end_row and cell.row > head]
    cells = [*top] if is_first else []
    first = head if is_first else 0
    for index, label in enumerate(labels):
        below = [value for value in values if label.column <= value.column < label.end_column]
        place = label.cell.place if is_first or not below else below[0].cell.place
        for column, cell in enumerate((label.with_cell(label.cell._replace(place=place)), *below)):
            shape = cell.cell._replace(row=first + index, column=column, row_span=1, column_span=1)
            cells.append(cell.with_cell(shape))
    lines = () if is_first else tuple(Line(cell.text, cell.cell.place) for cell in top if cell.text)
    count, grid = first + len(labels), labelled.form.grid
    own = Grid(tuple(cell.cell for cell in cells), count, grid.boundaries, cells[0].cell.place, grid.is_rebuilt)
    repeats = labelled.form.repeats if is_first else ()
    return labelled_form(Form((*labelled.form.heading, *lines), own, repeats), cells)
