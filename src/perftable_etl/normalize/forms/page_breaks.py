"""Stitching the fragments of one form over its page breaks.

A page break may repeat the header, blank or move a merged label, or cut a row so that the rest of a cell opens the
next page (`cut_cells`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Place
from perftable_etl.normalize.forms.cut_cells import FacingCells, TableColumns, cells_to_join
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.table_heads import find_headers
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.records import IndicatorPhase

_SAME_BOUNDARY = 4.0
"""Points two pages' boundaries may differ by and still be one column's (rounding, doubled rules)."""

_FEWEST_COLUMNS = 3
"""Columns in a row that tell whose table it is of."""

_FEWEST_HEADS = 2
"""Heads of columns in a row that only repeats the header."""

_LEVELS: frozenset[ColumnName | None] = frozenset({"level1", "level2", "level"})
"""Columns of merged labels. All others hold one thing a row."""

_NEEDED: frozenset[ColumnName | None] = frozenset({"level3", "target", "weight", "score"})
"""Columns that every row has something in, where any has."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows `first` to `last` (excluded) of one grid; `starts` where a project begins in its first row.

    `headers` are those of its rows that head an indicator table. `is_rebuilt` is what the grid's says.
    """

    cells: tuple[LabelledCell, ...]
    first: int
    last: int
    boundaries: tuple[float, ...]
    starts: bool
    headers: frozenset[int]
    is_rebuilt: bool = False

    @property
    def page(self) -> int:
        """The number of the page that it stands on."""
        return self.cells[0].cell.place.page


class Stitched(NamedTuple):
    """A form's fragments as one grid, its cells with what they are, and the header cells that were only repeated."""

    grid: Grid
    cells: tuple[LabelledCell, ...]
    repeats: tuple[Cell, ...] = ()


def align(fragments: Sequence[Fragment], later: Fragment) -> list[float] | None:
    """The boundaries of `later` in the coordinates of the form so far, or None where they are another table's.

    A page may be shifted (mirrored margins) or scaled, so the edges are laid over one another where plain
    coordinates do not match. Rows of notes below those of indicators may be cut in columns of their own: then those of
    the first row must match.
    """
    known = sorted({x for fragment in fragments for x in fragment.boundaries})
    left, right = known[0], known[-1]
    its_left, its_right = later.boundaries[0], later.boundaries[-1]
    scale = (right - left) / (its_right - its_left)
    candidates = (
        list(later.boundaries),
        [x - its_left + left for x in later.boundaries],
        [(x - its_left) * scale + left for x in later.boundaries],
    )
    for boundaries in (range(len(later.boundaries)), _boundaries_of_first_row(later)):
        for moved in candidates:
            if all(any(abs(moved[index] - k) <= _SAME_BOUNDARY for k in known) for index in boundaries):
                return moved
    has_same_edges = abs(candidates[0][0] - left) <= _SAME_BOUNDARY >= abs(candidates[0][-1] - right)
    return candidates[0] if has_same_edges and (not _has_header(fragments) or _is_note(later)) else None


def _is_note(fragment: Fragment) -> bool:
    """Whether its first row is a note below an indicator table."""
    first = [cell for cell in fragment.cells if cell.row == fragment.first and cell.text]
    return bool(first) and begins_note(first[0].text)


def _boundaries_of_first_row(fragment: Fragment) -> Sequence[int]:
    """Which boundaries part the cells of its first row; all where there are too few to tell one table from another."""
    first = [cell for cell in fragment.cells if cell.row == fragment.first]
    if len(first) < _FEWEST_COLUMNS:
        return range(len(fragment.boundaries))
    return sorted({index for cell in first for index in (cell.column, cell.end_column)})


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
        header_rows = _repeated_header(fragment, fragments[:index], vocabulary) if index else 0
        repeats += [cell.cell for cell in fragment.cells if cell.end_row <= fragment.first + header_rows]
        moved = [
            _moved(cell, row_count - fragment.first - header_rows, columns, row_count)
            for cell in fragment.cells
            if cell.end_row > fragment.first + header_rows
        ]
        cells = _join_at_break(cells, moved, row_count, heads, vocabulary) if index else moved
        heads |= {
            row + row_count - fragment.first - header_rows
            for row in fragment.headers
            if row >= fragment.first + header_rows
        }
        row_count += fragment.last - fragment.first - header_rows
    cells.sort(key=_position)
    return Stitched(_grid(cells, row_count, tuple(boundaries)), tuple(cells), tuple(repeats))


def _position(cell: LabelledCell) -> tuple[int, int]:
    return cell.cell.row, cell.cell.column


def _grid(labelled: Sequence[LabelledCell], row_count: int, boundaries: tuple[float, ...]) -> Grid:
    cells = tuple(cell.cell for cell in labelled)
    page = cells[0].place.page
    around = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    return Grid(cells, row_count, boundaries, Place(page, around))


def _widen(
    known: list[float], cells: list[LabelledCell], xs: Sequence[float]
) -> tuple[list[float], list[LabelledCell], list[int]]:
    """`known` boundaries with those of `xs` that are new; the cells so far in the new columns; where each x went."""
    homes = _homes(known, xs)
    widened = sorted({*known, *homes})
    if len(widened) > len(known):
        moved_to = [widened.index(k) for k in known]
        cells = [_moved(cell, 0, moved_to, 0) for cell in cells]
    return widened, cells, [widened.index(home) for home in homes]


