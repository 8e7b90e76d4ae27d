"""Rebuilding the grids of forms whose tables have no rules, or too few, from where their text stands.

The grid that comes out is the one the form is printed in, so that one interpreter reads both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Block, Grid, Line, Page, Sheet
from perftable_etl.normalize.aligned.fields import FieldRow, goals_below, read_fields, read_goals
from perftable_etl.normalize.aligned.galley import Galley, Run, unroll
from perftable_etl.normalize.aligned.grid import make_grid
from perftable_etl.normalize.aligned.landmarks import Region, find_regions
from perftable_etl.normalize.aligned.passages import Passage, lines_of
from perftable_etl.normalize.aligned.table import Table, read_table
from perftable_etl.records import Finding

_DOUBTFUL = 0.8
"""Lines by which a text is off the place where it should stand, or what weighs as much: a person should look."""


class Rebuilt(NamedTuple):
    """The sheets of some pages with the grids of their forms, and what must be said of how cells were told."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()


def rebuild(pages: Sequence[Page]) -> Rebuilt:
    """The sheets of pages that follow one another; a form's grid stands on its first page, what is left are lines."""
    galley = unroll(pages)
    regions = list(find_regions(galley))
    forms = [_read(region, galley) for region in regions]
    used = {run for region in regions for run in region.runs()}
    left = [run for run in galley.runs if run not in used]
    grids = [grid for grid, _ in forms]
    sheets = tuple(_sheet(page, [run for run in left if run.place.page == page.number], grids) for page in pages)
    return Rebuilt(sheets, tuple(finding for _, findings in forms for finding in findings))


def _sheet(page: Page, runs: Sequence[Run], grids: Sequence[Grid]) -> Sheet:
    lines = [Line(line.text, line.parts[0][1]) for line in lines_of(runs)]
    blocks: list[Block] = [*lines, *(grid for grid in grids if grid.place.page == page.number)]
    blocks.sort(key=lambda block: block.place.box.y0)
    return Sheet(page.number, tuple(blocks), page.is_scan, page.noise)


def _read(region: Region, galley: Galley) -> tuple[Grid, list[Finding]]:
    """The grid of one form, and the findings on how it was come by."""
    goal_labels = goals_below(region.labels)
    top = min((goal.passage.top for goal in goal_labels), default=float("inf"))
    plain = [label for label in region.labels if label.field and label not in goal_labels]
    fields = read_fields(plain, [run for run in region.above if run.middle < top], galley)
    goals = (
        read_goals(goal_labels, [run for run in region.above if run.middle >= top], galley.em) if goal_labels else None
    )
    table = read_table(region, galley)
    sides = [label for label in (*region.labels, *region.sides) if not label.field]
    grid = make_grid(fields, goals, table, sides)
    return grid, [_by_alignment(grid), *_doubts(fields, table)]


def _by_alignment(grid: Grid) -> Finding:
    message = (
        f"the form on page {grid.place.page} has no rules between its cells; where their text stands told them apart"
    )
    return Finding(code="cells_by_alignment", severity="info", message=message, place=grid.place)


def _doubts(fields: Sequence[FieldRow], table: Table) -> Iterator[Finding]:
    for field in fields:
        if field.doubt > _DOUBTFUL:
            yield from (_doubtful(value, "value") for value in field.values if value)
    for row in table.rows:
        if row.doubt > _DOUBTFUL and row.name and row.target:
            yield _doubtful(row.name, "indicator")
    for span in (*table.level1, *table.level2):
        if span.doubt > _DOUBTFUL:
            yield _doubtful(span.label, "label")


def _doubtful(passage: Passage, what: str) -> Finding:
    message = f"which row this {what} belongs to is not clear from where it stands; compare it with the page"
    return Finding(
        code="alignment_doubtful", severity="warning", message=message, raw=passage.text, place=passage.parts[0][1]
    )
