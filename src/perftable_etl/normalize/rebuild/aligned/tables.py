"""The tables on pages without rules: rows below each other that have several cells, and what of a page is in none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Cell, Grid, Page, least_confidence
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.columns import SAME_EDGE, Block, Columns, blocks_of, column_of
from perftable_etl.normalize.rebuild.aligned.merged_labels import Heights, PlacedCell
from perftable_etl.normalize.rebuild.aligned.passages import Passage, place_on
from perftable_etl.normalize.rebuild.aligned.rows import heights_of, is_row_of_heads, may_head_column, place, rows_of
from perftable_etl.normalize.rebuild.grid_maker import grid_of

_APART = 1.5  # times the distance of rows


class AlignedTable(NamedTuple):
    """The cells of a table on one page, each with its rows, and for each row the cells that stand in it."""

    cells: Sequence[PlacedCell]
    rows: Sequence[Sequence[Passage]]

    @property
    def cost(self) -> float:
        """How far the cells are from where they should stand, less for more rows that they have."""
        return sum(cell.cost for cell in self.cells)

    @property
    def lowest(self) -> list[Passage]:
        """The cells with none below them."""
        cells = [cell.passage for cell in self.cells]
        return [c for c in cells if not any(o.middle > c.middle and o.is_above_or_below(c) for o in cells)]

    @classmethod
    def of(
        cls, cells: Sequence[Passage], own: Sequence[Sequence[Passage]], heights: Heights, vocabulary: Vocabulary
    ) -> AlignedTable:
        """The table of some cells, of which those that are not merged stand in their own rows."""
        placed = place(cells, own, heights, vocabulary)
        rows = [[cell.passage for cell in placed if cell.first <= row < cell.end] for row in range(len(own))]
        return cls(placed, [sorted(row, key=lambda cell: cell.box.x0) for row in rows])


def tables_of(pages: Sequence[Sequence[Passage]], em: float, vocabulary: Vocabulary) -> list[list[AlignedTable]]:
    """The tables on each of some pages, their rows set in the way that fits better."""
    readings = [list(_tables_on_each(pages, heights, vocabulary)) for heights in heights_of(pages, em)]
    return min(readings, key=lambda tables: sum(table.cost for own in tables for table in own))


def _tables_on_each(
    pages: Sequence[Sequence[Passage]], heights: Heights, vocabulary: Vocabulary
) -> Iterator[list[AlignedTable]]:
    """The tables on each page, the last of which may go on at the top of the next."""
    above: Sequence[Passage] = ()
    for cells in pages:
        own = list(_tables_on(cells, heights, vocabulary, above))
        above = own[-1].lowest if own else ()
        yield own


def _tables_on(
    cells: Sequence[Passage], heights: Heights, vocabulary: Vocabulary, above: Sequence[Passage]
) -> Iterator[AlignedTable]:
    """The tables on a page: headings part them, and lines around are in none; `above` are the lowest cells before."""
    for rows, top, bottom in _stretches(rows_of(cells, heights), heights.gap, above):
        yield AlignedTable.of([cell for cell in cells if top <= cell.middle < bottom], rows, heights, vocabulary)


def _stretches(
    rows: Sequence[Sequence[Passage]], gap: float, above: Sequence[Passage]
) -> Iterator[tuple[list[Sequence[Passage]], float, float]]:
    """Rows between headings, from the first with several cells to the last, and from where to where they stand."""
    own: list[Sequence[Passage]] = []
    top = float("-inf")
    for row in [*rows, ()]:
        if row and not (len(row) == 1 and is_heading(row[0].text) and _is_apart(row[0], own, gap)):
            own.append(row)
            continue
        bottom = row[0].middle if row else float("inf")
        first, end = _ends(own, gap, above)
        if first < end:
            upper = max((cell.middle for other in own[:first] for cell in other), default=top)
            lower = min((cell.middle for other in own[end:] for cell in other), default=bottom)
            yield own[first:end], upper + 0.1, lower
        top, own, above = bottom + 0.1, [], ()


def _ends(rows: Sequence[Sequence[Passage]], gap: float, above: Sequence[Passage]) -> tuple[int, int]:
    """The first row of a table and the one after its last: rows of several cells, and single ones right below them.

    At the top of a page a table may go on with a single cell, or have nothing else than that.
    """
    wide = [index for index, row in enumerate(rows) if len(row) > 1]
    if not wide:
        return 0, sum(_goes_on_in(row[0], above) for row in rows[:1])
    end = wide[-1] + 1
    while end < len(rows) and not _is_apart(rows[end][0], rows[:end], gap):
        end += 1
    return (0 if above else wide[0]), end


def _goes_on_in(cell: Passage, above: Sequence[Passage]) -> bool:
    """Whether a cell is below one alone of the lowest before, and set as that is."""
    over = [other for other in above if other.is_above_or_below(cell)]
    return len(over) == 1 and cell.is_set_as(over[0], SAME_EDGE)


def _is_apart(heading: Passage, above: Sequence[Sequence[Passage]], gap: float) -> bool:
    """Whether a heading is further from the row above it than rows are."""
    return not above or min(heading.gap_to(cell) for cell in above[-1]) > _APART * gap


def grids_of(placed: Sequence[tuple[AlignedTable, Page]], vocabulary: Vocabulary) -> list[Grid]:
    """A grid for each of some tables, all with the same columns."""
    rows = [row for table, _ in placed for row in table.rows]
    blocks = blocks_of(rows, vocabulary)
    columns = Columns.of(blocks)
    block_of = [block for block in blocks for _ in range(block.first, block.end)]
    boxes = [cell.box for row in rows for cell in row]
    boundaries = (min(box.x0 for box in boxes), *columns.edges, max(box.x1 for box in boxes))
    grids, start = [], 0
    for table, page in placed:
        own = block_of[start : start + len(table.rows)]
        start += len(table.rows)
        grids.append(_grid(table, page, own, columns, boundaries, vocabulary))
    return grids


def _grid(
    table: AlignedTable,
    page: Page,
    blocks: Sequence[Block],
    columns: Columns,
    boundaries: tuple[float, ...],
    vocabulary: Vocabulary,
) -> Grid:
    cells = [_cell(placed, page, blocks, columns) for placed in table.cells]
    blanks = list(_blanks(table, page, cells, blocks, columns))
    are_heads = [is_row_of_heads(row, vocabulary) for row in table.rows]
    cells = [_over_heads(cell, [*cells, *blanks], vocabulary) if are_heads[cell.row] else cell for cell in cells]
    cells += _blanks(table, page, cells, blocks, columns)
    return grid_of(cells, boundaries)


def _over_heads(cell: Cell, cells: Sequence[Cell], vocabulary: Vocabulary) -> Cell:
    """A head over others in the row below it, in the columns of all that have nothing above them but it."""
    below = [other for other in cells if other.row == cell.end_row and other.text]
    own = [other for other in below if other.column < cell.end_column and cell.column < other.end_column]
    is_head = vocabulary.is_side(cell.text) or may_head_column(cell.text, vocabulary)
    if cell.row_span > 1 or not own or not is_head or not all(may_head_column(head.text, vocabulary) for head in own):
        return cell
    blanks = [other for other in cells if other.row == cell.row and not other.text]
    first, end = cell.column, cell.end_column
    free = {(blank.column, blank.end_column) for blank in blanks for other in below if other.column == blank.column}
    while any(start < first == stop or first < end == start for start, stop in free):
        first = min([first, *(start for start, stop in free if stop == first)])
        end = max([end, *(stop for start, stop in free if start == end)])
    return cell._replace(column=first, column_span=end - first)


def _cell(placed: PlacedCell, page: Page, blocks: Sequence[Block], columns: Columns) -> Cell:
    """A cell in the columns that it covers in each of its rows."""
    covered = [_columns_of(placed.passage, block, columns) for block in blocks[placed.first : placed.end]]
    first, end = max(start for start, _ in covered), min(end for _, end in covered)
    if first >= end:
        first, end = covered[0]
    text, box, words = placed.passage
    confidence = least_confidence(word.confidence for word in words)
    span = placed.end - placed.first, end - first
    return Cell(text, placed.first, first, *span, place_on(page, box), confidence=confidence)


def _columns_of(passage: Passage, block: Block, columns: Columns) -> tuple[int, int]:
    own = columns.of_block(block)
    first, end = column_of(passage, block)
    return own[first][0], own[end - 1][1]


def _blanks(
    table: AlignedTable, page: Page, cells: Sequence[Cell], blocks: Sequence[Block], columns: Columns
) -> Iterator[Cell]:
    """Blank cells in the columns of a block where a row has none.

    At the top of a page one is beside all rows down to the first label of its column: that of the page before goes on.
    """
    filled = {(row, at) for c in cells for row in range(c.row, c.end_row) for at in range(c.column, c.end_column)}
    covered = set(filled)
    for row, block in enumerate(blocks):
        for first, end in columns.of_block(block):
            if any((row, at) in covered for at in range(first, end)):
                continue
            below = row + 1
            while row == 0 and _goes_on(table.rows, blocks, below, filled, end):
                below += 1
            covered |= {(number, at) for number in range(row, below) for at in range(first, end)}
            yield Cell("", row, first, below - row, end - first, place_on(page, table.rows[row][0].box))


def _goes_on(
    rows: Sequence[Sequence[Passage]],
    blocks: Sequence[Block],
    row: int,
    filled: Collection[tuple[int, int]],
    end: int,
) -> bool:
    """Whether a row of the first one's block has nothing in the columns up to `end`."""
    if row >= len(rows) or blocks[row] is not blocks[0]:
        return False
    return end <= min((at for own, at in filled if own == row), default=end)
