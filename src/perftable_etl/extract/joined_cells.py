"""Cells that a missing rule has joined, parted again where their texts stand as those of two cells do.

A text stands in its cell at a side or in the middle, not somewhere. So where the texts of a cell over several columns
leave a boundary of its table free, and each stands at a side or in the middle of its own part, it is two cells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Word
from perftable_etl.extract.grid_area import GridArea
from perftable_etl.geometry.boxes import around_words


class CellWords(NamedTuple):
    """A cell and the words that stand in it."""

    area: GridArea
    words: list[Word]


_MARGIN = 8.0
"""Points. A text that stands at a side of its cell is no farther from it."""

_MIDDLE = 2.5
"""Points. A text that stands in the middle of its cell does so by this much."""

_ASIDE = 0.9
"""Of the height of a line: texts of two cells are farther apart than words of one text."""

_BELOW = 0.55
"""Of the height of a line: lines of two cells are farther apart than those of one text."""

_MOST = 40
"""Words. More are prose."""

_WIDEST = 10
"""Columns. A cell over more is not asked, as there are too many ways to part it."""


def part_joined(
    cells: Sequence[CellWords], xs: Sequence[float], ys: Sequence[float], walls: Sequence[int] = ()
) -> list[CellWords]:
    """The cells of a table, by row and column, parted at its boundaries where a missing rule has joined them.

    Bit r of `walls[i]` says that boundary `xs[i]` is drawn beside row r.
    """
    parted: list[CellWords] = []
    wholes: set[GridArea] = set()  # the areas of those that are no cells by themselves
    for cell in map(cells.__getitem__, crowded_cells(cells)):
        row, column, end_row, end_column = cell.area
        if (end_row - row > 1 or end_column - column > 1) and len(cell.words) <= _MOST:
            parts = _parted(cell, xs, ys, walls)
            if len(parts) > 1:
                parted += parts
                wholes.add(cell.area)
    return sorted([*parted, *(cell for cell in cells if cell.area not in wholes)]) if parted else list(cells)


def crowded_cells(cells: Sequence[CellWords]) -> Iterator[int]:
    """The numbers of the cells with more than one word."""
    return (index for index, (_, words) in enumerate(cells) if len(words) > 1)


def _parted(cell: CellWords, xs: Sequence[float], ys: Sequence[float], walls: Sequence[int]) -> list[CellWords]:
    """The cells that one is, its columns parted first."""
    _, column, _, end_column = cell.area
    is_wide = 1 < end_column - column <= _WIDEST
    is_open = is_wide and any(_runs_between(x, cell.words) for x in xs[column + 1 : end_column])
    columns = _by_columns(cell, xs, walls) if is_open else [cell]
    return [part for upright in columns for part in _by_rows(upright, ys)]


def _runs_between(x: float, words: Iterable[Word]) -> bool:
    """Whether no word reaches over a boundary between columns: else it parts no texts."""
    return not any(word.box.x0 < x < word.box.x1 for word in words)


def _by_columns(cell: CellWords, xs: Sequence[float], walls: Sequence[int]) -> list[CellWords]:
    """The parts of a cell side by side; the cell alone where it may not be parted, or in more than one way.

    Of several ways the one is right whose boundaries all are drawn nearest above the cell: those of its heads.
    """
    ways = list(_ways(sorted(cell.words, key=_left), cell.area.column, cell.area.end_column, xs))
    most = max(map(len, ways), default=0)
    best = [way for way in ways if len(way) == most]
    if len(best) > 1 and walls:
        rows = [[_row_above(walls[column], cell.area.row) for column, _ in way[1:]] for way in best]
        nearest = max(map(min, rows))
        best = [way for way, found in zip(best, rows, strict=True) if min(found) == nearest]
    if most < 2 or len(best) > 1:
        return [cell]
    starts = [column for column, _ in best[0]]
    return [
        CellWords(cell.area._replace(column=column, end_column=end), words)
        for (column, words), end in zip(best[0], [*starts[1:], cell.area.end_column], strict=True)
    ]


def _row_above(wall: int, row: int) -> int:
    """The lowest row above another that a boundary is drawn beside; -1 where there is none."""
    return (wall & (1 << row) - 1).bit_length() - 1


_Parting = list[tuple[int, list[Word]]]
"""The first column of each part of a cell, and its words."""


def _ways(words: Sequence[Word], column: int, end: int, xs: Sequence[float]) -> Iterator[_Parting]:
    """How words, from left to right, may be the texts of neighbouring cells; each stands in its own."""
    whole = around_words(words)
    if _stands(whole.x0 - xs[column], xs[end] - whole.x1):
        yield [(column, list(words))]
    for at in range(column + 1, end):
        left = [word for word in words if word.box.x0 + word.box.x1 < 2 * xs[at]]
        right = words[len(left) :]
        if left and right and _are_apart(left, right, xs[at]) and _is_text(left):
            one = around_words(left)
            if _stands(one.x0 - xs[column], xs[at] - one.x1):
                yield from ([(column, left), *rest] for rest in _ways(right, at, end, xs))


def _are_apart(left: Sequence[Word], right: Sequence[Word], x: float) -> bool:
    """Whether a boundary runs through the gap between two texts of one height, which is no blank."""
    one, other = around_words(left), around_words(right)
    return one.x1 <= x <= other.x0 and other.x0 - one.x1 > _ASIDE * _line_height(left) and _are_level(left, right)


def _are_level(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether two texts, of as many lines or more, stand at one height."""
    one, other = around_words(left), min(right, key=_left).box
    middle, other_middle = (one.y0 + one.y1) / 2, (other.y0 + other.y1) / 2
    return one.y0 - _MIDDLE < other_middle < one.y1 + _MIDDLE or other.y0 < middle < other.y1


