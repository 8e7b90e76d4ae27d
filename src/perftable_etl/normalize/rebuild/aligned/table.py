"""The columns of a table without rules: where no text stands, between the middles of their heads.

Between two columns there may be several gaps, since text seldom fills its cell. The right one parts what stands on one
line, and leaves columns each of which is set in one way: all its text centred below the head, or all of it beginning,
or ending, at one edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.aligned.areas import TableArea
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.rows import Column, Extent, Row, Setting, offset, read_rows
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage, StackedPages, line_of, lines_of, stack
from perftable_etl.normalize.rebuild.cheapest import Readings, Step

_SAME_EDGE = 0.3  # em by which the edges or the middles of text set alike may differ
_ROUNDS = 2  # how often boundaries are looked at again in the light of the others


def part_columns(heads: Sequence[Passage], words: Sequence[Passage], em: float) -> list[float]:
    """Where each of the `heads`' columns ends and the next begins, from left to right; one fewer than heads."""
    edges = [float("-inf"), *((one.centre + other.centre) / 2 for one, other in pairwise(heads)), float("inf")]
    for _ in range(_ROUNDS):
        for index in range(1, len(heads)):
            own = [word for word in words if edges[index - 1] < word.centre < edges[index + 1]]
            edges[index] = _boundary(heads[index - 1], heads[index], own, em)
    return edges[1:-1]


def _boundary(left: Passage, right: Passage, words: Sequence[Passage], em: float) -> float:
    """The middle of the best gap between two heads: one that few texts run over, that parts lines, and is wide.

    Between heads that stand one above the other there is no gap: the boundary is their middle.
    """
    low, high = left.centre, right.centre
    printed = [(item.x0, item.x1) for item in (left, right, *words)]
    ends = sorted({low, high, *(x for extent in printed for x in extent if low < x < high)})

    def costs(gap: tuple[float, float]) -> tuple[int, int, float]:
        start, end = gap
        over = sum(x0 < end and x1 > start for x0, x1 in printed)
        before = [word for word in words if word.centre < end]
        after = [word for word in words if word.centre >= end]
        alike = _alike(left, before, em) + _alike(right, after, em)
        return over, -_parted_lines(before, after) - alike, start - end

    start, end = min(pairwise(ends), key=costs, default=(low, high))
    return (start + end) / 2


def _parted_lines(left: Iterable[Passage], right: Sequence[Passage]) -> int:
    """On how many lines text stands on both sides."""
    return sum(any(abs(word.middle - other.middle) < (word.bottom - word.top) / 2 for other in right) for word in left)


def _alike(head: Passage, words: Sequence[Passage], em: float) -> int:
    """How many of a column's texts are set as most of them are."""
    if not words:
        return 0
    near = _SAME_EDGE * em
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    centred = sum(abs(word.centre - head.centre) < near for word in words)
    begun = sum(word.x0 - left < near for word in words)
    ended = sum(right - word.x1 < near for word in words)
    return max(centred, begun, ended)


_UNLABELLED = 1.5  # rows without a label: it may be blank, or a page break may have left it behind
_NO_ROWS = 3.0  # a label with no rows left for it
_ON_A_PAGE = 0.1  # a label set beside those of its rows that stand on one page, and not beside all of them
_UNKNOWN = 0.5  # a label that is no name of the catalogue: it may be a part of one
_TWO_NAMES = 6.0  # a label that begins and ends with a name
_OTHER_GROUP = 1.0  # a level-1 label beside a level-2 label of another group: the catalogue fixes the groups
_BLANK = 0.6  # a blank level-1 cell: less than a label of another group
# A level-1 cell that ends among the rows of a level-2 label, and not at a page break, which may print it again
_CUTS_GROUP = 3.0
_MOST_LINES = 5  # lines of one label at most


class LevelLabel(NamedTuple):
    """A label, its rows (the last excluded), and what speaks against them; None where rows have no label."""

    label: Passage | None
    first: int
    last: int
    cost: float


