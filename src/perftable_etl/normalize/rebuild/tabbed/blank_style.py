"""Tables whose merged cells leave blank fields: the number of a field is its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, may_stand_under
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.body import Head, place_body_row, place_by_number
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind
from perftable_etl.normalize.rebuild.tabbed.heads import kinds_of
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedCell, PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row

_LONGEST_LABEL = 20
"""Characters of a text that may be a label with a blank value beside it."""


def place_upper(rows: Sequence[Row], width: int) -> Iterator[PlacedRow]:
    """The rows above an indicator table. A text covers the blanks to its right, but for those that other rows need."""
    labels = _label_width(rows)
    above: dict[int, int] = {}
    for index, row in enumerate(rows):
        starts = [column for column, one in enumerate(row.fields) if one.text]
        ends = [*starts[1:], width]
        if len(starts) == 1 and labels and starts[0] == 0 and len(row.texts[0]) <= _LONGEST_LABEL:
            ends = [labels]
        if row.first:
            ends = [min(end, above.get(start, end)) for start, end in zip(starts, ends, strict=True)]
        elif starts and index and rows[index - 1].first:
            ends[0] = min(ends[0], rows[index - 1].first)
        ends = [min(end, _needed_below(rows, index, start)) for start, end in zip(starts, ends, strict=True)]
        above = dict(zip(starts, ends, strict=True)) | (above if row.first else {})
        cells = (PlacedCell(row.fields[start], start, end) for start, end in zip(starts, ends, strict=True))
        yield PlacedRow(row, tuple(cells), row.first, tuple(above))


def _needed_below(rows: Sequence[Row], index: int, column: int) -> int:
    """The column that a cell must end at, since rows below go on beside it there."""
    end = 10**6
    for row in rows[index + 1 :]:
        if row.first <= column:
            break
        end = min(end, row.first)
    return end


def _label_width(rows: Sequence[Row]) -> int:
    """How many columns the labels at the left of most rows cover; none where no row tells."""
    widths = [seconds[0] for row in rows if row.first == 0 and (seconds := _further(row))]
    return min(widths, default=0)


def _further(row: Row) -> list[int]:
    return [column for column, one in enumerate(row.fields) if one.text and column]


def place_head(rows: Sequence[Row]) -> Iterator[PlacedRow]:
    """The rows of a head: each text covers the blanks to its right; of two rows the first also those below."""
    width = max(len(row.fields) for row in rows)
    first = rows[0]
    starts = [column for column, one in enumerate(first.fields) if one.text]
    second = {column for row in rows[1:] for column, one in enumerate(row.fields) if one.text}
    cells = []
    for start, end in pairwise([*starts, width]):
        is_parted = any(start <= column < end for column in second)
        cells.append(PlacedCell(first.fields[start], start, end, 1 if is_parted else len(rows)))
    yield PlacedRow(first, tuple(cells), first.first)
    for row in rows[1:]:
        columns = sorted(second)
        yield PlacedRow(row, tuple(_second_cells(row, columns, cells)))


def _second_cells(row: Row, columns: Sequence[int], above: Sequence[PlacedCell]) -> Iterator[PlacedCell]:
    """The cells of a head's second row: each as far as the next, and no further than the cell above it."""
    edges = sorted({edge for cell in above for edge in (cell.column, cell.end_column)})
    for column, following in pairwise([*columns, edges[-1]]):
        yield PlacedCell(row.fields[column], column, min(following, next(edge for edge in edges if edge > column)))


def place_body(rows: Sequence[Row], head: Head, *, is_even: bool) -> Iterator[PlacedRow]:
    """The rows of an indicator table; a level 2 of another level 1 than the one above stands beside a blank.

    In an even table, whose rows all have the same count of fields, the number of a field is its column.
    """
    level1 = ""
    for placed in (place_by_number(row, head) for row in rows) if is_even else _aligned(rows, head):
        above, level1 = level1, next(_texts(placed, head, "level1"), level1)
        is_other = level1 is above and _is_of_other(next(_texts(placed, head, "level2"), ""), level1)
        yield placed._replace(own=(head.kinds.index("level1"),)) if is_other else _widened(placed, head)


def _aligned(rows: Sequence[Row], head: Head) -> Iterator[PlacedRow]:
    """The rows in their columns. A page break may leave out the field of the side label, in all rows below it."""
    offset = 0
    for row in rows:
        if _is_note(row, head):
            yield place_by_number(row, head)
            continue
        placed = place_body_row(row, head, {0, offset}, head.width)
        offset = placed.cells[0].column - row.first if placed.cells else offset
        yield placed


def _is_note(row: Row, head: Head) -> bool:
    """Whether a row is no indicator: it has one text, at the left, or a label there and one text right beside it."""
    if not row.texts or row.first or _names_level(row.texts[0]):
        return False
    return row.end == 1 or (row.end == 2 and head.kind(0) in LEVELS)


def _widened(placed: PlacedRow, head: Head) -> PlacedRow:
    """A row that is no indicator, without the borders of columns: a label at the left, and one text at most."""
    texts = placed.row.texts
    starts = [cell.column for cell in placed.cells]
    if not 0 < len(texts) < 3 or starts[0] or _names_level(texts[0]):
        return placed
    if len(texts) == 2 and head.kind(0) not in LEVELS and not begins_note(texts[0]):
        return placed
    cells = (cell._replace(end_column=end) for cell, end in zip(placed.cells, [*starts[1:], head.width], strict=True))
    return placed._replace(cells=tuple(cells))


def _names_level(text: str) -> bool:
    return find_level1(text) is not None or find_level2(text) is not None


def _texts(placed: PlacedRow, head: Head, kind: Kind) -> Iterator[str]:
    return (cell.field.text for cell in placed.cells if head.kind(cell.column) == kind)


def _is_of_other(text: str, level1: str) -> bool:
    """Whether a row is not of the level 1 above it: that is the name of a level 2, or its own level 2 is of another."""
    level2, name = find_level2(text), find_level1(level1)
    if name is None:
        return find_level2(level1) is not None
    return level2 is not None and not may_stand_under(level2, name)


def read_head(rows: Sequence[Row], width: int, vocabulary: Vocabulary) -> Head:
    """What a head says of the columns below it."""
    placed = list(place_head(rows))
    kinds: list[Kind] = [None] * max(len(row.fields) for row in rows)
    for row in placed:
        for cell, kind in zip(row.cells, kinds_of([cell.field.text for cell in row.cells], vocabulary), strict=True):
            kinds[cell.column : cell.end_column] = [kind] * (cell.end_column - cell.column)
    first = min(cell.column for row in placed for cell in row.cells)
    kinds[:first] = ["side"] * first
    groups = {cell.column for row in placed for cell in row.cells} | {0}
    return Head(tuple(kinds), tuple(sorted(groups)), width)
