"""Rows whose level labels are not printed where other rows have theirs.

A table that merges its level cells prints a label in each of them; only the first on a page may be blank, as it goes on
from the page before. A blank one anywhere else has lost its label, or a rule parts a cell that is one. A row without
any level cell stands in a part of the table that has lost its level columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perftable_etl.document import Cell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.layouts.words import ColumnName

_MOST_BLANK = 0.25
"""Of a column's cells. Where more are blank, the table prints a label in the first row of a group only."""

_Columns = Mapping[int, ColumnName]


def report_unlabelled(rows: Sequence[Sequence[Cell]], columns: _Columns, coverage: Coverage) -> None:
    """Report the pages without level cells and the blank level cells; `rows` are those below the header."""
    cells = list({id(cell): cell for row in rows for cell in row}.values())  # hashing a cell takes all its places in
    by_name: dict[ColumnName, list[Cell]] = {"level1": [], "level2": [], "level3": []}  # each from top to bottom
    for cell in cells:
        name = columns.get(cell.column)
        if name in by_name and (cell.column_span == 1 or name == columns.get(cell.end_column - 1)):
            by_name[name].append(cell)
    level1, level2, names = by_name.values()
    _report_bare_pages(names, (*level1, *level2), columns, coverage)
    if not any(cell.row_span > 1 for cell in (*level1, *level2)):
        return  # no label is merged
    printed = {cell.row for cell in (*level1, *level2) if cell.text}
    for blank in _blanks(level2, names):
        if blank.row not in printed:
            _report_blank(blank, names, coverage)
    _report_parted(level1, names, coverage)


def _report_bare_pages(names: Sequence[Cell], levels: Iterable[Cell], columns: _Columns, coverage: Coverage) -> None:
    """Say which later pages have rows, but no level cells beside them."""
    if not {"level1", "level2"} & set(columns.values()):
        return
    covered = {row for cell in levels for row in range(cell.row, cell.end_row)}
    bare = {name.place.page: name for name in reversed(names) if name.text and name.row not in covered}
    for name in bare.values():
        if name.place.page > names[0].place.page:
            message = "the rows of this page have no level columns; they were given the levels of the previous page"
            coverage.report("level_columns_missing", "warning", message, name.text, name.place)


def _blanks(column: Sequence[Cell], names: Sequence[Cell]) -> list[Cell]:
    """The blank cells of a level column below others of their page; none where too many are blank."""
    pages = {name.row: name.place.page for name in names}
    below = [cell for cell in column[1:] if not cell.text and pages.get(cell.row) == pages.get(cell.row - 1)]
    return below if len(below) <= max(1, _MOST_BLANK * len(column)) else []


def _report_blank(blank: Cell, names: Sequence[Cell], coverage: Coverage) -> None:
    """Name the first row beside a blank cell."""
    beside = next((name for name in names if blank.row <= name.row < blank.end_row), None)
    if beside is not None:
        message = "the level cell of this row is blank, but other rows have their labels; compare it with the page"
        coverage.report("level_blank", "warning", message, beside.text, beside.place)


def _report_parted(level1: Sequence[Cell], names: Sequence[Cell], coverage: Coverage) -> None:
    """Name the first row of a page that a rule parts from the rows below it in a cell of level 1 without a label.

    Both belong to the label of the page before, so that nothing parts them but the end of a row that the break cut.
    """
    below_first = {two.row: one for zero, one, two in _triples(names) if zero.place.page < one.place.page}
    for blank in _blanks(level1, names):
        first = below_first.get(blank.row)
        if first is not None and first.text:
            message = "this row may continue the row above the page break: a rule parts it from its group"
            coverage.report("row_perhaps_cut", "warning", message, first.text, first.place)


def _triples(names: Sequence[Cell]) -> Iterator[tuple[Cell, Cell, Cell]]:
    """Each three rows below one another."""
    return zip(names, names[1:], names[2:], strict=False)
