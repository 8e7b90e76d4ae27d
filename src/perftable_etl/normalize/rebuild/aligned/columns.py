"""The columns of a grid: where no text stands between the cells of its rows.

Rows of labels and values are each cut in columns of their own. Rows below the heads of a table have its columns, and
blanks where a cell is missing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.passages import Passage
from perftable_etl.normalize.rebuild.aligned.rows import words_in
from perftable_etl.normalize.values.money import is_figure

_Gap = tuple[float, float]
SAME_EDGE = 2.0
"""Points by which the edges or the middles of cells in one column, or of the parts of one cell, may differ."""


def gaps_of(row: Sequence[Passage]) -> list[_Gap]:
    """From where to where nothing stands between the cells of a row."""
    return [(min(cell.box.x1, other.box.x0), other.box.x0) for cell, other in pairwise(row)]


class Block(NamedTuple):
    """Rows from `first` to `end` (excluded) with the same columns, the gaps between those, and its cells.

    `is_headed` says that it begins with heads.
    """

    first: int
    end: int
    gaps: tuple[_Gap, ...]
    is_headed: bool
    cells: tuple[Passage, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Passage]], first: int, end: int, *, is_headed: bool) -> Block:
        """The block of some rows, with the fewest columns that part their cells."""
        cells = tuple(cell for row in rows[first:end] for cell in row)
        gaps = common_gaps(gap for row in rows[first:end] for gap in gaps_of(row))
        return cls(first, end, tuple(_beside(gap, cells) for gap in gaps), is_headed, cells)

    def has_columns_of(self, row: Sequence[Passage], vocabulary: Vocabulary) -> bool:
        """Whether a row has the same columns, or leaves some of them blank."""
        if len(list(common_gaps([*self.gaps, *gaps_of(row)]))) != len(self.gaps):
            return False
        if self.is_headed:
            crosses = any(cell.box.x0 <= low and high <= cell.box.x1 for cell in row for low, high in self.gaps)
            return not (crosses or 2 * self._in_line(row) <= len(row) or _has_pair(row, vocabulary))
        return len(row) > len(self.gaps) or (row[-1].box.x0 >= self.gaps[-1][0] and self._in_line(row) == len(row))

    def _in_line(self, row: Sequence[Passage]) -> int:
        """How many cells of a row are set as one above them."""
        return sum(any(cell.is_in_column_of(other, SAME_EDGE) for other in self.cells) for cell in row)


def _beside(gap: _Gap, row: Sequence[Passage]) -> _Gap:
    """The wider part of a gap that is left of the cells of a row, or right of them; all of it where neither is."""
    for cell in row:
        (low, high), (x0, _, x1, _) = gap, cell.box
        if x0 < high and low < x1:
            gap = max(((low, x0), (x1, high), (0.0, 0.0)), key=lambda part: part[1] - part[0])
            gap = gap if gap != (0.0, 0.0) else (low, high)
    return gap


def blocks_of(rows: Sequence[Sequence[Passage]], vocabulary: Vocabulary) -> list[Block]:
    """Rows in blocks, from top to bottom: heads begin one, and go on with whatever is right below them."""
    blocks: list[Block] = []
    are_heads = [has_heads(row, vocabulary) for row in rows]
    for index, row in enumerate(rows):
        above = blocks[-1] if blocks else None
        is_below_heads = index > 0 and are_heads[index - 1]
        if above and (is_below_heads or (not are_heads[index] and above.has_columns_of(row, vocabulary))):
            blocks[-1] = Block.of(rows, above.first, index + 1, is_headed=above.is_headed)
        else:
            blocks.append(Block.of(rows, index, index + 1, is_headed=are_heads[index]))
    return blocks


def has_heads(row: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Whether two words of the frame stand side by side: in pairs, a value stands between them."""
    are_sides = [vocabulary.is_side(cell.text) for cell in row]
    are_heads = [is_word and not side for is_word, side in zip(words_in(row, vocabulary), are_sides, strict=True)]
    return any(map(all, pairwise(are_heads))) and not any(is_figure(cell.text) for cell in row)


def _has_pair(row: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Whether the label of a field or a goal is in a row."""
    meanings = [vocabulary.meaning(cell.text) for cell in row]
    return any(meaning.label and not meaning.money and not meaning.column for meaning in meanings)


def common_gaps(gaps: Iterable[_Gap]) -> Iterator[_Gap]:
    """The fewest gaps that have a part of every gap in them: a gap with another one inside tells no more than that."""
    low, high = float("-inf"), float("inf")
    for start, end in sorted(gaps, key=lambda gap: (gap[1], -gap[0])):
        if start <= low:
            continue
        if start >= high:
            yield low, high
            high = end
        low, high = start, min(high, end)
    if low > float("-inf"):
        yield low, high


class Columns(NamedTuple):
    """Where the columns of all blocks are parted, from left to right."""

    edges: tuple[float, ...]

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Columns:
        """As few as part the columns of every block."""
        return cls(tuple(sum(gap) / 2 for gap in common_gaps(gap for block in blocks for gap in block.gaps)))

    def of_block(self, block: Block) -> list[tuple[int, int]]:
        """The columns of the grid that each column of a block covers, the last excluded."""
        inner = [bisect_right(self.edges, high) for _, high in block.gaps]
        left = bisect_right(self.edges, min(cell.box.x0 for cell in block.cells)) if block.is_headed else 0
        return list(pairwise([left, *inner, len(self.edges) + 1]))


def column_of(cell: Passage, block: Block) -> tuple[int, int]:
    """The columns of a block that a cell stands in, the last excluded."""
    edges = [sum(gap) / 2 for gap in block.gaps]
    return bisect_right(edges, cell.box.x0), bisect_left(edges, cell.box.x1) + 1
