"""One form without rules: its fields, its goals and its indicator table, each read as set in the way that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import NamedTuple

from perftable_etl.document import Grid
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow, GoalRow, goals_below, read_fields, read_goals
from perftable_etl.normalize.rebuild.aligned.galley import Galley
from perftable_etl.normalize.rebuild.aligned.grid import make_grid
from perftable_etl.normalize.rebuild.aligned.landmarks import Region, find_regions
from perftable_etl.normalize.rebuild.aligned.rows import SETTINGS, Setting
from perftable_etl.normalize.rebuild.aligned.table import Table, read_table


class FormText(NamedTuple):
    """The parts of a form, and the region of the galley they stand in."""

    region: Region
    fields: tuple[FieldRow, ...]
    goals: GoalRow | None
    table: Table

    def grid(self) -> Grid:
        """All of the form as one grid."""
        sides = [label for label in (*self.region.labels, *self.region.sides) if not label.field]
        return make_grid(self.fields, self.goals, self.table, sides)

    @property
    def doubt(self) -> float:
        """What speaks against this reading."""
        return self.table.doubt + sum(field.doubt for field in self.fields)


def read_forms(galley: Galley, vocabulary: Vocabulary) -> list[FormText]:
    """The forms of a galley. What fits a form in more than one way is read as most of the galley is set."""
    regions = list(find_regions(galley, vocabulary))
    readings = [_read_all(regions, galley, setting) for setting in SETTINGS]
    readings.sort(key=lambda forms: sum(form.doubt for form in forms))
    return list(starmap(_best, zip(*readings, strict=True)))


def _read_all(regions: Sequence[Region], galley: Galley, setting: Setting) -> list[FormText]:
    return [_read(region, galley, setting) for region in regions]


def _read(region: Region, galley: Galley, setting: Setting) -> FormText:
    goal_labels = goals_below(region.labels)
    top = min((goal.passage.top for goal in goal_labels), default=float("inf"))
    plain = [label for label in region.labels if label.field and label not in goal_labels]
    fields = read_fields(plain, [run for run in region.above if run.middle < top], galley, setting)
    below = [run for run in region.above if run.middle >= top]
    goals = read_goals(goal_labels, below, galley.em) if goal_labels else None
    return FormText(region, tuple(fields), goals, read_table(region, galley, setting))


def _best(usual: FormText, other: FormText) -> FormText:
    """The better reading of fields and of table, the usual one where they are as good."""
    fields = min(usual.fields, other.fields, key=lambda rows: round(sum(row.doubt for row in rows), 1))
    table = min(usual.table, other.table, key=lambda table: round(table.doubt, 1))
    return usual._replace(fields=fields, table=table)