class Groups:
    """What the labels of level 2 say of those of level 1."""

    def __init__(self, level2: Sequence[LevelLabel], rows: Sequence[Extent]) -> None:
        self._groups = [(label.first, find_level2(label.label.text)) for label in level2 if label.label]
        breaks = {index for index, pair in enumerate(pairwise(rows), start=1) if pair[0].pages != pair[1].pages}
        self._edges = {0, len(rows), *(label.first for label in level2), *(label.last for label in level2)} | breaks

    def beside(self, label: str, first: int, last: int) -> float:
        """Level-2 labels that belong to other groups, and one that this label cuts in two."""
        groups = [group for start, group in self._groups if first <= start < last]
        others = sum(group is not None and group.level1 != find_level1(label) for group in groups)
        return (0.0 if last in self._edges else _CUTS_GROUP) + _OTHER_GROUP * others

    def unlabelled(self, first: int, last: int) -> float:
        """A blank level-1 cell beside whole groups is what districts print."""
        return _BLANK if {first, last} <= self._edges else _CUTS_GROUP


_State = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """The lines of one level's labels, and the rows they stand beside."""

    column: Column
    rows: Sequence[Extent]
    setting: Setting
    groups: Groups | None

    def labels(self) -> Iterator[LevelLabel]:
        """The labels with their rows, in order, that cost least in all."""
        end = len(self.column.lines), len(self.rows)
        for step in Readings((0, 0), end, self._steps_from).cheapest():
            yield LevelLabel(step.part, step.start[1], step.end[1], step.cost)

    def _steps_from(self, state: _State) -> Iterator[Step[_State, Passage | None]]:
        """A label and its rows, or rows without one."""
        line, row = state
        for end in range(row + 1, len(self.rows) + 1):
            cost = self.groups.unlabelled(row, end) if self.groups else _UNLABELLED
            yield Step(state, (line, end), cost, None)
        for below in range(line + 1, min(line + _MOST_LINES, len(self.column.lines)) + 1):
            label = stack(self.column.lines[line:below])
            cost = self._text_cost(line, below)
            for end in range(row, len(self.rows) + 1):
                whole = cost + self._place_cost(label, row, end)
                whole += self.groups.beside(label.text, row, end) if self.groups else 0.0
                yield Step(state, (below, end), whole, label)

    def _text_cost(self, first: int, end: int) -> float:
        """What speaks against taking lines for one label: they make up a name of the catalogue, or go on."""
        lines = [line.text for line in self.column.lines[first:end]]
        names = [is_level(text) or bool(find_level1(text) or find_level2(text)) for text in (lines[0], lines[-1])]
        if len(lines) > 1 and all(names):
            return _TWO_NAMES
        return 0.0 if is_level("".join(lines)) else _UNKNOWN + self.column.joining_cost(first, end)

    def _place_cost(self, label: Passage, first: int, last: int) -> float:
        """How far a label is from the middle of its rows, or of those of them on its own page."""
        if first == last:
            return _NO_ROWS
        whole = Extent.around(self.rows[first:last])
        pages = whole.pages if len(whole.pages) > 1 else ()
        own = [Extent.around(row for row in self.rows[first:last] if page in row.pages) for page in pages]
        return min(self._offset(label, whole), *(_ON_A_PAGE + self._offset(label, part) for part in own), 99.0)

    def _offset(self, label: Passage, rows: Extent) -> float:
        return offset((label, rows), self.column.stacked.pitch, self.setting)


_LOWEST_FIRST: tuple[ColumnName, ...] = ("level3", "level2", "level", "level1")
"""The columns of what is measured: the lowest that a table has says it, and the others group it."""


_SAME_MIDDLE = 0.3  # em by which the middles of labels in one column differ at most


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
    groups: Groups | None = None
    for index in levels:
        found = list(Level(columns[index], extents, setting, groups).labels())
        yield index, found
        groups = Groups(found, extents)


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
