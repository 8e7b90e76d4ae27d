"""An indicator table without rules: its rows, the merged labels beside them, and the row that sums up.

Two tables that stand side by side share their rows: the second begins where a column is headed as one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.aligned.areas import TableArea
from perftable_etl.normalize.rebuild.aligned.cells import Column, Setting
from perftable_etl.normalize.rebuild.aligned.columns import part_columns
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.levels import Groups, Level, LevelLabel, Neighbours, NoNeighbours
from perftable_etl.normalize.rebuild.aligned.passages import Passage, line_of, lines_of
from perftable_etl.normalize.rebuild.aligned.rows import Row, read_rows
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_LOWEST_FIRST: tuple[ColumnName, ...] = ("level3", "level2", "level", "level1")
"""The columns of what is measured: the lowest that a table has says it, and the others group it."""


_SAME_MIDDLE = 0.3
"""Em by which the middles of labels in one column differ at most."""


class AlignedTable(NamedTuple):
    """A table's area, its rows, the labels of each level, by the numbers of their columns, and what is in no column.

    `leaves` are the columns of the rows' own cells, `total` the cells of the row that sums up, by their columns.
    """

    area: TableArea
    leaves: tuple[int, ...]
    rows: tuple[Row, ...]
    levels: Mapping[int, Sequence[LevelLabel]]
    total: Mapping[int, Passage]
    strays: tuple[Passage, ...]

    @property
    def labels(self) -> Iterator[LevelLabel]:
        """The labels of all levels."""
        for labels in self.levels.values():
            yield from labels

    @property
    def cost(self) -> float:
        """What speaks against this reading."""
        return sum(row.cost for row in self.rows) + sum(label.cost for label in self.labels)


def read_table(area: TableArea, stacked: StackedPages, setting: Setting, vocabulary: Vocabulary) -> AlignedTable:
    """The table, read as set in one way."""
    total = _total_words(area.below, vocabulary)
    body = [word for word in area.below if word not in total]
    edges = _edges(area, body, stacked)
    lines = [lines_of(word for word in body if low < word.centre <= high) for low, high in pairwise(edges)]
    columns = [Column.below(head.passage, own, stacked) for head, own in zip(area.head.heads, lines[1:], strict=True)]
    trees = list(_trees(area.head.heads))
    levels = [index for tree in trees for index in tree[1:]]
    leaves = [index for index in range(len(columns)) if index not in levels]
    names = [leaves.index(tree[0]) for tree in trees]
    rows = read_rows([columns[index] for index in leaves], names, stacked, setting)
    labels = {index: found for tree in trees for index, found in _labels(tree[1:], columns, rows, setting)}
    idle = [label.label for found in labels.values() for label in found if label.label and label.first == label.last]
    return AlignedTable(area, tuple(leaves), tuple(rows), labels, _total_cells(total, edges[1:]), (*lines[0], *idle))


def _edges(area: TableArea, words: Sequence[Passage], stacked: StackedPages) -> list[float]:
    """Where the columns end; first what is left of them, where labels stand beside the rows."""
    heads = [head.passage for head in area.head.heads]
    sides = [side.passage.x1 for side in area.sides if side.passage.x1 < heads[0].x1]
    if area.head.heads[0].meaning.column == "level1":
        labels = [word.x0 for word in words if abs(word.centre - heads[0].centre) < _SAME_MIDDLE * stacked.em]
        sides += [word.x1 for word in words if word.x1 < min([heads[0].x0, *labels])]  # parts of one that a page cuts
    beside = max(sides, default=float("-inf"))
    own = [word for word in words if word.centre > beside]
    return [float("-inf"), beside, *part_columns(heads, own, stacked.em), float("inf")]


def _trees(heads: Sequence[Label]) -> Iterator[list[int]]:
    """For each table, side by side, the columns of what is measured, the lowest first."""
    found: dict[ColumnName, int] = {}
    for index, head in enumerate(heads):
        column = head.meaning.column
        if column not in _LOWEST_FIRST:
            continue
        if column in found:
            yield [found[kind] for kind in _LOWEST_FIRST if kind in found]
            found = {}
        found[column] = index
    yield [found[kind] for kind in _LOWEST_FIRST if kind in found]


def _labels(
    levels: Sequence[int], columns: Sequence[Column], rows: Sequence[Row], setting: Setting
) -> Iterator[tuple[int, list[LevelLabel]]]:
    """The labels of each level, from the lowest up: each tells the next which rows belong together."""
    extents = [row.extent for row in rows]
    neighbours: Neighbours = NoNeighbours()
    for index in levels:
        found = list(Level(columns[index], extents, setting, neighbours).labels())
        yield index, found
        neighbours = Groups(found, extents)


def _total_words(words: Sequence[Passage], vocabulary: Vocabulary) -> list[Passage]:
    """The words of the last line, where it sums up the rows above it."""
    lowest = max(words, key=lambda word: word.middle, default=None)
    line = [word for word in words if lowest and word.top < lowest.bottom and word.bottom > lowest.top]
    return line if line and vocabulary.is_total(min(line, key=lambda word: word.x0).text) else []


def _total_cells(words: Sequence[Passage], edges: Sequence[float]) -> dict[int, Passage]:
    """The cells of the row that sums up, by their columns; what it says stands left of them all."""
    ordered = sorted(words, key=lambda word: word.x0)
    columns = ([word for word in ordered[1:] if low < word.centre <= high] for low, high in pairwise(edges))
    cells = {index: line_of(own) for index, own in enumerate(columns) if own}
    return {0: ordered[0], **cells} if ordered else {}
