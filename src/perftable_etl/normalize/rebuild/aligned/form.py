"""One form without rules: its rows of labels and values and its indicator tables, each as set in the likelier way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.areas import Section, find_form_areas
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow, read_fields
from perftable_etl.normalize.rebuild.aligned.labels import without_false_padding
from perftable_etl.normalize.rebuild.aligned.rows import SETTINGS, Setting
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage, StackedPages
from perftable_etl.normalize.rebuild.aligned.table import AlignedTable, read_table

_BESIDE = 0.5  # an unknown text that stands beside rows, in none of them


class AlignedSection(NamedTuple):
    """Rows of labels and values, what stands beside blocks of them, and the indicator table below them."""

    area: Section
    setting: Setting
    fields: tuple[FieldRow, ...]
    sides: tuple[Passage, ...]
    table: AlignedTable | None

    @property
    def cost(self) -> float:
        """What speaks against this reading."""
        return (self.table.cost if self.table else 0.0) + self.cost_of_fields

    @property
    def cost_of_fields(self) -> float:
        """What speaks against this reading of the rows above the table."""
        return sum(row.cost for row in self.fields) + _BESIDE * len(self.sides)


class AlignedForm(NamedTuple):
    """A form: its sections from top to bottom."""

    sections: tuple[AlignedSection, ...]

    def tables(self) -> Iterator[AlignedTable]:
        """All indicator tables."""
        return (section.table for section in self.sections if section.table)


def read_forms(stacked: StackedPages, vocabulary: Vocabulary) -> list[AlignedForm]:
    """The forms of stacked pages. What fits a form in more than one way is read as most of them is set."""
    stacked = without_false_padding(stacked, vocabulary)
    areas = list(find_form_areas(stacked, vocabulary))
    sections = [section for area in areas for section in area]
    readings = [[_read(section, stacked, setting, vocabulary) for section in sections] for setting in SETTINGS]
    readings.sort(key=lambda read: sum(section.cost for section in read))
    better = map(_better_reading, *readings)
    return [AlignedForm(tuple(next(better) for _ in area)) for area in areas]


def _read(area: Section, stacked: StackedPages, setting: Setting, vocabulary: Vocabulary) -> AlignedSection:
    fields, sides = read_fields(area.labels, area.above, stacked, setting)
    table = read_table(area.table, stacked, setting, vocabulary) if area.table else None
    return AlignedSection(area, setting, tuple(fields), tuple(sides), table)


def _better_reading(usual: AlignedSection, other: AlignedSection) -> AlignedSection:
    """The better reading of fields and of table, the usual one where they are as good."""
    fields = min(usual, other, key=lambda reading: round(reading.cost_of_fields, 1))
    tables = [table for table in (usual.table, other.table) if table]
    return fields._replace(table=min(tables, key=lambda table: round(table.cost, 1), default=None))
