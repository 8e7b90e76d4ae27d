"""One form without rules: the rows above its indicator table, and the table, each read as set in the likelier way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, starmap
from typing import NamedTuple

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.aligned.areas import FormArea, find_form_areas
from perftable_etl.normalize.rebuild.aligned.cells import SETTINGS, Column, Setting
from perftable_etl.normalize.rebuild.aligned.columns import part_columns
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow, read_fields
from perftable_etl.normalize.rebuild.aligned.levels import Groups, Level, LevelLabel, Neighbours, NoNeighbours
from perftable_etl.normalize.rebuild.aligned.passages import Passage, lines_of
from perftable_etl.normalize.rebuild.aligned.rows import Row, read_rows
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages

_LOWEST_FIRST: tuple[ColumnName, ...] = ("level3", "level2", "level", "level1")
"""The columns of what is measured: the lowest that a table has says it, and the others group it."""


class IndicatorTable(NamedTuple):
    """The rows, the labels of each level, by the numbers of their columns, and what is in no column.

    `leaves` are the columns of the rows' own cells.
    """

    leaves: tuple[int, ...]
    rows: tuple[Row, ...]
    levels: dict[int, list[LevelLabel]]
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


class AlignedForm(NamedTuple):
    """A form: the area of the stacked pages it stands in, the rows above its indicator table, and the table."""

    area: FormArea
    fields: tuple[FieldRow, ...]
    table: IndicatorTable

    @property
    def cost(self) -> float:
        """What speaks against this reading."""
        return self.table.cost + sum(row.cost for row in self.fields)


def read_forms(stacked: StackedPages, vocabulary: Vocabulary) -> list[AlignedForm]:
    """The forms of stacked pages. What fits a form in more than one way is read as most of them is set."""
    areas = list(find_form_areas(stacked, vocabulary))
    readings = [[_read(area, stacked, setting) for area in areas] for setting in SETTINGS]
    readings.sort(key=lambda forms: sum(form.cost for form in forms))
    return list(starmap(_better_reading, zip(*readings, strict=True)))


def _better_reading(usual: AlignedForm, other: AlignedForm) -> AlignedForm:
    """The better reading of fields and of table, the usual one where they are as good."""
    fields = min(usual.fields, other.fields, key=lambda rows: round(sum(row.cost for row in rows), 1))
    table = min(usual.table, other.table, key=lambda table: round(table.cost, 1))
    return usual._replace(fields=fields, table=table)


def _read(area: FormArea, stacked: StackedPages, setting: Setting) -> AlignedForm:
    fields = read_fields(area.labels, area.above, stacked, setting)
    return AlignedForm(area, tuple(fields), _read_table(area, stacked, setting))


def _read_table(area: FormArea, stacked: StackedPages, setting: Setting) -> IndicatorTable:
    columns, strays = _columns(area, stacked)
    numbers = {head.meaning.column: index for index, head in reversed(list(enumerate(area.head.heads)))}
    name, *levels = (numbers[kind] for kind in _LOWEST_FIRST if kind in numbers)
    leaves = [index for index in range(len(columns)) if index not in levels]
    rows = read_rows([columns[index] for index in leaves], leaves.index(name), stacked, setting)
    extents = [row.extent for row in rows]
    labels: dict[int, list[LevelLabel]] = {}
    neighbours: Neighbours = NoNeighbours()
    for index in levels:
        labels[index] = list(Level(columns[index], extents, setting, neighbours).labels())
        neighbours = Groups(labels[index], extents)
    idle = [label.label for found in labels.values() for label in found if label.label and label.first == label.last]
    return IndicatorTable(tuple(leaves), tuple(rows), labels, (*strays, *idle))


def _columns(area: FormArea, stacked: StackedPages) -> tuple[list[Column], list[Passage]]:
    """The lines below each head, and what stands left of them all where a label beside the rows has its column."""
    heads = [head.passage for head in area.head.heads]
    sides = [side.passage for side in area.sides if side.passage.centre < heads[0].x0][:1]
    edges = [float("-inf"), *part_columns([*sides, *heads], area.below, stacked.em), float("inf")]
    lines = [lines_of(word for word in area.below if low < word.centre <= high) for low, high in pairwise(edges)]
    strays = lines.pop(0) if sides else []
    return [Column.below(head, own, stacked) for head, own in zip(heads, lines, strict=True)], strays
