"""The frame of a form: which of its rows are in no indicator table, and what is printed above and beside its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from perftable_etl.document import Form, Place
from perftable_etl.normalize.forms.headings import find_headings
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable
from perftable_etl.normalize.interpret.printed import Rows
from perftable_etl.normalize.layouts.headings import is_table_number
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN

_LONGEST_SIDE = 20
"""Characters of what is printed beside the rows of a table (年度绩效目标1（80分）)."""


class PrintedText(NamedTuple):
    """A text of the frame, and where it stands."""

    text: str
    place: Place


def cells_by_row(labelled: LabelledForm) -> list[list[LabelledCell]]:
    """For every grid row the cells that cover it, from left to right."""
    rows: list[list[LabelledCell]] = [[] for _ in range(labelled.form.grid.row_count)]
    mixed: set[int] = set()  # the rows that cells reach into from above
    for cell in labelled.cells:
        own = cell.cell
        rows[own.row].append(cell)
        if own.row_span > 1:
            for row in range(own.row + 1, own.row + own.row_span):
                rows[row].append(cell)
                mixed.add(row)
    for row in mixed:
        rows[row].sort(key=attrgetter("column"))
    return rows


def rows_outside(tables: Sequence[IndicatorTable], row_count: int) -> list[int]:
    """The numbers of the rows that no indicator table takes."""
    taken = {row for table in tables for row in range(table.header.row, table.end_row)}
    return [row for row in range(row_count) if row not in taken]


def settle_sides(
    labelled: LabelledForm, tables: Sequence[IndicatorTable], rows: Rows, coverage: Coverage
) -> list[PrintedText]:
    """The labels printed beside blocks of rows (项目资金（元）, 绩效指标), and beside the rows of a table."""
    known = [cell for cell in labelled.cells if cell.meaning.is_side]
    sides = [*known, *(cell for table in tables for cell in _beside(table, rows))]
    coverage.cover(*(cell.cell for cell in sides))
    return [PrintedText(cell.text, cell.cell.place) for cell in sides]


def _beside(table: IndicatorTable, rows: Rows) -> Iterator[LabelledCell]:
    """The cells that are merged down beside the rows of a table, left of all its columns."""
    first = table.columns[0].first
    for header in table.headers:
        beside = (cell for cell in rows[header.row] if cell.meaning is UNKNOWN and cell.end_column <= first)
        yield from (cell for cell in beside if cell.text and cell.cell.row_span > 1 and len(cell.text) <= _LONGEST_SIDE)


def settle_headings(form: Form, labelled: LabelledForm, coverage: Coverage) -> list[PrintedText]:
    """The lines above the table and the cells at its top that say whose, when and in which unit."""
    headings = list(find_headings(form.heading))
    title_rows = [cell.cell for cell in labelled.cells if cell.is_heading]
    numbers = [cell.cell for cell in labelled.cells if cell.meaning is UNKNOWN and is_table_number(cell.text)]
    coverage.cover(*title_rows, *numbers, *(line for heading in headings for line in heading.lines))
    above = [PrintedText(heading.text, heading.lines[0].place) for heading in headings]
    return above + [PrintedText(cell.text, cell.place) for cell in title_rows]
