"""Stitching the fragments of one form over its page breaks.

A page break may repeat the header, blank or move a merged label, or cut a row so that the rest of a cell opens the
next page (`cut_cells`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from operator import attrgetter
from sys import maxsize
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Place
from perftable_etl.normalize.forms.cut_cells import FacingCells, TableColumns, cells_to_join
from perftable_etl.normalize.forms.fragments import Fragment
from perftable_etl.normalize.forms.labelling import LabelledCell, position_of
from perftable_etl.normalize.forms.page_columns import align, homes
from perftable_etl.normalize.forms.repeated_rows import repeated_rows
from perftable_etl.normalize.forms.table_heads import IndicatorColumn, find_headers
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.quick_tuples import maker

_cell = maker(Cell)
_place: Callable[[Cell], Place] = attrgetter("place")

_LEVELS: frozenset[ColumnName | None] = frozenset({"level1", "level2", "level"})
"""Columns of merged labels. All others hold one thing a row."""

_NEEDED: frozenset[ColumnName | None] = frozenset({"level3", "target", "weight", "score"})
"""Columns that every row has something in, where any has."""


class Stitched(NamedTuple):
    """A form's fragments as one grid, its cells with what they are, and the header cells that were only repeated."""

    grid: Grid
    cells: tuple[LabelledCell, ...]
    repeats: tuple[Cell, ...] = ()


def stitch(fragments: Sequence[Fragment], vocabulary: Vocabulary) -> Stitched:
    """All fragments as one grid with common columns."""
    if len(fragments) == 1 and fragments[0].first == 0:
        fragment = fragments[0]
        return Stitched(_grid(fragment.cells, fragment.last, fragment.boundaries), fragment.cells)
    boundaries = list(fragments[0].boundaries)
    cells: list[LabelledCell] = []
    repeats: list[Cell] = []
    heads: set[int] = set()
    row_count = 0
    for index, fragment in enumerate(fragments):
        xs = (align(fragments[:index], fragment) if index else None) or list(fragment.boundaries)
        boundaries, cells, columns = _widen(boundaries, cells, xs)
        header_rows = repeated_rows(fragment, fragments[:index], vocabulary) if index else 0
        repeats += [cell.cell for cell in fragment.cells if cell.end_row <= fragment.first + header_rows]
        moved = [cell for cell in fragment.cells if cell.end_row > fragment.first + header_rows]
        shift = row_count - fragment.first - header_rows
        if shift or columns != list(range(len(columns))):
            moved = [_moved(cell, shift, columns, row_count) for cell in moved]
        cells = _join_at_break(cells, moved, row_count, heads, vocabulary) if index else moved
        heads |= {row + shift for row in fragment.headers if row >= fragment.first + header_rows}
        row_count += fragment.last - fragment.first - header_rows
    cells.sort(key=position_of)
    return Stitched(_grid(cells, row_count, tuple(boundaries)), tuple(cells), tuple(repeats))


def _grid(labelled: Sequence[LabelledCell], row_count: int, boundaries: tuple[float, ...]) -> Grid:
    cells = tuple([cell.cell for cell in labelled])
    page = cells[0].place.page
    boxes = [place.box for place in map(_place, cells) if place.page == page]
    return Grid(cells, row_count, boundaries, Place(page, Box.around(boxes)))


def _widen(
    known: list[float], cells: list[LabelledCell], xs: Sequence[float]
) -> tuple[list[float], list[LabelledCell], list[int]]:
    """`known` boundaries with those of `xs` that are new; the cells so far in the new columns; where each x went."""
    placed = homes(known, xs)
    widened = sorted({*known, *placed})
    if len(widened) > len(known):
        moved_to = [widened.index(k) for k in known]
        cells = [_moved(cell, 0, moved_to, 0) for cell in cells]
    return widened, cells, [widened.index(home) for home in placed]


def _moved(cell: LabelledCell, rows: int, columns: Sequence[int], first_row: int) -> LabelledCell:
    """`cell` moved down by `rows` (its fragment above `first_row` cut off) and into new columns."""
    text, old_row, old_column, row_span, column_span, place, cut_above, cut_below, parts, confidence = cell.cell
    column, end_column = columns[old_column], columns[old_column + column_span]
    if not rows and (column, end_column) == (old_column, old_column + column_span):
        return cell
    row = max(old_row + rows, first_row)
    shape = row, column, old_row + row_span + rows - row, end_column - column
    return cell.with_cell(_cell((text, *shape, place, cut_above, cut_below, parts, confidence)))


def _join_at_break(
    upper: list[LabelledCell], lower: list[LabelledCell], break_row: int, heads: Container[int], vocabulary: Vocabulary
) -> list[LabelledCell]:
    """The cells on both sides of a page break as one list, those that the break cut made whole.

    `break_row` is the first row below the break, `heads` are the rows above it that head an indicator table.
    """
    above = {(cell.column, cell.end_column): cell for cell in upper if cell.end_row == break_row}
    below = {(cell.column, cell.end_column): cell for cell in lower if cell.row == break_row}
    pairs = [FacingCells(above[columns], cell, vocabulary) for columns, cell in below.items() if columns in above]
    columns = _table_columns([cell for cell in upper if cell.row in heads or cell.row - 1 in heads])
    joined = {id(old): pair.joined_cell() for pair in cells_to_join(pairs, columns) for old in (pair.high, pair.low)}
    kept = [joined.get(id(cell), cell) for cell in upper]
    return kept + [cell for cell in lower if id(cell) not in joined]


def _table_columns(heads: Sequence[LabelledCell]) -> TableColumns:
    """What the columns below the last of some headers hold, which may be of two rows."""
    headers = find_headers(heads)
    columns = headers[-1].columns if headers else ()
    return TableColumns(
        frozenset(at for column in columns if column.name not in _LEVELS for at in range(column.first, column.end)),
        tuple(_needed(columns)),
    )


def _needed(columns: Sequence[IndicatorColumn]) -> Iterator[frozenset[int]]:
    """Where each table of some that may stand side by side holds what every row has: one begins with its names."""
    names = [column.first for column in columns if column.name == "level3"]
    starts = names or [0]
    for first, end in zip(starts, [*starts[1:], maxsize], strict=True):
        needed = (column.first for column in columns if column.name in _NEEDED)
        yield frozenset(at for at in needed if (first <= at or first == starts[0]) and at < end)
