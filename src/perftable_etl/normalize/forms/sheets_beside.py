"""Tables too wide for the paper, whose columns at the right are printed on the next sheet.

Both sheets have the same rows, at the same heights. The first has the labels of a form, and the second only what stands
beside them: other columns, no name of a project and no name of a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from perftable_etl.document import Block, Box, Cell, Document, Flaw, Grid, LaidOutPage, Line, Place
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.vocabulary import Vocabulary

_SAME = 1.5
"""Points. Borders of one row are no farther apart on two sheets."""

_FEWEST_ROWS = 6
"""Rows that agree by chance are fewer."""


def with_columns_beside(document: Document, vocabulary: Vocabulary) -> Document:
    """`document` with the columns that are printed on the next sheet beside those that they belong to."""
    pages = list(document.pages)
    for index, (left, right) in enumerate(pairwise(document.pages)):
        grids = _only_grid(left), _only_grid(right)
        if grids[0] and grids[1] and _are_one(grids[0], grids[1], vocabulary):
            beyond = [block for block in left.blocks if isinstance(block, Line) and _is_beyond(block, grids[0])]
            joined = _joined(grids[0], _with_texts(grids[1], beyond))
            kept = replace(left, blocks=_others(left, beyond), flaws=(*left.flaws, *_cut(grids[0], grids[1])))
            pages[index] = _with_grid(kept, grids[0], joined)
            pages[index + 1] = _with_grid(right, grids[1], None)
    return Document(tuple(pages))


def _is_beyond(line: Line, grid: Grid) -> bool:
    """Whether a line stands to the right of a table, at a row's height: its cell goes on over the next sheet."""
    _, y0, x1, y1 = grid.place.box
    return line.place.box.x0 >= x1 - 1 and y0 <= line.place.box.middle[1] <= y1


def _cut(left: Grid, right: Grid) -> Iterator[Flaw]:
    """The texts at the edge of a sheet that have a blank beside them on the next: their cell may go on there."""
    blank = {row for cell in right.cells if not cell.column and not cell.text for row in range(cell.row, cell.end_row)}
    for cell in left.cells:
        if cell.text and cell.end_column == left.column_count and cell.row in blank:
            yield Flaw("cut_by_sheet", cell.text, cell.place)


def _with_texts(grid: Grid, beyond: Sequence[Line]) -> Grid:
    """A table with texts that begin on the sheet before in its first column, where that is blank at their height."""
    if not beyond:
        return grid
    return replace(grid, cells=tuple(_filled(cell, beyond) for cell in grid.cells))


def _filled(cell: Cell, beyond: Sequence[Line]) -> Cell:
    if cell.column or cell.text:
        return cell
    y0, y1 = cell.place.box.y0, cell.place.box.y1
    own = [line.text for line in beyond if y0 <= line.place.box.middle[1] <= y1]
    return cell._replace(text="\n".join(own)) if own else cell


def _others(laid_out: LaidOutPage, lines: Sequence[Line]) -> tuple[Block, ...]:
    return tuple(block for block in laid_out.blocks if block not in lines)


def _only_grid(laid_out: LaidOutPage) -> Grid | None:
    """The one table of a page that has no other."""
    grids = [block for block in laid_out.blocks if isinstance(block, Grid)]
    return grids[0] if len(grids) == 1 and grids[0].row_count >= _FEWEST_ROWS else None


def _are_one(left: Grid, right: Grid, vocabulary: Vocabulary) -> bool:
    """Whether the second table has the columns at the right of the first."""
    if left.row_count != right.row_count or not _have_same_rows(left, right):
        return False
    return _has_labels(left, vocabulary) and not _has_labels(right, vocabulary)


def _has_labels(grid: Grid, vocabulary: Vocabulary) -> bool:
    texts = [cell.text for cell in grid.cells if cell.text]
    return any(is_level(text) for text in texts) or any(vocabulary.meaning(text).label == "name" for text in texts)


def _have_same_rows(left: Grid, right: Grid) -> bool:
    one, other = _heights(left), _heights(right)
    return all(abs(y - other.get(row, y)) < _SAME for row, y in one.items())


def _heights(grid: Grid) -> dict[int, float]:
    """Where the rows of a table begin that a cell begins in."""
    return {cell.row: cell.place.box.y0 for cell in grid.cells}


def _joined(left: Grid, right: Grid) -> Grid:
    """One table of both."""
    first, shift = left.column_count, left.boundaries[-1] - right.boundaries[0]
    moved = (cell._replace(column=cell.column + first) for cell in right.cells)
    cells = tuple(sorted((*left.cells, *moved), key=lambda cell: (cell.row, cell.column)))
    boundaries = (*left.boundaries, *(x + shift for x in right.boundaries[1:]))
    x0, y0, _, y1 = left.place.box
    return replace(
        left, cells=cells, boundaries=boundaries, place=Place(left.place.page, Box(x0, y0, boundaries[-1], y1))
    )


def _with_grid(laid_out: LaidOutPage, old: Grid, new: Grid | None) -> LaidOutPage:
    blocks = (block for block in laid_out.blocks if block is not old)
    kept = [*blocks, *([new] if new else [])]
    kept.sort(key=lambda block: block.place.box.y0)
    return replace(laid_out, blocks=tuple(kept))