def _homes(known: Sequence[float], xs: Sequence[float]) -> list[float]:
    """For each x the known boundary that it is, or x itself where it is a new one.

    No two are the same one, or a cell between them would have no column: of two near one boundary the nearer is it.
    """
    nearest = [min(known, key=lambda k: abs(k - x)) for x in xs]
    closest: dict[float, float] = {}
    for x, k in zip(xs, nearest, strict=True):
        if abs(x - k) <= _SAME_BOUNDARY and (k not in closest or abs(x - k) < abs(closest[k] - k)):
            closest[k] = x
    return [k if closest.get(k) == x else x for x, k in zip(xs, nearest, strict=True)]


def _moved(cell: LabelledCell, rows: int, columns: Sequence[int], first_row: int) -> LabelledCell:
    """`cell` moved down by `rows` (its fragment above `first_row` cut off) and into new columns."""
    text, old_row, old_column, row_span, column_span, place, cut_above, cut_below, parts, confidence = cell.cell
    column, end_column = columns[old_column], columns[old_column + column_span]
    if not rows and (column, end_column) == (old_column, old_column + column_span):
        return cell
    row = max(old_row + rows, first_row)
    shape = row, column, old_row + row_span + rows - row, end_column - column
    return cell.with_cell(Cell(text, *shape, place, cut_above, cut_below, parts, confidence))


def _has_header(fragments: Iterable[Fragment]) -> bool:
    return any(fragment.headers for fragment in fragments)


def _repeated_header(fragment: Fragment, above: Sequence[Fragment], vocabulary: Vocabulary) -> int:
    """How many rows at the top of a fragment only repeat the header of the indicator table above it."""
    if not _has_header(above):
        return 0
    printed = {texts for earlier in above for texts in _texts_by_row(earlier.cells, earlier.headers).values()}
    rows = range(fragment.first, fragment.last)
    texts = _texts_by_row(fragment.cells, rows)
    own = texts.get(fragment.first)
    if own not in printed and _is_of_another_time(fragment, above, vocabulary):
        return 0
    return sum(1 for _ in takewhile(lambda row: texts.get(row) in printed or _repeats(fragment, row), rows))


def _is_of_another_time(fragment: Fragment, above: Sequence[Fragment], vocabulary: Vocabulary) -> bool:
    """Whether a label beside the first row of a fragment names another time than the last one above it does."""
    before = [cell for earlier in above for cell in earlier.cells]
    beside = [cell for cell in fragment.cells if cell.row == fragment.first]
    times = [next(_times(cells, vocabulary), None) for cells in (beside, reversed(before))]
    return times[0] is not None and times[0] != times[1]


def _times(cells: Iterable[LabelledCell], vocabulary: Vocabulary) -> Iterator[IndicatorPhase]:
    """The times that labels beside rows name."""
    return (time for cell in cells if cell.meaning.is_side and (time := vocabulary.period(cell.text)))


def _texts_by_row(cells: Iterable[LabelledCell], rows: Container[int]) -> dict[int, tuple[str, ...]]:
    """What is printed in some rows, white space left out."""
    texts: dict[int, tuple[str, ...]] = {}
    for cell in cells:
        text, row = cell.cell[:2]
        if text and row in rows:
            texts[row] = (*texts.get(row, ()), "".join(text.split()))
    return texts


def _repeats(fragment: Fragment, row: int) -> bool:
    """Whether a row has heads of columns only, and labels beside them."""
    cells = [cell for cell in fragment.cells if cell.row == row and cell.text]
    heads = sum(cell.meaning.column is not None for cell in cells)
    return heads >= _FEWEST_HEADS and heads + sum(cell.meaning.is_side for cell in cells) >= len(cells)


def _join_at_break(
    upper: list[LabelledCell], lower: list[LabelledCell], break_row: int, heads: Container[int], vocabulary: Vocabulary
) -> list[LabelledCell]:
    """The cells on both sides of a page break as one list, those that the break cut made whole.

    `break_row` is the first row below the break, `heads` are the rows above it that head an indicator table.
    """
    above = {(cell.column, cell.end_column): cell for cell in upper if cell.end_row == break_row}
    below = {(cell.column, cell.end_column): cell for cell in lower if cell.row == break_row}
    pairs = [FacingCells(above[columns], cell, vocabulary) for columns, cell in below.items() if columns in above]
    columns = _table_columns([cell for cell in upper if cell.cell.row in heads or cell.cell.row - 1 in heads])
    joined = {id(old): pair.joined_cell() for pair in cells_to_join(pairs, columns) for old in (pair.high, pair.low)}
    kept = [joined.get(id(cell), cell) for cell in upper]
    return kept + [cell for cell in lower if id(cell) not in joined]


def _table_columns(heads: Sequence[LabelledCell]) -> TableColumns:
    """What the columns below the last of some headers hold, which may be of two rows."""
    headers = find_headers(heads)
    columns = headers[-1].columns if headers else ()
    return TableColumns(
        frozenset(at for column in columns if column.name not in _LEVELS for at in range(column.first, column.end)),
        frozenset(column.first for column in columns if column.name in _NEEDED),
    )
