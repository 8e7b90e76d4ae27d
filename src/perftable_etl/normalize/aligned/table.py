"""The indicator table of a form without rules: its columns, its rows, and the merged labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.aligned.columns import part_columns
from perftable_etl.normalize.aligned.galley import Galley
from perftable_etl.normalize.aligned.landmarks import Region
from perftable_etl.normalize.aligned.passages import Passage, lines_of
from perftable_etl.normalize.aligned.rows import SETTINGS, Column, Row, Setting, pair_rows
from perftable_etl.normalize.aligned.spans import Span, join_labels, spread_labels
from perftable_etl.normalize.catalogue import find_level1, find_level2
from perftable_etl.records import FieldName

_OTHER_GROUP = 1.0
"""What speaks against a level-1 label beside a level-2 label of another group: the catalogue fixes the groups."""

_CUTS_GROUP = 3.0
"""What speaks against a level-1 label that ends among the rows of a level-2 label."""


class Table(NamedTuple):
    """The columns from left to right, the rows, the merged labels, and what is part of none of them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    level1: tuple[Span, ...]
    level2: tuple[Span, ...]
    strays: tuple[Passage, ...]


def read_table(region: Region, galley: Galley) -> Table:
    """The indicator table of a form, as set in the way that leaves the fewer doubts."""
    columns, strays = _columns(region, galley.em)
    return min((_read_table(columns, strays, galley, setting) for setting in SETTINGS), key=_doubts)


def _read_table(columns: tuple[Column, ...], strays: tuple[Passage, ...], galley: Galley, setting: Setting) -> Table:
    rows = pair_rows(_column(columns, "level3"), _column(columns, "target"), galley, setting)
    groups = join_labels(_column(columns, "level2").lines, galley.pitch)
    level2 = spread_labels(groups, rows, galley, setting, lambda label, first, last: 0.0)
    tops = join_labels(_column(columns, "level1").lines, galley.pitch)
    level1 = spread_labels(
        tops, rows, galley, setting, lambda label, first, last: _against(label, first, last, level2, len(rows))
    )
    idle = tuple(span.label for span in (*level1, *level2) if span.first == span.last)
    return Table(columns, tuple(rows), tuple(level1), tuple(level2), strays + idle)


def _doubts(table: Table) -> float:
    return sum(row.doubt for row in table.rows) + sum(span.doubt for span in (*table.level1, *table.level2))


def _columns(region: Region, em: float) -> tuple[tuple[Column, ...], tuple[Passage, ...]]:
    """The text below each header, and what stands left of them all where a label beside the rows has its column."""
    heads = [head.passage for head in region.header]
    sides = [side.passage for side in region.sides if side.passage.centre < heads[0].x0]
    anchors = [*sides[:1], *heads]
    edges = [float("-inf"), *part_columns(anchors, region.below, em), float("inf")]
    lines = [
        tuple(lines_of(run for run in region.below if left < run.centre <= right)) for left, right in pairwise(edges)
    ]
    own = lines[len(anchors) - len(heads) :]
    return tuple(map(Column, region.header, own)), lines[0] if sides else ()


def _column(columns: Sequence[Column], field: FieldName) -> Column:
    """The first column for a field; one without lines where the table has none."""
    return next((column for column in columns if column.head.field == field), Column(columns[0].head, ()))


def _against(label: Passage, first: int, last: int, level2: Sequence[Span], row_count: int) -> float:
    """What the level-2 labels say against a level-1 label's standing beside some rows."""
    cuts = last != row_count and not any(span.last == last for span in level2)
    groups = [find_level2(span.label.text) for span in level2 if first <= span.first < last]
    others = sum(group is not None and group.level1 != find_level1(label.text) for group in groups)
    return (_CUTS_GROUP if cuts else 0.0) + _OTHER_GROUP * others
