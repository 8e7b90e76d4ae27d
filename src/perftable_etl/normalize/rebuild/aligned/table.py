"""The indicator table of a form without rules: its columns, its rows, and the merged labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.rebuild.aligned.columns import part_columns
from perftable_etl.normalize.rebuild.aligned.labels import FormArea
from perftable_etl.normalize.rebuild.aligned.merged_labels import LabelCosts, MergedLabel, join_labels, spread_labels
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of
from perftable_etl.normalize.rebuild.aligned.rows import Column, Row, Setting, pair_rows
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages
from perftable_etl.records import FieldName

_OTHER_GROUP = 1.0
"""Cost of a level-1 label beside a level-2 label of another group: the catalogue fixes the groups."""

_BLANK = 0.6
"""Cost of a blank level-1 cell: less than that of a label of another group."""

_CUTS_GROUP = 3.0
"""Cost of a level-1 cell that ends among the rows of a level-2 label."""


class IndicatorTable(NamedTuple):
    """The columns from left to right, the rows, the merged labels, and what is part of none of them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    level1: tuple[MergedLabel, ...]
    level2: tuple[MergedLabel, ...]
    strays: tuple[Passage, ...]

    @property
    def cost(self) -> float:
        """Cost of this reading."""
        return sum(row.cost for row in self.rows) + sum(merged.cost for merged in (*self.level1, *self.level2))


def read_table(area: FormArea, stacked: StackedPages, setting: Setting) -> IndicatorTable:
    """The indicator table of a form, read as set in one way."""
    columns, strays = _columns(area, stacked.em)
    rows = pair_rows(_column(columns, "level3"), _column(columns, "target"), stacked, setting)
    groups = join_labels(_column(columns, "level2").lines, stacked.pitch)
    level2 = spread_labels(groups, rows, stacked, setting, LabelCosts())
    tops = join_labels(_column(columns, "level1").lines, stacked.pitch)
    level1 = spread_labels(tops, rows, stacked, setting, _GroupCosts(level2, len(rows)))
    idle = tuple(merged.label for merged in (*level1, *level2) if merged.first == merged.last)
    return IndicatorTable(columns, tuple(rows), tuple(level1), tuple(level2), strays + idle)


def _columns(area: FormArea, em: float) -> tuple[tuple[Column, ...], tuple[Passage, ...]]:
    """The text below each header, and what stands left of them all where a label beside the rows has its column."""
    heads = [head.passage for head in area.header]
    sides = [side.passage for side in area.sides if side.passage.centre < heads[0].x0]
    anchors = [*sides[:1], *heads]
    edges = [float("-inf"), *part_columns(anchors, area.below, em), float("inf")]
    lines = [
        tuple(lines_of(run for run in area.below if left < run.centre <= right)) for left, right in pairwise(edges)
    ]
    own = lines[len(anchors) - len(heads) :]
    return tuple(map(Column, area.header, own)), lines[0] if sides else ()


def _column(columns: Sequence[Column], field: FieldName) -> Column:
    """The first column for a field; one without lines where the table has none."""
    return next((column for column in columns if column.head.field == field), Column(columns[0].head, ()))


class _GroupCosts(LabelCosts):
    """What the level-2 labels say of those of level 1."""

    def __init__(self, level2: Sequence[MergedLabel], row_count: int) -> None:
        self._groups = [(merged.first, find_level2(merged.label.text)) for merged in level2]
        self._edges = {0, row_count, *(merged.first for merged in level2), *(merged.last for merged in level2)}

    def beside(self, label: Passage, first: int, last: int) -> float:
        """Level-2 labels that belong to other groups, and one that this label cuts in two."""
        groups = [group for start, group in self._groups if first <= start < last]
        others = sum(group is not None and group.level1 != find_level1(label.text) for group in groups)
        return (0.0 if last in self._edges else _CUTS_GROUP) + _OTHER_GROUP * others

    def unlabelled(self, first: int, last: int) -> float:
        """A blank level-1 cell beside whole groups is what districts print."""
        if first == last:
            return 0.0
        return _BLANK if {first, last} <= self._edges else _CUTS_GROUP
