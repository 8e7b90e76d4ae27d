"""The cells of a table, and the words that stand in each.

A cell is a rectangle with no rule inside it: its spans come from the rules that are missing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.document import Box, Word
from perftable_etl.extract.grid_area import GridArea
from perftable_etl.extract.ruling import Outline
from perftable_etl.extract.torn_words import AT_WALL
from perftable_etl.quick_tuples import maker

_area = maker(GridArea)

_OUTSIDE = -1
"""The number of no cell."""


def find_cell_areas(outline: Outline) -> list[GridArea]:
    """The cells of a table by row and then column. A shape that is no rectangle is cut into rectangles at its rows."""
    row_count = len(outline.ys) - 1
    walls, floors = _walls_by_row(outline), outline.floors
    taken = [0] * row_count
    areas: list[GridArea] = []
    for row in range(row_count):
        covered, below, bottom = taken[row], floors[row + 1], row + 1
        for column, end, floor in _stretches(walls[row] | covered):
            if floor & covered:
                continue
            if floor & below:
                areas.append(_area((row, column, bottom, end)))
                continue
            end_row = _bottom(bottom, floor, walls, floors)
            for lower in range(bottom, end_row):
                taken[lower] |= floor
            areas.append(_area((row, column, end_row, end)))
    return areas


@lru_cache(maxsize=1024)
def _stretches(edges: int) -> tuple[tuple[int, int, int], ...]:
    """The columns between each two neighbours of some boundaries, a bit each: the first, the end, and their bits.

    Most rows of a table have the boundaries of another one.
    """
    at = [boundary for boundary in range(edges.bit_length()) if edges >> boundary & 1]
    return tuple((column, end, (1 << end) - (1 << column)) for column, end in pairwise(at))


def _walls_by_row(outline: Outline) -> list[int]:
    """For every row a bit mask of the boundaries drawn beside it; the outer two always are."""
    row_count = len(outline.ys) - 1
    everywhere = (1 << row_count) - 1
    through = sum(1 << boundary for boundary, rows in enumerate(outline.walls) if rows == everywhere)
    masks = [through | 1 | 1 << len(outline.xs) - 1] * row_count
    for boundary, rows in enumerate(outline.walls):
        left = rows if rows != everywhere else 0
        while left:
            lowest = left & -left
            masks[lowest.bit_length() - 1] |= 1 << boundary
            left ^= lowest
    return masks


def _bottom(bottom: int, floor: int, walls: Sequence[int], floors: Sequence[int]) -> int:
    """The row that a cell ends above which goes down to `bottom`: no rule is inside it, and its sides go on beside it.

    Its columns are the bits of `floor`.
    """
    boundaries = floor | floor << 1
    edges = floor & -floor | boundaries ^ floor
    while bottom < len(walls) and not floors[bottom] & floor and walls[bottom] & boundaries == edges:
        bottom += 1
    return bottom


class PlacedWords(NamedTuple):
    """The words of each cell of a table, and those that lie outside it.

    `at_walls` are the words that reach to the right wall of their cell, or beyond it, with the numbers of their cells.
    """

    contents: list[list[Word]]
    outside: list[Word]
    at_walls: list[tuple[int, Word]]


def place_words(words: Sequence[Word], areas: Sequence[GridArea], outline: Outline) -> PlacedWords:
    """Words in the cells that their middles lie in; one that is printed over the table's edge belongs to it."""
    xs, ys, table = outline.xs, outline.ys, outline.box
    owners = _owners(areas, len(xs), len(ys))
    placed = PlacedWords([[] for _ in areas], [], [])
    for word in words:
        x0, y0, x1, y1 = word.box
        row, column = bisect_right(ys, (y0 + y1) / 2), bisect_right(xs, (x0 + x1) / 2)
        index = owners[row][column]
        if index == _OUTSIDE:
            if not _cut_by_edge(word.box, table):
                placed.outside.append(word)
                continue
            index = owners[max(1, min(row, len(ys) - 1))][min(column, len(xs) - 1)]
        placed.contents[index].append(word)
        if x1 > xs[areas[index].end_column] - AT_WALL:
            placed.at_walls.append((index, word))
    return placed


def _owners(areas: Iterable[GridArea], width: int, height: int) -> list[list[int]]:
    """By row and column of a table, from 1, the number of the cell that covers them; around it there is none."""
    owners = [[_OUTSIDE] * (width + 1) for _ in range(height + 1)]
    for index, (row, column, end_row, end_column) in enumerate(areas):
        own = [index] * (end_column - column)
        for owner in owners[row + 1 : end_row + 1]:
            owner[column + 1 : end_column + 1] = own
    return owners


def _cut_by_edge(word: Box, table: Box) -> bool:
    """Whether a table's edge, but for the left one, runs through a word: it overflows its cell and belongs to it.

    Text is set from the left, so that it overflows to the right.
    """
    inside = min(word.y1, table.y1) - max(word.y0, table.y0)
    begins_inside = table.x0 <= word.x0 and (word.x0 < table.x1 - 1 or word.x1 <= table.x1)
    return inside > 0.2 * (word.y1 - word.y0) and begins_inside
