"""One form without rules: its fields, its goals and its indicator table, each read as set in the way that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import NamedTuple

from perftable_etl.document import Grid
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow, GoalRow, goals_below, read_fields, read_goals
from perftable_etl.normalize.rebuild.aligned.grid import make_grid
from perftable_etl.normalize.rebuild.aligned.labels import FormArea, find_form_areas
from perftable_etl.normalize.rebuild.aligned.rows import SETTINGS, Setting
from perftable_etl.normalize.rebuild.aligned.stacked_pages import StackedPages
from perftable_etl.normalize.rebuild.aligned.table import IndicatorTable, read_table


class FormText(NamedTuple):
    """The parts of a form, and the area of the stacked pages they stand in."""

    area: FormArea
    fields: tuple[FieldRow, ...]
    goals: GoalRow | None
    table: IndicatorTable

    def grid(self) -> Grid:
        """All of the form as one grid."""
        sides = [label for label in (*self.area.labels, *self.area.sides) if not label.field]
        return make_grid(self.fields, self.goals, self.table, sides)

    @property
    def cost(self) -> float:
        """Cost of this reading."""
        return self.table.cost + sum(field.cost for field in self.fields)


def read_forms(stacked: StackedPages, vocabulary: Vocabulary) -> list[FormText]:
    """The forms of stacked pages. What fits a form in more than one way is read as most of them is set."""
    areas = list(find_form_areas(stacked, vocabulary))
    readings = [_read_all(areas, stacked, setting) for setting in SETTINGS]
    readings.sort(key=lambda forms: sum(form.cost for form in forms))
    return list(starmap(_better_reading, zip(*readings, strict=True)))


def _read_all(areas: Sequence[FormArea], stacked: StackedPages, setting: Setting) -> list[FormText]:
    return [_read(area, stacked, setting) for area in areas]


def _read(area: FormArea, stacked: StackedPages, setting: Setting) -> FormText:
    goal_labels = goals_below(area.labels)
    top = min((goal.passage.top for goal in goal_labels), default=float("inf"))
    plain = [label for label in area.labels if label.field and label not in goal_labels]
    fields = read_fields(plain, [run for run in area.above if run.middle < top], stacked, setting)
    below = [run for run in area.above if run.middle >= top]
    goals = read_goals(goal_labels, below, stacked.em) if goal_labels else None
    return FormText(area, tuple(fields), goals, read_table(area, stacked, setting))


def _better_reading(usual: FormText, other: FormText) -> FormText:
    """The better reading of fields and of table, the usual one where they are as good."""
    fields = min(usual.fields, other.fields, key=lambda rows: round(sum(row.cost for row in rows), 1))
    table = min(usual.table, other.table, key=lambda table: round(table.cost, 1))
    return usual._replace(fields=fields, table=table)