def _stands(before: float, behind: float) -> bool:
    """Whether a text with so much room before and behind it stands at a side or in the middle."""
    return min(before, behind) <= _MARGIN or abs(before - behind) < 2 * _MIDDLE


def _by_rows(cell: CellWords, ys: Sequence[float]) -> list[CellWords]:
    """The parts of a cell below one another; the cell alone where it may not be parted, or at two boundaries."""
    row, column, end_row, end_column = cell.area
    first, last = _reached(cell.words, ys) if end_row - row > 1 else (row, row)
    found = []
    for at in range(max(row + 1, first), min(end_row, last)):
        upper = [word for word in cell.words if word.box.y0 + word.box.y1 < 2 * ys[at]]
        lower = [word for word in cell.words if word.box.y0 + word.box.y1 >= 2 * ys[at]]
        if upper and lower and _are_rows(upper, lower, (ys[row], ys[at], ys[end_row])):
            below = CellWords(GridArea(at, column, end_row, end_column), lower)
            found.append([CellWords(GridArea(row, column, at, end_column), upper), *_by_rows(below, ys)])
    return found[0] if len(found) == 1 else [cell]


def _reached(words: Sequence[Word], ys: Sequence[float]) -> tuple[int, int]:
    """The first and the last (excluded) of the boundaries that texts reach over together."""
    box = around_words(words)
    return bisect_left(ys, box.y0), bisect_right(ys, box.y1)


def _are_rows(upper: Sequence[Word], lower: Sequence[Word], edges: tuple[float, float, float]) -> bool:
    """Whether two texts stand at one height of their rows, and farther apart than lines."""
    one, other = around_words(upper), around_words(lower)
    start, middle, end = edges
    above, below = (one.y0 - start, middle - one.y1), (other.y0 - middle, end - other.y1)
    is_apart = one.y1 <= middle <= other.y0 and other.y0 - one.y1 > _BELOW * _line_height(upper)
    return is_apart and (_are_central(above, below) or _are_alike(above, below))


def _are_central(above: tuple[float, float], below: tuple[float, float]) -> bool:
    return abs(above[0] - above[1]) < _MIDDLE and abs(below[0] - below[1]) < _MIDDLE


def _are_alike(above: tuple[float, float], below: tuple[float, float]) -> bool:
    """Whether both stand as far below the top of their row, or above its foot, and near to it."""
    return any(abs(one - other) < 1 and max(one, other) <= _MARGIN for one, other in zip(above, below, strict=True))


def _left(word: Word) -> float:
    return word.box.x0


def _is_text(words: Iterable[Word]) -> bool:
    """Whether words are more than the number before a paragraph."""
    return sum(character.isalnum() for word in words for character in word.text) > 1


def _line_height(words: Iterable[Word]) -> float:
    return min(word.box.y1 - word.box.y0 for word in words)
