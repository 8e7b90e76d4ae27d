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
from perftable_etl.normalize.rebuild.aligned.rows import is_pair, words_in
from perftable_etl.normalize.values.money import is_figure

_Gap = tuple[float, float]
_SAME_EDGE = 2.0  # points by which the edges or the middles of cells in one column may differ
_FEWEST = 3  # cells of a row that tell the columns of rows around it


def gaps_of(row: Sequence[Passage]) -> list[_Gap]:
    """From where to where nothing stands between the cells of a row."""
    return [(min(cell.box.x1, other.box.x0), other.box.x0) for cell, other in pairwise(row)]


class Block(NamedTuple):
    """Rows from `first` to `end` (excluded) with the same columns, the gaps between those, and its cells.

    `is_headed` says that it begins with heads, `is_head` that it has nothing else so far.
    """

    first: int
    end: int
    gaps: tuple[_Gap, ...]
    is_headed: bool
    is_head: bool
    cells: tuple[Passage, ...]

    def with_row(self, row: Sequence[Passage], vocabulary: Vocabulary) -> Block | None:
        """The block with the next row, if that has the same columns, or blanks in some of them below a head."""
        gaps = tuple(_beside(gap, row) for gap in common_gaps([*self.gaps, *gaps_of(row)]))
        if not self.is_head and (has_heads(row, vocabulary) or (self.is_headed and is_pair(row, vocabulary))):
            return None
        is_head = self.is_head and has_heads(row, vocabulary)
        longer = self._replace(end=self.end + 1, gaps=gaps, is_head=is_head, cells=(*self.cells, *row))
        crossed = [sum(cell.box.x0 < sum(gap) / 2 < cell.box.x1 for gap in gaps) for cell in row]
        is_free = not any(cell.box.x0 <= low and high <= cell.box.x1 for cell in row for low, high in self.gaps)
        is_beside_same = any(cell in self.cells for cell in row)
        if self.gaps and len(gaps) == len(self.gaps) and is_free and (is_beside_same or self._has_in_line(row)):
            return longer if self.is_headed or len(row) > len(gaps) or row[-1].box.x0 >= gaps[-1][0] else None
        if not self.gaps or (any(crossed) and (max(crossed) > 1 or len(row) < _FEWEST or not self.is_headed)):
            return None
        is_long = len(row) >= _FEWEST or vocabulary.is_total(row[0].text) or self.is_head
        is_below_head = self.is_headed and is_long and (is_head or not _has_pair(row, vocabulary))
        return longer if is_below_head and (self.is_head or len(gaps) == len(self.gaps)) else None

    def _has_in_line(self, row: Sequence[Passage]) -> bool:
        """Whether each cell of a row is set as one above it is."""
        return all(any(cell.is_in_column_of(other, _SAME_EDGE) for other in self.cells) for cell in row)


def _beside(gap: _Gap, row: Sequence[Passage]) -> _Gap:
    """The wider part of a gap that is left of the cells of a row, or right of them; all of it where neither is."""
    for cell in row:
        (low, high), (x0, _, x1, _) = gap, cell.box
        if x0 < high and low < x1:
            gap = max(((low, x0), (x1, high), (0.0, 0.0)), key=lambda part: part[1] - part[0])
            gap = gap if gap != (0.0, 0.0) else (low, high)
    return gap


def blocks_of(rows: Sequence[Sequence[Passage]], vocabulary: Vocabulary) -> list[Block]:
    """Rows in blocks, from top to bottom."""
    blocks: list[Block] = []
    for index, row in enumerate(rows):
        longer = blocks[-1].with_row(row, vocabulary) if blocks else None
        if longer:
            blocks[-1] = longer
        else:
            is_head = has_heads(row, vocabulary)
            blocks.append(Block(index, index + 1, tuple(gaps_of(row)), is_head, is_head, tuple(row)))
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
        inner = [1 + bisect_left(self.edges, low) for low, _ in block.gaps]
        left = bisect_right(self.edges, min(cell.box.x0 for cell in block.cells)) if block.is_headed else 0
        return list(pairwise([left, *inner, len(self.edges) + 1]))


def column_of(cell: Passage, block: Block) -> tuple[int, int]:
    """The columns of a block that a cell stands in, the last excluded."""
    edges = [sum(gap) / 2 for gap in block.gaps]
    return bisect_right(edges, cell.box.x0), bisect_left(edges, cell.box.x1) + 1
